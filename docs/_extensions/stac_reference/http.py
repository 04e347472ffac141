"""What the API speaks: routes, statuses, conformance classes, media types."""

import re
from collections.abc import Iterator
from typing import Any

from django_stac.api.errors import STATUSES
from django_stac.api.urls import urlpatterns
from django_stac.cql2.literals import MAX_DIGITS
from django_stac.cql2.text.reader import MAX_LENGTH
from django_stac.cql2.tree import MAX_DEPTH, MAX_NODES, MAX_POSITIONS
from django_stac.spec import media_types as types


def routes() -> str:
    """Every route with its methods."""
    rows = [row for pattern in urlpatterns for row in operations(pattern)]
    return table(("method", "path", "name", "does"), rows)


def operations(pattern: Any) -> Iterator[tuple[str, ...]]:
    view = pattern.callback
    for method, action in getattr(view, "actions", {}).items():
        yield method.upper(), f"`{path_of(pattern)}`", f"`{pattern.name}`", view.cls.operations[action].summary


def path_of(pattern: Any) -> str:
    """The path of a route, relative to the landing page."""
    return "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", str(pattern.pattern))


def statuses() -> str:
    """Which exception becomes which status."""
    return table(
        ("exception", "status"), [(f"`{kind.__name__}`", f"{of.value} {of.phrase}") for kind, of in STATUSES.items()]
    )


def filter_limits() -> str:
    """How large a filter may be."""
    rows: list[tuple[str, ...]] = [
        ("characters of a text", f"{MAX_LENGTH:,}"),
        ("operators, names and values", f"{MAX_NODES:,}"),
        ("operators, lists and parentheses inside each other", f"{MAX_DEPTH:,}"),
        ("positions of all geometries", f"{MAX_POSITIONS:,}"),
        ("digits of a number", f"{MAX_DIGITS:,}"),
    ]
    return table(("what", "at most"), rows)


def media_types() -> str:
    """The media types by name, and the endings that stand for them."""
    endings: dict[str, list[str]] = {}
    for ending, kind in types._BY_SUFFIX.items():
        endings.setdefault(kind, []).append(f"`{ending}`")
    named = [(name, value) for name, value in vars(types).items() if name.isupper() and isinstance(value, str)]
    return table(
        ("name", "media type", "endings"),
        [(f"`{name}`", f"`{value}`", ", ".join(endings.get(value, []))) for name, value in named],
    )


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table."""
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ("---",) * len(head), *rows])
