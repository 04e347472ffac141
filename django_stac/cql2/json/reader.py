"""The JSON encoding of a filter, read (OGC 21-065r2 §8.3). Which arguments an operator takes is in ``grammar``."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, cast

from django_stac.cql2 import grammar, literals
from django_stac.cql2.limits import Tally, too_deep
from django_stac.cql2.literals import shown
from django_stac.cql2.tree import (
    MAX_DEPTH,
    Array,
    CQL2Error,
    Geometry,
    Interval,
    Node,
    Operation,
    Place,
    Value,
)


def parse(content: object) -> Node:
    """Read a filter of JSON values, as a JSON reader returns them. Raises CQL2Error with a JSON pointer."""
    return grammar.condition(_Reader().node(content, "", 0))


class _Reader:
    """Reads one filter; ``depth`` counts the operations, lists and intervals around a value."""

    def __init__(self) -> None:
        self.tally = Tally()

    def node(self, content: object, place: str, depth: int) -> Node:
        self.tally.node(place)
        if isinstance(content, bool):
            return Value(content, place)
        if isinstance(content, int | float):
            return Value(literals.number(content, place), place)
        if isinstance(content, str):
            return Value(literals.sound(content, place), place)
        if isinstance(content, list):
            return Array(self.nodes(content, place, depth), place)
        if isinstance(content, dict):
            return self.form(content, place, depth)
        wanted = 'is no value here; to ask for it use {"op": "isNull", "args": [...]}'
        raise CQL2Error(f"null {wanted}." if content is None else "not a JSON value.", place)

    def nodes(self, contents: list[Any], place: str, depth: int) -> tuple[Node, ...]:
        if depth == MAX_DEPTH:
            raise too_deep(place)
        return tuple([self.node(content, f"{place}/{index}", depth + 1) for index, content in enumerate(contents)])

    def form(self, content: dict[Any, Any], place: str, depth: int) -> Node:
        form = next((form for form in _FORMS if form in content), None)
        if form is None:
            raise CQL2Error(_unknown_form(content), place)
        _only((form, *_FORMS[form]), content, place)
        match form:
            case "op":
                return self.operation(content, place, depth)
            case "interval":
                return self.interval(_list(content, form, place), place, depth)
            case "type":
                return self.geometry(content, place)
            case "bbox":
                return literals.bbox(_list(content, form, place), place)
        return _NAMED[form](_text(content, form, place), place)

    def operation(self, content: dict[Any, Any], place: str, depth: int) -> Operation:
        op, args = _text(content, "op", place), self.nodes(_list(content, "args", place), f"{place}/args", depth)
        # The form of drafts, [value, [lower, upper]]: stac-api-validator and old clients still send it.
        if op == "between" and len(args) == 2 and isinstance(args[1], Array):
            args = (args[0], *args[1].members)
        return grammar.operation(op, args, place)

    def interval(self, ends: list[Any], place: str, depth: int) -> Interval:
        if len(ends) != 2:
            raise CQL2Error(f"an interval has two ends; got {len(ends)}.", f"{place}/interval")
        if depth == MAX_DEPTH:
            raise too_deep(place)
        start, end = (self.end(content, f"{place}/interval/{index}", depth + 1) for index, content in enumerate(ends))
        return grammar.interval(start, end, place)

    def end(self, content: object, place: str, depth: int) -> Node | None:
        return literals.end(content, place) if isinstance(content, str) else self.node(content, place, depth)

    def geometry(self, content: dict[Any, Any], place: str) -> Geometry:
        for part, inner in _geometries(content, place):
            self.tally.node(inner)
            _only(("type", *_FORMS["type"]), part, inner)
            self.tally.positions(literals.positions(_text(part, "type", inner), part.get("coordinates")), inner)
        return literals.geometry(content, lambda pointer: place + pointer)


_FORMS = {
    "op": ("args",),
    "type": ("coordinates", "geometries", "bbox"),
    "property": (),
    "date": (),
    "timestamp": (),
    "interval": (),
    "bbox": (),
}
"""How objects are told apart: by one member, and those that may stand beside it."""

_NAMED: dict[str, Callable[[str, Place], Node]] = {
    "property": grammar.named,
    "date": literals.date,
    "timestamp": literals.timestamp,
}


def _unknown_form(content: dict[Any, Any]) -> str:
    if "function" in content:
        return 'a function is written as {"op": "its name", "args": [...]}; "function" is a form of old drafts.'
    return (
        f"an object has one of the members {', '.join(_FORMS)}; got {shown(', '.join(map(str, islice(content, 9))))}."
    )


def _only(allowed: Iterable[str], content: dict[Any, Any], place: str) -> None:
    for name in content:
        if name not in allowed:
            raise CQL2Error(f"unknown member {shown(str(name))} beside {', '.join(allowed)}.", place)


def _text(content: dict[Any, Any], name: str, place: str) -> str:
    if not isinstance(content[name], str):
        raise CQL2Error(f"{name} is a text.", f"{place}/{name}")
    return cast(str, content[name])


def _list(content: dict[Any, Any], name: str, place: str) -> list[Any]:
    if not isinstance(content.get(name), list):
        raise CQL2Error(f"{name} is a list.", f"{place}/{name}" if name in content else place)
    return cast(list[Any], content[name])


def _geometries(content: dict[Any, Any], place: str) -> Iterator[tuple[dict[Any, Any], str]]:
    """Yield a geometry and the members of a collection, with their places."""
    yield content, place
    members = content.get("geometries")
    for index, member in enumerate(members if isinstance(members, list) else ()):
        if isinstance(member, dict) and "type" in member:
            yield member, f"{place}/geometries/{index}"
