"""Geometries as well-known text, read and written. In a filter they have no SRID: all are in CRS84 degrees."""

import re
from typing import Any

from django_stac.cql2 import literals
from django_stac.cql2.limits import Tally
from django_stac.cql2.literals import NESTING, shown
from django_stac.cql2.text.tokens import NUMBER, Tokens
from django_stac.cql2.tree import CQL2Error, Geometry

_KINDS = {kind.upper(): kind for kind in NESTING}
_COLLECTION = "GEOMETRYCOLLECTION"
KEYWORDS = frozenset({*_KINDS, _COLLECTION})

_SIGNED = rf"[+-]?+{NUMBER}"
_NUMBERS = rf"\s*+({_SIGNED})\s++({_SIGNED})(?:\s++({_SIGNED}))?+\s*+"
_POSITION = re.compile(rf"{_NUMBERS}([,)])")
# Annex B wants parentheses around the points of a MULTIPOINT; its own test suite leaves them out.
_POINT = re.compile(rf"\s*+(?:\({_NUMBERS}\)\s*+|{_NUMBERS})([,)])")
_OPEN, _NEXT = re.compile(r"\s*+(\()"), re.compile(r"\s*+([,)])")
_SPACE, _MARK = re.compile(r"\s*+"), re.compile(r"[(),]")

Found = tuple[list[Any], int]
"""Coordinates, and the position behind their closing parenthesis."""


def read(tokens: Tokens, tally: Tally, keyword: str, place: int) -> Geometry:
    """Pass what stands behind the keyword of a geometry. Raises CQL2Error."""
    tokens.skip("Z")
    if tokens.word == "EMPTY":
        raise CQL2Error("an empty geometry is nowhere: give positions in parentheses.", tokens.start)
    if keyword == _COLLECTION:
        return _collection(tokens, tally, place)
    node, end = _geometry(_KINDS[keyword], tokens.source, tokens.start, place)
    tally.positions(literals.positions(node.type, node.coordinates), place)
    tokens.jump(end)
    return node


def write(node: Geometry) -> str:
    """Write a geometry; with Z when its first position has a height."""
    if node.type == "GeometryCollection":
        return f"GEOMETRYCOLLECTION({', '.join(map(write, node.coordinates))})"
    first = node.coordinates
    while isinstance(first[0], tuple):
        first = first[0]
    z = " Z" if len(first) == 3 else ""
    return f"{node.type.upper()}{z}{_written(node.coordinates, is_bare=node.type not in ('Point', 'MultiPoint'))}"


def written(number: float) -> str:
    """Write a number so that it is read as the same."""
    return repr(number).upper()


def _collection(tokens: Tokens, tally: Tally, place: int) -> Geometry:
    tokens.expect("(")
    members = [_member(tokens, tally)]
    while tokens.skip(","):
        members.append(_member(tokens, tally))
    tokens.expect(")")
    return literals.collection(members, place)


def _member(tokens: Tokens, tally: Tally) -> Geometry:
    keyword, place = tokens.word, tokens.start
    if keyword not in _KINDS:
        raise tokens.unexpected(", ".join(_KINDS))
    tally.node(place)
    tokens.advance()
    return read(tokens, tally, keyword, place)


def _geometry(kind: str, source: str, start: int, place: int) -> tuple[Geometry, int]:
    """Read the parenthesis at ``start``; return the position behind it as well."""
    depth = NESTING[kind]
    coordinates, end = _list(kind, source, start, depth)
    if kind == "Point":
        if len(coordinates) != 1:
            raise CQL2Error(f"a POINT has one position; got {len(coordinates)}.", start)
        coordinates = coordinates[0]
    content = {"type": kind, "coordinates": coordinates}
    return literals.geometry(content, lambda at: _locate(source, start, at, depth) if at else place), end


def _list(kind: str, source: str, start: int, depth: int) -> Found:
    position = _passed(_OPEN, source, start, "'('").end()
    if depth < 2:
        return _row(_POINT if kind == "MultiPoint" else _POSITION, source, position)
    parts = []
    while True:
        part, position = _list(kind, source, position, depth - 1)
        parts.append(part)
        mark = _passed(_NEXT, source, position, "',' or ')'")
        position = mark.end()
        if mark[1] == ")":
            return parts, position


def _row(pattern: re.Pattern[str], source: str, position: int) -> Found:
    row = []
    while True:
        found = _passed(pattern, source, position, "a position such as 7.5 49.25, then ',' or ')'")
        *numbers, mark = filter(None, found.groups())
        row.append([literals.number_of(number, position) for number in numbers])
        position = found.end()
        if mark == ")":
            return row, position


def _passed(pattern: re.Pattern[str], source: str, position: int, wanted: str) -> re.Match[str]:
    found = pattern.match(source, position)
    if found is not None:
        return found
    start = _after_space(source, position)
    rest = source[start : start + 20]
    raise CQL2Error(f"expected {wanted}; found {shown(rest) if rest else 'the end'}.", start)


def _after_space(source: str, position: int) -> int:
    space = _SPACE.match(source, position)
    return space.end() if space else position


def _locate(source: str, start: int, pointer: str, depth: int) -> int:
    """Find what a JSON pointer into the coordinates names; longitude and latitude are one place."""
    for step in pointer.split("/")[2 : 2 + depth]:
        start = _inside(source, start, int(step))
    return start


def _inside(source: str, start: int, index: int) -> int:
    """Find a member of the parenthesis that opens at or after a position."""
    depth, seen = 0, -1
    for mark in _MARK.finditer(source, start):
        depth += {"(": 1, ")": -1}.get(mark[0], 0)
        seen += depth == 1 and mark[0] != ")"
        if seen == index:
            start = mark.end()
            break
    return _after_space(source, start)


def _written(nested: tuple[Any, ...], *, is_bare: bool) -> str:
    if isinstance(nested[0], tuple):
        return f"({', '.join(_written(part, is_bare=is_bare) for part in nested)})"
    numbers = " ".join(map(written, nested))
    return numbers if is_bare else f"({numbers})"
