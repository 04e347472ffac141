#!/usr/bin/env python3
"""Run pytest for the tests and then for the second site, whose settings differ: ``suites.py WORKERS ARGUMENTS…``.

Arguments choose one run, that of the second site when they name its folder. The worse status is the last word.
"""

import sys
from collections.abc import Sequence

from database import database, end_on_signals, run

SECOND = "tests/host_site"
OWN_SETTINGS = [f"--ds={SECOND.replace('/', '.')}.settings"]


def runs(chosen: Sequence[str]) -> list[list[str]]:
    """Return the arguments of each run of pytest."""
    if not chosen:
        return [[], [*OWN_SETTINGS, SECOND]]
    return [[*(OWN_SETTINGS if any(argument.startswith(SECOND) for argument in chosen) else []), *chosen]]


def main(workers: str, chosen: Sequence[str]) -> int:
    """Run them all on one database, whatever becomes of the first."""
    end_on_signals()
    pytest = [sys.executable, "-m", "pytest", "-n", workers]
    with database(fast=True) as env:
        return max([run([*pytest, *arguments], env) for arguments in runs(chosen)])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1], sys.argv[2:]))
    except KeyboardInterrupt:
        sys.exit(130)
