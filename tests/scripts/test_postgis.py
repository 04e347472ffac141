"""The private cluster starts anywhere, for anybody, after anything, and touches nothing but its own."""

import os
import pwd
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.scripts.cluster import Cluster, postgis_is_installed, processes_in, rewrite_pid

ROOT = os.getuid() == 0
NOBODY = pwd.getpwnam("nobody").pw_uid
STOPPED, NO_POSTGIS = 3, 69

needs_root = pytest.mark.skipif(not ROOT, reason="only root can act as another user")
pytestmark = [
    pytest.mark.skipif(not postgis_is_installed(), reason="no PostgreSQL with PostGIS is installed"),
    pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="looks at processes through /proc"),
]


@contextmanager
def a_room():
    """Make a folder that every user may enter and its owner alone may write, unlike pytest's own."""
    with TemporaryDirectory(prefix="stac-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def room():
    with a_room() as folder:
        yield folder


@pytest.fixture
def cluster(room):
    """A function that gives a cluster in the room, not yet made."""
    made = []

    def make(name: str = ".postgis", uid: int | None = None) -> Cluster:
        made.append(Cluster(room / name, uid))
        return made[-1]

    yield make
    for each in made:
        each("remove")


@pytest.fixture
def nobody(room):
    """The uid of an ordinary user, to whom the room belongs."""
    os.chown(room, NOBODY, -1)
    return NOBODY


@pytest.fixture(params=["as the tests' user", pytest.param("as an ordinary user", marks=needs_root)])
def anybody(request, cluster):
    """A cluster of whoever runs the tests, and where that is root another one of an ordinary user."""
    ordinary = request.param == "as an ordinary user"
    return cluster(uid=request.getfixturevalue("nobody") if ordinary else None)


@pytest.fixture(scope="module", params=["as the tests' user", pytest.param("as an ordinary user", marks=needs_root)])
def made(request):
    """The same, made once for all tests that leave it whole, for making one takes a second."""
    ordinary = request.param == "as an ordinary user"
    with a_room() as folder:
        os.chown(folder, NOBODY if ordinary else -1, -1)
        cluster = Cluster(folder / ".postgis", NOBODY if ordinary else None)
        yield cluster
        cluster("remove")


@pytest.fixture
def started(made):
    made.start()
    return made


@pytest.fixture
def bystander():
    """A function that starts a harmless process as a given user."""
    processes = []

    def stand(uid: int) -> subprocess.Popen[bytes]:
        processes.append(subprocess.Popen(["sleep", "120"], user=uid if ROOT else None))
        return processes[-1]

    yield stand
    for process in processes:
        process.kill()
        process.wait()


def test_it_gives_a_superuser_and_postgis(made):
    url = made.start()
    made.ask("CREATE EXTENSION IF NOT EXISTS postgis")
    assert url.startswith("postgis://stac@%2F")
    assert made.ask("SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == "True"


def test_only_its_owner_reaches_it_and_only_through_the_socket(started):
    assert started.ask("SHOW listen_addresses") == ""
    assert {path.stat().st_mode & 0o777 for path in (started.folder, started.socket_folder)} == {0o700}


def test_stop_leaves_no_process_and_the_data(started):
    data = started.data()
    started.ask("CREATE TABLE IF NOT EXISTS kept (id int)")
    started("stop")
    assert (processes_in(data), started("status").returncode) == ([], STOPPED)
    started.start()
    assert started.ask("SELECT to_regclass('kept')") == "kept"


def test_remove_leaves_nothing(anybody):
    anybody.start()
    socket_folder = anybody.socket_folder
    anybody("remove")
    assert not anybody.folder.exists()
    assert not socket_folder.exists()


def test_stop_and_remove_of_a_cluster_that_never_was_do_nothing(anybody):
    assert [anybody(verb).returncode for verb in ("stop", "remove", "status")] == [0, 0, STOPPED]
    assert not anybody.folder.exists()


def test_a_second_start_changes_nothing(made):
    url = made.start()
    server = made.ask("SELECT pg_postmaster_start_time()")
    assert made.start() == url == made("url").stdout.strip()
    assert made("status").stdout == f"running: {url}\n"
    assert made.ask("SELECT pg_postmaster_start_time()") == server


@pytest.mark.parametrize(
    "name",
    [
        "it's a path with spaces",
        "Zürich, 'old' \"town\" $HOME `id` \\n 100%",
        "/".join(["a-very-long-name-of-a-folder"] * 6),
    ],
    ids=["spaces", "hostile", "long"],
)
def test_any_path_will_do(cluster, name):
    odd = cluster(name)
    odd.start()
    assert odd.ask("SELECT 1") == "1"
    assert odd.data() == odd.folder / "data"


@needs_root
def test_a_project_that_the_servers_user_cannot_enter_has_its_data_elsewhere(room, cluster):
    room.chmod(0o700)
    closed = cluster()
    closed.start()
    assert room not in closed.data().parents
    closed("remove")
    assert not closed.socket_folder.exists()


def test_the_first_of_two_first_starts_makes_the_cluster(cluster):
    starts = [cluster().begin("start") for _ in range(3)]
    ended = [(start.communicate()[0], start.returncode) for start in starts]
    assert ended == [(cluster()("url").stdout, 0)] * 3


def test_it_comes_back_after_a_kill(started):
    started.ask("CREATE TABLE IF NOT EXISTS survived (id int)")
    started.kill()
    started.start()
    assert started.ask("SELECT to_regclass('survived')") == "survived"


def test_a_pid_file_that_names_nobody_is_stale(started):
    rewrite_pid(started.kill(), 4194305)
    started.start()
    assert started.ask("SELECT 1") == "1"


def test_a_pid_file_that_names_a_living_stranger_is_stale(started, bystander):
    pid_file = started.kill()
    stranger = bystander(pid_file.stat().st_uid)
    rewrite_pid(pid_file, stranger.pid)
    assert started("status").returncode == STOPPED
    started("stop")
    started.start()
    assert stranger.poll() is None


def test_a_server_whose_socket_was_swept_away_is_replaced(started):
    data, unreachable = started.data(), started.pid()
    (started.socket_folder / ".s.PGSQL.5432").unlink()
    started.start()
    assert started.ask("SELECT 1") == "1"
    assert unreachable not in processes_in(data)


def test_half_made_data_of_a_killed_start_are_cleared(cluster):
    killed = cluster()
    killed.start()
    killed("stop")
    shutil.move(killed.folder / "data", killed.folder / "data.new.half")
    killed.start()
    assert not list(killed.folder.glob("data.new.*"))


def test_a_folder_with_other_contents_is_refused_and_left_alone(anybody):
    anybody.folder.mkdir()
    (anybody.folder / "thesis.txt").write_text("ten years of work")
    shutil.chown(anybody.folder, anybody.user.get("user", os.getuid()))
    assert "not a cluster of ours" in anybody("start").stderr
    anybody("remove")
    assert [path.name for path in anybody.folder.iterdir()] == ["thesis.txt"]


def test_other_contents_under_the_name_of_the_data_are_refused(cluster):
    ours = cluster()
    ours.start()
    ours("stop")
    (ours.folder / "data" / "PG_VERSION").unlink()
    assert "not ours to remove" in ours("start").stderr


def test_a_link_is_refused(room, cluster):
    (room / "elsewhere").mkdir()
    (room / ".postgis").symlink_to(room / "elsewhere")
    assert "is a link" in cluster()("start").stderr
    assert (room / "elsewhere").stat().st_uid == os.getuid()


@needs_root
def test_a_folder_of_another_user_is_refused(cluster, room):
    (room / ".postgis").mkdir()
    os.chown(room / ".postgis", 12345, -1)
    assert "belongs to another user" in cluster()("start").stderr


@needs_root
def test_a_socket_folder_that_another_user_made_first_is_refused(cluster, nobody):
    victim = cluster("needs a folder outside", uid=nobody)
    victim.socket_folder.mkdir(mode=0o777)
    try:
        assert "is not a folder that belongs to nobody" in victim("start").stderr
    finally:
        victim.socket_folder.rmdir()


def test_data_of_a_version_that_is_not_installed_are_named(cluster):
    old = cluster()
    old.start()
    old("stop")
    (old.folder / "data" / "PG_VERSION").write_text("9\n")
    assert "made by PostgreSQL 9, which is not here" in old("start").stderr
    assert (old.folder / "data" / "base").is_dir()


def test_without_postgis_the_message_names_the_ways_to_get_it(cluster):
    refused = cluster()("start", STAC_PG_BIN="/nowhere")
    assert refused.returncode == NO_POSTGIS
    assert all(way in refused.stderr for way in ("apt-get install", "brew install", "docker run"))


def test_options_reach_the_server(made):
    made("stop")
    made.start(STAC_PG_OPTIONS="-c work_mem=7MB -c jit=off")
    assert (made.ask("SHOW work_mem"), made.ask("SHOW jit")) == ("7MB", "off")


def test_variables_for_other_servers_do_not_matter(made):
    made("stop")
    made.start(PGPORT="1", PGHOST="nowhere.invalid", PGDATA="/nowhere", PGOPTIONS="-c wrong=1", PGUSER="x")
    assert made.ask("SELECT current_user") == "stac"


def test_it_needs_no_ps(started, room):
    tools = room / "tools"
    tools.mkdir()
    for tool in Path("/usr/bin").iterdir():
        if tool.name not in ("ps", "lsof", "pg_config"):
            (tools / tool.name).symlink_to(tool)
    started.kill()
    started.start(PATH=str(tools))
    assert started.ask("SELECT 1") == "1"


def test_an_unknown_word_gets_the_known_ones(cluster):
    assert "start, stop, status, url, remove" in cluster()("restart").stderr
