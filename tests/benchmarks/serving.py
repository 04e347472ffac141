"""The example project under granian, as a site would run it: started on a free port, ended with its workers."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
MOUNT = "/stac/"
WORKERS = 2
SITE, BARE = "example_project.wsgi:application", "tests.benchmarks.bare:application"
ALLOCATOR = {"MALLOC_TRIM_THRESHOLD_": "67108864", "MALLOC_MMAP_THRESHOLD_": "67108864"}
"""The memory of one page is kept for the next, as the deployment guide says; for all that is measured."""
SECONDS_TO_START = 60
SECONDS_TO_END = 10


class ServerDied(Exception):
    """The server ended, or did not listen in time; its own message stands above."""


@contextmanager
def served(database_url: str, application: str = SITE) -> Iterator[int]:
    """Serve the database; give the port once the server listens. Raises ServerDied."""
    port = free_port()
    with listening(granian(port, WORKERS, application), port, {"DATABASE_URL": database_url}):
        yield port


@contextmanager
def listening(command: Sequence[str], port: int, env: Mapping[str, str]) -> Iterator[int]:
    """Run a server until the block ends; give its process id once it listens. Raises ServerDied."""
    process = start(command, env)
    try:
        wait_until_listening(process, port)
        yield process.pid
    finally:
        end(process)


def granian(port: int, workers: int, application: str = SITE) -> list[str]:
    """The command that serves an application."""
    options = (
        f"--interface wsgi --workers {workers} --blocking-threads 2 --host {HOST} --port {port} --log-level warning"
    )
    return [sys.executable, "-m", "granian", *options.split(), application]


def start(command: Sequence[str], env: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    """Start a server in a session of its own, so that all of it can be ended at once."""
    ours = {"DJANGO_SETTINGS_MODULE": "example_project.settings", "DEBUG": "0", "PYTHONWARNINGS": "ignore"}
    return subprocess.Popen(
        command, cwd=PROJECT, env=os.environ | ours | env, stdout=sys.stderr, start_new_session=True
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_until_listening(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise ServerDied(f"the server does not listen at {HOST}:{port}; exit status {process.poll()}")


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ask the server to leave; after ten seconds the whole session is killed."""
    process.terminate()
    try:
        process.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
