"""The two servers that are compared, each with one worker and a database of its own in one cluster."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests.benchmarks import database, serving
from tests.benchmarks.serving import HOST

TOKEN = "b" * 32
"""Proof against forgery: any, as long as cookie and header say the same."""
PGSTAC = Path(os.environ.get("PGSTAC_BIN", serving.PROJECT / ".venvs/pgstac/bin"))
TICKS = os.sysconf("SC_CLK_TCK")
BACKENDS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


class Refused(Exception):
    """A server has not stored what it was sent."""


@dataclass(slots=True, kw_only=True)
class Server:
    """One open connection to a server, and what it has used so far."""

    name: str
    port: int
    pid: int
    database: "psycopg.Connection[tuple[Any, ...]]"
    root: str = "/"
    headers: Mapping[str, str] = field(default_factory=dict)
    connection: HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = HTTPConnection(HOST, self.port, timeout=300)

    def post(self, path: str, body: bytes) -> tuple[float, bytes]:
        """Send a body; return the seconds until its answer was read, and the answer. Raises Refused on an error."""
        started = time.perf_counter()
        headers = {"Content-Type": "application/json", **self.headers}
        self.connection.request("POST", self.root + path, body, headers)
        with self.connection.getresponse() as response:
            answer = response.read()
        seconds = time.perf_counter() - started
        if response.status not in (200, 201):
            raise Refused(f"{self.name} answered {response.status}: {answer[:500]!r}")
        return seconds, answer

    def spent(self) -> tuple[float, float]:
        """Seconds of processor that the server, and its sessions in the database, have used so far (Linux)."""
        sessions = [pid for (pid,) in self.database.execute(BACKENDS)]
        return sum(map(processor_seconds, family(self.pid))), sum(map(processor_seconds, sessions))


def processor_seconds(pid: int) -> float:
    """User and system time of a process; 0 when it has ended."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0.0
    return sum(map(int, stat.rpartition(")")[2].split()[11:13])) / TICKS


def family(pid: int) -> list[int]:
    """A process and all that it has started."""
    lists = [file.read_text() for file in Path(f"/proc/{pid}/task").glob("*/children")]
    children = [int(child) for each in lists for child in each.split()]
    return [pid, *(member for child in children for member in family(child))]


# Ours


@contextmanager
def ours(url: str) -> Iterator[Server]:
    """The example project as a site would serve it; who writes is signed in."""
    database.create(url)
    os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "example_project.settings"}
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from tests.benchmarks.admin import cookie

    try:
        call_command("migrate", verbosity=0)
        headers = {"Cookie": f"{cookie()}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
        port = serving.free_port()
        command, env = serving.granian(port, workers=1), {"DATABASE_URL": url}
        with serving.listening(command, port, env) as pid, database.connected(url) as connection:
            yield Server(name="django-stac", port=port, pid=pid, database=connection, root="/stac/", headers=headers)
    finally:
        connections.close_all()
        database.drop(url)


# Theirs


@contextmanager
def theirs(url: str) -> Iterator[Server]:
    """stac-fastapi-pgstac as its documentation starts it; it asks nobody who they are."""
    strangers = roles(url)
    database.create(url)
    try:
        address = url.replace("postgis:", "postgresql:", 1)
        subprocess.run([PGSTAC / "pypgstac", "migrate", "--dsn", address], check=True, stdout=subprocess.DEVNULL)
        port = serving.free_port()
        with serving.listening(uvicorn(port), port, in_environment(url)) as pid, database.connected(url) as connection:
            yield Server(name="stac-fastapi-pgstac", port=port, pid=pid, database=connection)
    finally:
        database.drop(url)
        forget(url, roles(url) - strangers)


def in_environment(url: str) -> dict[str, str]:
    """The variables in which the server looks for its database."""
    given = urlsplit(url)
    host, _, port = given.netloc.rpartition("@")[2].partition(":")
    return {
        "PGHOST": host,
        "PGPORT": port or "5432",
        "PGUSER": given.username or "",
        "PGPASSWORD": given.password or "none",
        "PGDATABASE": given.path.lstrip("/"),
        "ENABLE_TRANSACTIONS_EXTENSIONS": "TRUE",
    }


def uvicorn(port: int) -> list[str]:
    """The command that serves pgstac; one worker is what it has unless told."""
    options = f"stac_fastapi.pgstac.app:create_app --factory --host {HOST} --port {port} --log-level warning"
    return [str(PGSTAC / "uvicorn"), *options.split()]


def roles(url: str) -> set[str]:
    """Those that pgstac makes stand in the whole cluster."""
    with database.connected(url, "postgres") as cluster:
        return {name for (name,) in cluster.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE 'pgstac%'")}


def forget(url: str, names: set[str]) -> None:
    """Drop roles."""
    with database.connected(url, "postgres") as cluster:
        for name in names:
            cluster.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))
