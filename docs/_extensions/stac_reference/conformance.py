"""The conformance classes: where each is mounted, and the test that is named after it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django_stac.api.conformance import MOUNTED
from django_stac.api.urls import urlpatterns
from django_stac.spec.conformance import Conformance
from stac_reference.http import path_of, table

ROOT = Path(__file__).parents[3]
PREFIX = "test_conforms_to_"


def conformance() -> str:
    """A row for each class that the landing page declares."""
    paths, tests = {pattern.name: path_of(pattern) for pattern in urlpatterns}, named_tests()
    rows: list[tuple[str, ...]] = []
    for member in Conformance:
        routes = ", ".join(f"`{paths[name]}`" for name in MOUNTED[member])
        path, name = tests[member.name.lower()].split("::")
        rows.append((f"`{member.value}`", routes, f"`{name}` in `{path}`"))
    return table(("class", "mounted at", "tested by"), rows)


@cache
def named_tests() -> dict[str, str]:
    """Name of a class in lower case → ``path::name`` of its test."""
    return {
        test.rpartition(PREFIX)[2]: test for path in sorted((ROOT / "tests").rglob("test_*.py")) for test in tests(path)
    }


def tests(path: Path) -> Iterator[str]:
    """The tests of a module that are named after a class."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith(PREFIX):
            yield f"{path.relative_to(ROOT).as_posix()}::{node.name}"
