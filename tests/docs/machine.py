"""A machine with a Python, a package index and nothing else: no environment of ours, and no network."""

import os
import shlex
import subprocess
import sys
import sysconfig
from pathlib import Path

from tests.docs.blocks import DOCS

OURS = ("django_stac", "_editable", "pip", "__pycache__")


def wheel_in(folder: Path) -> Path:
    """Build the wheel of this project, as a release does."""
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", folder, DOCS.parent], check=True)
    return folder


def packages_in(folder: Path) -> Path:
    """What the wheel requires, and no trace of this project: links to the packages of the tests."""
    for site in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        for entry in Path(site).iterdir():
            if not entry.name.startswith(OURS) and entry.suffix != ".pth":
                (folder / entry.name).symlink_to(entry)
    return folder


def python_in(folder: Path) -> Path:
    """The Python that the tests run on, outside of their environment."""
    script = folder / "python3"
    script.write_text(f'#!/bin/sh\nexec {shlex.quote(sys._base_executable)} "$@"\n')
    script.chmod(0o755)
    return folder


def variables(python: Path, packages: Path, wheels: Path) -> dict[str, str]:
    """What a terminal there has set; pip finds the wheel of this project, and what it requires installed."""
    outside = [entry for entry in os.environ["PATH"].split(os.pathsep) if entry != str(Path(sys.executable).parent)]
    return {
        "PATH": os.pathsep.join([str(python), *outside]),
        "PYTHONPATH": str(packages),
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(wheels),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
