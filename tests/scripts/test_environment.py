"""The environment script finds a Python that is new enough, or says what is missing."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.scripts.cluster import SCRIPT

TOOLS = ("sh", "dirname", "cat", "id")


@pytest.fixture
def project(tmp_path):
    copy = tmp_path / "it's a project"
    shutil.copytree(SCRIPT.parent, copy / "scripts")
    (copy / "pyproject.toml").write_text("")
    return copy


@pytest.fixture
def old_python(tmp_path):
    """A folder for PATH that holds a Python of yesterday and the few tools of the script."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        (folder / tool).symlink_to(shutil.which(tool))
    python = folder / "python3"
    python.write_text("#!/bin/sh\nexit 1\n")
    python.chmod(0o755)
    return folder


def prepare(project: Path, which: str, **env: str) -> subprocess.CompletedProcess[str]:
    script = [shutil.which("sh"), project / "scripts" / "environment.sh", which]
    return subprocess.run(script, env=os.environ | env, capture_output=True, text=True, check=False)


def test_an_unknown_environment_gets_the_known_ones(project):
    assert "demo, dev, validator, schemathesis, pgstac" in prepare(project, "prod").stderr


def test_an_old_python_is_refused_by_name_of_what_is_needed(project, old_python):
    refused = prepare(project, "demo", PATH=str(old_python))
    assert "no Python 3.11 or later found" in refused.stderr
    assert not (project / ".venv").exists()


def test_a_folder_that_is_no_environment_is_not_overwritten(project):
    (project / ".venv").mkdir()
    (project / ".venv" / "thesis.txt").write_text("ten years of work")
    assert "it is not a virtual environment" in prepare(project, "demo").stderr
    assert (project / ".venv" / "thesis.txt").exists()


def test_packages_without_apt_end_with_their_own_status(project, old_python):
    script = [shutil.which("sh"), project / "scripts" / "packages.sh", "postgis"]
    refused = subprocess.run(script, env={"PATH": str(old_python)}, capture_output=True, text=True, check=False)
    assert (refused.returncode, "that takes apt-get" in refused.stderr) == (69, True)
