"""Values as they are written in a filter, in either encoding: texts, numbers, times, geometries and boxes."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from math import isfinite
from typing import Any, TypeAlias

from django_stac.cql2.tree import MAX_POSITIONS, BBox, CQL2Error, Date, Geometry, Place, Timestamp
from django_stac.spec.datetimes import parse_instant
from django_stac.spec.geometry import first_geometry_problem, parse_bbox

MAX_DIGITS = 300

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# PostgreSQL stores no NUL, and no encoding has a lone surrogate.
UNSOUND = re.compile("[\0\ud800-\udfff]")
_LARGEST = 10**MAX_DIGITS

NESTING = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
"""How many lists lie around a position of each geometry, but for a GeometryCollection."""

Nested: TypeAlias = tuple[Any, ...]


def sound(text: str, place: Place) -> str:
    """Return a text that can be stored and sent. Raises CQL2Error."""
    found = UNSOUND.search(text)
    if found is not None:
        raise CQL2Error(f"the character U+{ord(found[0]):04X} stands for no text.", place)
    return text


def shown(text: str) -> str:
    """Quote a text for a message, cut off after 60 characters."""
    return repr(text if len(text) <= 60 else text[:57] + "...")


def number(value: float, place: Place) -> int | float:
    """Return a finite number of at most 300 digits before its point. Raises CQL2Error."""
    # An int so large that no float holds it cannot be asked whether it is finite.
    if not -_LARGEST < value < _LARGEST and (type(value) is int or not isfinite(value)):
        raise CQL2Error(f"a number is finite and has at most {MAX_DIGITS} digits.", place)
    return value


def number_of(text: str, place: Place) -> int | float:
    """Read a decimal number; without a point or an exponent it is an integer. Raises CQL2Error."""
    digits = text.lstrip("+-")
    # The length first: int() of very many digits is slow, and refused by Python beyond 4300.
    if len(digits) > MAX_DIGITS:
        raise CQL2Error(f"a number is finite and has at most {MAX_DIGITS} digits.", place)
    return number(int(text) if digits.isdigit() else float(text), place)


def date(text: str, place: Place) -> Date:
    """Read a day, ``YYYY-MM-DD``. Raises CQL2Error."""
    if _DATE.fullmatch(text):
        try:
            return Date(dt.date.fromisoformat(text), place)
        except ValueError:
            pass
    raise CQL2Error(f"not a date such as 2020-02-29: {shown(text)}.", place)


def timestamp(text: str, place: Place) -> Timestamp:
    """Read an instant of RFC 3339; an offset is taken off. Raises CQL2Error."""
    try:
        return Timestamp(parse_instant(text), place)
    except ValueError as error:
        raise CQL2Error(str(error), place) from None


def end(text: str, place: Place) -> Date | Timestamp | None:
    """Read an end of an interval: a date, an instant, or None for ``..``. Raises CQL2Error."""
    if text == "..":
        return None
    return date(text, place) if len(text) <= 10 else timestamp(text, place)


def bbox(numbers: Sequence[int | float], place: Place) -> BBox:
    """Check 4 or 6 numbers in CRS84 degrees; west > east crosses the antimeridian. Raises CQL2Error."""
    try:
        parse_bbox(numbers)
    except ValueError as error:
        raise CQL2Error(str(error), place) from None
    return BBox(tuple(numbers), place)


def geometry(content: dict[str, Any], locate: Callable[[str], Place]) -> Geometry:
    """Make a geometry of a GeoJSON one in CRS84 degrees; ``locate`` tells where a JSON pointer inside it stands.

    Raises CQL2Error.
    """
    problem = first_geometry_problem(content)
    if problem is not None:
        raise CQL2Error(f"{problem[1]}.", locate(problem[0]))
    if content["type"] == "GeometryCollection":
        parts = enumerate(content["geometries"])
        return collection([_simple(part, locate(f"/geometries/{index}")) for index, part in parts], locate(""))
    return _simple(content, locate(""))


def collection(members: Sequence[Geometry], place: Place) -> Geometry:
    """Make a geometry collection of geometries that are none."""
    return Geometry("GeometryCollection", tuple(members), place)


def positions(kind: object, coordinates: object) -> int:
    """Count the positions of a GeoJSON geometry that may be unsound; of one that is far too large, more or less."""
    return _size(coordinates, NESTING[kind]) if isinstance(kind, str) and kind in NESTING else 0


def _size(nested: object, depth: int) -> int:
    if depth == 0:
        return 1
    if not isinstance(nested, list | tuple):
        return 0
    if depth == 1 or len(nested) > MAX_POSITIONS:
        return len(nested)
    return sum(_size(part, depth - 1) for part in nested)


def _simple(content: dict[str, Any], place: Place) -> Geometry:
    coordinates, longest = _frozen(content["coordinates"], NESTING[content["type"]])
    if longest > 3:
        raise CQL2Error("a position has a longitude, a latitude and perhaps a height, no more.", place)
    return Geometry(content["type"], coordinates, place)


def _frozen(nested: Sequence[Any], depth: int) -> tuple[Nested, int]:
    """Return coordinates as tuples, and the length of the longest position."""
    if depth == 0:
        return tuple(nested), len(nested)
    if depth == 1:
        return tuple(map(tuple, nested)), max(map(len, nested))
    parts = [_frozen(part, depth - 1) for part in nested]
    return tuple(part for part, _ in parts), max(longest for _, longest in parts)
