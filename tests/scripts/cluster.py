"""The cluster script as tests use it: one folder, one user, and a look at its processes."""

import os
import pwd
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "postgis.sh"
FAST = "-c fsync=off -c shared_buffers=16MB"
CONTROL_FILES = (
    "usr/share/postgresql/*/extension/postgis.control",
    "usr/pgsql-*/share/extension/postgis.control",
    "opt/homebrew/share/postgresql*/extension/postgis.control",
)


def postgis_is_installed() -> bool:
    return any(path for pattern in CONTROL_FILES for path in Path("/").glob(pattern))


def processes_in(folder: Path) -> list[int]:
    """Return the processes that work in a folder: PostgreSQL's all work in the folder of their data."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").samefile(folder):
                found.append(int(process.name))
        except OSError:
            continue
    return found


class Cluster:
    """The script applied to one folder as one user: a uid, or None for the user of the tests."""

    def __init__(self, folder: Path, uid: int | None = None) -> None:
        self.folder = folder
        self.user = {} if uid is None else {"user": uid, "group": pwd.getpwuid(uid).pw_gid, "extra_groups": []}

    def begin(self, verb: str, **env: str) -> subprocess.Popen[str]:
        # As text, because an ordinary user may not reach the folder in which this project lies.
        command = ["sh", "-c", SCRIPT.read_text(), str(SCRIPT), verb, str(self.folder)]
        env = os.environ | {"STAC_PG_OPTIONS": FAST} | env
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=env, cwd="/", stdout=pipe, stderr=pipe, text=True, **self.user)

    def __call__(self, verb: str, **env: str) -> subprocess.CompletedProcess[str]:
        process = self.begin(verb, **env)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess([verb], process.returncode, out, err)

    def start(self, **env: str) -> str:
        started = self("start", **env)
        assert started.returncode == 0, started.stderr
        return started.stdout.strip()

    @property
    def socket_folder(self) -> Path:
        address = urlsplit(self("url").stdout.strip()).netloc
        return Path(unquote(address.rpartition("@")[2]))

    def ask(self, question: str) -> str:
        where = {"host": str(self.socket_folder), "port": 5432, "user": "stac", "dbname": "stac"}
        with psycopg.connect(**where, autocommit=True) as connection:
            cursor = connection.execute(question)
            return str((cursor.fetchone() or [""])[0]) if cursor.description else ""

    def data(self) -> Path:
        return Path(self.ask("SHOW data_directory"))

    def pid(self) -> int:
        return int((self.data() / "postmaster.pid").read_text().split()[0])

    def kill(self) -> Path:
        """Kill the server without a chance to tidy up; return the pid file that stays behind."""
        data, pid = self.data(), self.pid()
        os.kill(pid, signal.SIGKILL)
        while pid in processes_in(data):
            time.sleep(0.02)
        return data / "postmaster.pid"


def rewrite_pid(pid_file: Path, pid: int) -> None:
    """Let a pid file name another process."""
    lines = pid_file.read_text().splitlines(keepends=True)
    pid_file.write_text("".join([f"{pid}\n", *lines[1:]]))
