"""The private cluster starts anywhere, for anybody, after anything, and touches nothing but its own."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.scripts.cluster import Cluster, postgis_is_installed, processes_in, rewrite_pid

ROOT = os.getuid() == 0
STOPPED, NO_POSTGIS = 3, 69

needs_root = pytest.mark.skipif(not ROOT, reason="only root can act as another user")
pytestmark = [
    pytest.mark.skipif(not postgis_is_installed(), reason="no PostgreSQL with PostGIS is installed"),
    pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="looks at processes through /proc"),
]


@pytest.fixture
def room():
    """A folder that every user may enter and its owner alone may write, unlike pytest's own."""
    with TemporaryDirectory(prefix="stac-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def cluster(room):
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
    uid = pwd.getpwnam("nobody").pw_uid
    os.chown(room, uid, -1)
    return uid


@pytest.fixture(params=["as the tests' user", pytest.param("as an ordinary user", marks=needs_root)])
def anybody(request, cluster):
    """A cluster of whoever runs the tests, and where that is root another one of an ordinary user."""
    ordinary = request.param == "as an ordinary user"
    return cluster(uid=request.getfixturevalue("nobody") if ordinary else None)


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


def test_it_gives_a_superuser_and_postgis(anybody):
    url = anybody.start()
    anybody.ask("CREATE EXTENSION postgis")
    assert url.startswith("postgis://stac@%2F")
    assert anybody.ask("SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == "True"


def test_only_its_owner_reaches_it_and_only_through_the_socket(anybody):
    anybody.start()
    assert anybody.ask("SHOW listen_addresses") == ""
    assert {path.stat().st_mode & 0o777 for path in (anybody.folder, anybody.socket_folder)} == {0o700}


def test_stop_leaves_no_process_and_the_data(anybody):
    anybody.start()
    data = anybody.data()
    anybody.ask("CREATE TABLE kept (id int)")
    anybody("stop")
    assert (processes_in(data), anybody("status").returncode) == ([], STOPPED)
    anybody.start()
    assert anybody.ask("SELECT to_regclass('kept')") == "kept"


def test_remove_leaves_nothing(anybody):
    anybody.start()
    socket_folder = anybody.socket_folder
    anybody("remove")
    assert not anybody.folder.exists()
    assert not socket_folder.exists()


def test_stop_and_remove_of_a_cluster_that_never_was_do_nothing(anybody):
    assert [anybody(verb).returncode for verb in ("stop", "remove", "status")] == [0, 0, STOPPED]
    assert not anybody.folder.exists()


def test_a_second_start_changes_nothing(cluster):
    url = cluster().start()
    assert cluster().start() == url == cluster()("url").stdout.strip()
    assert cluster()("status").stdout == f"running: {url}\n"


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


def test_it_comes_back_after_a_kill(anybody):
    anybody.start()
    anybody.ask("CREATE TABLE kept (id int)")
    anybody.kill()
    anybody.start()
    assert anybody.ask("SELECT to_regclass('kept')") == "kept"


def test_a_pid_file_that_names_nobody_is_stale(cluster):
    killed = cluster()
    killed.start()
    rewrite_pid(killed.kill(), 4194305)
    killed.start()
    assert killed.ask("SELECT 1") == "1"


def test_a_pid_file_that_names_a_living_stranger_is_stale(anybody, bystander):
    anybody.start()
    pid_file = anybody.kill()
    stranger = bystander(pid_file.stat().st_uid)
    rewrite_pid(pid_file, stranger.pid)
    assert anybody("status").returncode == STOPPED
    anybody("stop")
    anybody.start()
    assert stranger.poll() is None


def test_a_server_whose_socket_was_swept_away_is_started_anew(cluster):
    swept = cluster()
    swept.start()
    (swept.socket_folder / ".s.PGSQL.5432").unlink()
    swept.start()
    assert swept.ask("SELECT 1") == "1"
    assert len([pid for pid in processes_in(swept.data()) if is_postmaster(pid)]) == 1


def is_postmaster(pid: int) -> bool:
    return b"-D" in Path(f"/proc/{pid}/cmdline").read_bytes()


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


def test_options_reach_the_server(cluster):
    cluster().start(STAC_PG_OPTIONS="-c work_mem=7MB -c jit=off")
    assert (cluster().ask("SHOW work_mem"), cluster().ask("SHOW jit")) == ("7MB", "off")


def test_variables_for_other_servers_do_not_matter(cluster):
    cluster().start(PGPORT="1", PGHOST="nowhere.invalid", PGDATA="/nowhere", PGOPTIONS="-c wrong=1", PGUSER="x")
    assert cluster().ask("SELECT current_user") == "stac"


def test_it_needs_no_ps(cluster, room):
    tools = room / "tools"
    tools.mkdir()
    for tool in Path("/usr/bin").iterdir():
        if tool.name not in ("ps", "lsof", "pg_config"):
            (tools / tool.name).symlink_to(tool)
    bare = cluster()
    bare.start(PATH=str(tools))
    bare.kill()
    bare.start(PATH=str(tools))
    assert bare.ask("SELECT 1") == "1"


def test_an_unknown_word_gets_the_known_ones(cluster):
    assert "start, stop, status, url, remove" in cluster()("restart").stderr
