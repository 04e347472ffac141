#!/usr/bin/env python3
"""Fill the demo catalogue and serve it until Ctrl-C; with ``--check`` ask it one question and stop.

PORT (8000), DJANGO_SUPERUSER_USERNAME and DJANGO_SUPERUSER_PASSWORD (both ``admin``) may be set.
"""
# ruff: noqa: S603, T201

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from database import PROJECT, database, end, end_on_signals, run

ADMIN = {
    "DJANGO_SUPERUSER_USERNAME": "admin",
    "DJANGO_SUPERUSER_PASSWORD": "admin",
    "DJANGO_SUPERUSER_EMAIL": "admin@example.com",
}
SECONDS_TO_START = 60


def chosen_port(*, check: bool) -> int:
    """Return PORT when it is free, or any free port for a check; exits with a sentence otherwise."""
    port = 0 if check else int(os.environ.get("PORT") or 8000)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"port {port} of 127.0.0.1 is taken; choose another: make demo PORT={port + 1}")
        return int(probe.getsockname()[1])


def fill(env: Mapping[str, str]) -> None:
    """Make tables, scenes, items and the admin user; a second time only what is missing."""
    for command in ("migrate --verbosity 0", "collectstatic --noinput --verbosity 0", "stac_demo"):
        print(f"manage.py {command}", file=sys.stderr, flush=True)
        if status := run([sys.executable, "manage.py", *command.split()], env):
            sys.exit(status)


@contextmanager
def served(env: Mapping[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run the server; it has a session of its own, so that Ctrl-C ends it through us alone."""
    threads = min(2 * (os.cpu_count() or 1), 16)
    options = f"--interface wsgi --blocking-threads {threads} --log-level warning --host 127.0.0.1 --port {port}"
    command = [sys.executable, "-m", "granian", *options.split(), "example_project.wsgi:application"]
    process = subprocess.Popen(command, cwd=PROJECT, env=dict(env), start_new_session=True)
    try:
        yield process
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        end(process)


def landing_page(process: subprocess.Popen[bytes], url: str) -> dict[str, object]:
    """Ask for the landing page until it comes; exits when the server dies or stays silent."""
    deadline = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(f"{url}stac/", timeout=SECONDS_TO_START) as answer:  # noqa: S310
                return dict(json.load(answer))
        except HTTPError as error:
            sys.exit(f"{url}stac/ answers {error.code}: {error.read(2000).decode(errors='replace')}")
        except (URLError, ConnectionError):
            time.sleep(0.1)
    sys.exit(f"the server did not answer at {url}stac/")


def announce(url: str, env: Mapping[str, str]) -> None:
    """Say where the catalogue is and who may change it."""
    name, password = env["DJANGO_SUPERUSER_USERNAME"], env["DJANGO_SUPERUSER_PASSWORD"]
    print(f"\n  Catalogue  {url}\n  API        {url}stac/")
    print(f"  Admin      {url}admin/   user {name}, password {password}")
    print("\n  Ctrl-C stops it.", flush=True)


def main(arguments: list[str]) -> int:
    """Set up, serve, tidy up."""
    check = arguments == ["--check"]
    if arguments and not check:
        sys.exit("usage: demo.py [--check]")
    end_on_signals()
    port = chosen_port(check=check)
    url = f"http://127.0.0.1:{port}/"
    with database() as found:
        env = ADMIN | found
        fill(env)
        with served(env, port) as process:
            page = landing_page(process, url)
            if check:
                print(f"demo: {url}stac/ answers with the {page['type']} {page['id']!r}")
                return int(page["type"] != "Catalog")
            announce(url, env)
            return process.wait()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
