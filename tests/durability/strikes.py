"""Where and when somebody is killed while items come in."""

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from random import Random
from subprocess import CalledProcessError
from urllib.error import HTTPError

from django.db import connections

from django_stac.management.command import FAILED
from tests.durability.site import ALIAS, Site
from tests.durability.ways import BATCH, NAMES, PATIENCE, Way
from tests.scripts.cluster import processes_in

STRIKES = int(os.environ.get("STAC_STRIKES", "0"))
"""How often each case is struck, at another point each time; 0: some of them once."""
STAGING = "django_stac_staging"
WRITERS = """
SELECT pid, query FROM pg_stat_activity
WHERE datname = %s AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle'
"""


@dataclass(frozen=True, kw_only=True)
class Point:
    """A moment of a load, as the database shows it."""

    batch: int
    stage: str
    delay: float
    """Seconds after that."""


def any_point(dice: Random) -> Point:
    batch = dice.randint(1, len(NAMES) // BATCH)
    return Point(batch=batch, stage=dice.choice(["copying", "merging", "after"]), delay=dice.uniform(0, 0.05))


def stage_of(query: str) -> str:
    """What a writer does with the batch that came last."""
    if STAGING not in query:
        return "after"
    return "copying" if query.startswith(("CREATE", "COPY")) else "merging"


def await_point(site: Site, point: Point, work: "Future[dict]") -> int:
    """Wait until a load has come to a point, has passed it, or has ended well; return its backend."""
    batch, before, pid = 0, "after", 0
    with closing(site.connect()) as connection:
        while not work.done():
            for pid, query in connection.execute(WRITERS, [ALIAS]).fetchall():
                stage = stage_of(query)
                batch += before == "after" != stage
                before = stage
                if (batch == point.batch and stage == point.stage) or batch > point.batch:
                    time.sleep(point.delay)
                    return pid
    work.result()
    return pid


# Who is struck


def kill_worker(site: Site, backend: int) -> None:
    """Kill the worker of a server, not the server; a command is its own."""
    if site.writer is None or site.writer.poll() is not None:
        return
    for pid in children(site.writer.pid) or [site.writer.pid]:
        kill(pid)


def kill_group(site: Site, backend: int) -> None:
    site.kill_group()


def kill_backend(site: Site, backend: int) -> None:
    if backend in processes_in(site.data):
        kill(backend)


def kill_postmaster(site: Site, backend: int) -> None:
    """Kill the process that started all others; these find out when they have done what they do."""
    site.cluster.kill()


def kill_all(site: Site, backend: int) -> None:
    """Kill the server and each process of PostgreSQL, as a machine does that loses its power."""
    site.kill_group()
    while pids := processes_in(site.data):
        for pid in pids:
            kill(pid)


VICTIMS: dict[str, Callable[[Site, int], None]] = {
    "worker": kill_worker,
    "server": kill_group,
    "backend": kill_backend,
    "postmaster": kill_postmaster,
    "machine": kill_all,
}


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def children(parent: int) -> list[int]:
    """The processes that a process has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            pid, _, rest = stat.read_text().partition(" ")
            found += [int(pid)] if int(rest.rpartition(")")[2].split()[1]) == parent else []
    return found


def strike(site: Site, way: Way, victim: str, point: Point) -> dict | None:
    """Send all items, and kill somebody meanwhile; return the report if one comes all the same."""
    connections[ALIAS].close()  # ours would be struck, too
    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(way.send, site)
        VICTIMS[victim](site, await_point(site, point, work))
        error = work.exception(PATIENCE)
    assert error is None or is_documented(error)
    return None if error else work.result()


def is_documented(error: BaseException) -> bool:
    """Whether who sent the items is told what it may be told, unless the one who would tell it was killed."""
    if isinstance(error, HTTPError):
        return error.code == HTTPStatus.SERVICE_UNAVAILABLE
    if isinstance(error, CalledProcessError):
        return error.returncode == -signal.SIGKILL or (error.returncode == FAILED and b'"created"' in error.output)
    return isinstance(error, OSError | HTTPException)
