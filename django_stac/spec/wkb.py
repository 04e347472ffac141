"""GeoJSON geometries as EWKB, for the database. Reading WKB is not here."""

from collections.abc import Callable, Sequence
from struct import Struct, pack
from typing import Any

from django_stac.spec.longitudes import clamped

_SRID_FLAG = 0x20000000
_HEADER = Struct("<BI")
_TYPED_SRID = Struct("<BII")
_COUNT = Struct("<I")
_POINT = Struct("<dd")

_CODES = {
    "Point": 1,
    "LineString": 2,
    "Polygon": 3,
    "MultiPoint": 4,
    "MultiLineString": 5,
    "MultiPolygon": 6,
    "GeometryCollection": 7,
}
_PARTS = {"MultiPoint": "Point", "MultiLineString": "LineString", "MultiPolygon": "Polygon"}


def ewkb(geometry: dict[str, Any]) -> bytes:
    """Write a sound GeoJSON geometry as little-endian EWKB, SRID 4326: heights dropped, longitudes clamped to ±180."""
    kind = geometry["type"]
    return _TYPED_SRID.pack(1, _CODES[kind] | _SRID_FLAG, 4326) + _body(kind, geometry)


def _body(kind: str, geometry: dict[str, Any]) -> bytes:
    if kind == "GeometryCollection":
        return _joined([_plain(part["type"], part) for part in geometry["geometries"]])
    coordinates = geometry["coordinates"]
    if kind in _PARTS:
        part = _PARTS[kind]
        return _joined([_plain(part, {"coordinates": each}) for each in coordinates])
    return _WRITERS[kind](coordinates)


def _plain(kind: str, geometry: dict[str, Any]) -> bytes:
    return _HEADER.pack(1, _CODES[kind]) + _body(kind, geometry)


def _joined(parts: Sequence[bytes]) -> bytes:
    return _COUNT.pack(len(parts)) + b"".join(parts)


def _point(position: Sequence[float]) -> bytes:
    return _POINT.pack(clamped(position[0]), position[1])


def _line(positions: Sequence[Sequence[float]]) -> bytes:
    numbers = [number for position in positions for number in position[:2]]
    longitudes = numbers[::2]
    if min(longitudes) < -180 or max(longitudes) > 180:
        numbers[::2] = map(clamped, longitudes)
    return pack(f"<I{len(numbers)}d", len(positions), *numbers)


def _polygon(rings: Sequence[Sequence[Sequence[float]]]) -> bytes:
    return _joined([_line(ring) for ring in rings])


_WRITERS: dict[str, Callable[[Any], bytes]] = {"Point": _point, "LineString": _line, "Polygon": _polygon}
