"""A command gets its database, and nothing stays behind when it ends or is ended."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scripts.cluster import SCRIPT, Cluster, postgis_is_installed

SCRIPTS = SCRIPT.parent
ASK = "import os, psycopg; print(os.environ['DATABASE_URL'], 'PGPORT' in os.environ)"

needs_postgis = pytest.mark.skipif(not postgis_is_installed(), reason="no PostgreSQL with PostGIS is installed")


@pytest.fixture
def project(tmp_path):
    """A copy of the scripts, so that the cluster of this project is left alone."""
    copy = tmp_path / "it's a project"
    shutil.copytree(SCRIPTS, copy / "scripts")
    yield copy
    cluster(copy)("remove")


def cluster(project: Path) -> Cluster:
    return Cluster(project / ".postgis")


def command(project: Path, *arguments: str) -> list[str]:
    return [sys.executable, str(project / "scripts" / "database.py"), *arguments]


def run(project: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(command(project, *arguments), env=kept | env, capture_output=True, text=True, check=False)


def is_running(project: Path) -> bool:
    return cluster(project)("status").returncode == 0


def test_a_given_database_is_passed_on_and_no_cluster_made(project):
    done = run(project, "--", sys.executable, "-c", ASK, DATABASE_URL="postgis://given/stac")
    assert done.stdout.split()[0] == "postgis://given/stac"
    assert not (project / ".postgis").exists()


def test_the_status_of_the_command_is_passed_on(project):
    exit_7 = [sys.executable, "-c", "raise SystemExit(7)"]
    assert run(project, "--", *exit_7, DATABASE_URL="postgis://given/stac").returncode == 7


@pytest.mark.parametrize("arguments", [[], ["true"], ["--"], ["--slow", "--", "true"]])
def test_a_wrong_call_gets_the_usage(project, arguments):
    assert "usage: database.py" in run(project, *arguments).stderr


@needs_postgis
def test_a_stopped_cluster_is_started_and_stopped_again(project):
    done = run(project, "--fast", "--", sys.executable, "-c", ASK, PGPORT="1")
    assert done.stdout.startswith("postgis://stac@%2F")
    assert done.stdout.endswith("stac False\n")
    assert not is_running(project)


@needs_postgis
def test_a_running_cluster_goes_on_running(project):
    cluster(project).start()
    run(project, "--", "true")
    assert is_running(project)


@needs_postgis
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_the_command_and_the_cluster(project, number):
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    sleep = command(project, "--fast", "--", sys.executable, "-c", "import time; print(1, flush=True); time.sleep(99)")
    process = subprocess.Popen(sleep, env=kept, stdout=subprocess.PIPE, stderr=subprocess.PIPE, process_group=0)
    process.stdout.readline()
    # as a terminal does: to all of them for Ctrl-C; to the one process otherwise
    (os.killpg if number == signal.SIGINT else os.kill)(process.pid, number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 128 + number, err
    assert not is_running(project)


def test_the_demo_says_that_its_port_is_taken(project):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        demo = [sys.executable, str(project / "scripts" / "demo.py")]
        done = subprocess.run(demo, env=os.environ | {"PORT": str(port)}, capture_output=True, text=True, check=False)
    assert f"port {port} of 127.0.0.1 is taken; choose another: make demo PORT={port + 1}" in done.stderr
