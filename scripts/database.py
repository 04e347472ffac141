#!/usr/bin/env python3
"""Run a command with a PostGIS in DATABASE_URL and end with its status: ``database.py [--fast] -- COMMAND…``.

DATABASE_URL wins when it is set. Otherwise it is the private cluster of the project, started if it is stopped
and then stopped again; PostGIS is installed where that is possible. ``--fast`` trades durability for speed.
"""
# ruff: noqa: S603, S607

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

PROJECT = Path(__file__).resolve().parent.parent
NO_POSTGIS = 69
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c jit=off"
PATIENCE = 30
"""Seconds that an ended child may take to tidy up."""


def _cluster(verb: str, options: str = "") -> subprocess.CompletedProcess[str]:
    # A session of its own: Ctrl-C must not reach the script that is just stopping the server.
    return subprocess.run(
        ["sh", "scripts/postgis.sh", verb],
        cwd=PROJECT,
        env=os.environ | {"STAC_PG_OPTIONS": f"{options} {os.environ.get('STAC_PG_OPTIONS', '')}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        check=False,
    )


def _start(options: str) -> str:
    started = _cluster("start", options)
    if started.returncode == NO_POSTGIS and _installed_postgis():
        started = _cluster("start", options)
    if started.returncode:
        sys.exit(started.returncode)
    return started.stdout.strip()


def _installed_postgis() -> bool:
    return subprocess.run(["sh", "scripts/packages.sh", "postgis"], cwd=PROJECT, check=False).returncode == 0


@contextmanager
def database(*, fast: bool = False) -> Iterator[dict[str, str]]:
    """Give the environment in which commands find the database; what was started is stopped at the end."""
    if os.environ.get("DATABASE_URL"):
        yield dict(os.environ)
        return
    was_running = _cluster("status").returncode == 0
    url = _start(FAST if fast else "")
    # A PGPORT or PGOPTIONS meant for another server would reach ours through libpq.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    try:
        yield kept | {"DATABASE_URL": url}
    finally:
        if not was_running:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            _cluster("stop")


def end_on_signals() -> None:
    """Let SIGTERM and SIGHUP unwind the stack as Ctrl-C does, so that nothing stays behind."""

    def leave(number: int, frame: FrameType | None) -> None:
        sys.exit(128 + number)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGHUP, leave)


def run(command: Sequence[str], env: Mapping[str, str]) -> int:
    """Run a command in the project and return its exit status; it is ended when this process is."""
    process = subprocess.Popen(command, cwd=PROJECT, env=dict(env))
    try:
        status = process.wait()
    except KeyboardInterrupt:  # the terminal has told the child as well
        end(process, tell=False)
        raise
    except SystemExit:
        end(process)
        raise
    return status if status >= 0 else 128 - status


def end(process: subprocess.Popen[bytes], *, tell: bool = True) -> None:
    """Wait for a process to tidy up and leave, the third time without mercy."""
    for action in (process.terminate if tell else None, process.terminate, process.kill):
        if action:
            action()
        try:
            process.wait(PATIENCE)
            return
        except subprocess.TimeoutExpired:
            continue


def main(arguments: Sequence[str]) -> int:
    """Run the command after ``--``."""
    options, separator, command = _split(arguments)
    if not separator or not command or set(options) - {"--fast"}:
        sys.exit("usage: database.py [--fast] -- COMMAND ARGUMENTS…")
    end_on_signals()
    with database(fast="--fast" in options) as env:
        return run(command, env)


def _split(arguments: Sequence[str]) -> tuple[list[str], bool, list[str]]:
    if "--" not in arguments:
        return list(arguments), False, []
    place = arguments.index("--")
    return list(arguments[:place]), True, list(arguments[place + 1 :])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
