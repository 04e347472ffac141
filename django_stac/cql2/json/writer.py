"""A filter, written in the JSON encoding in the spelling of the standard."""

from typing import Any

from django_stac.cql2.tree import Array, BBox, Date, Geometry, Interval, Node, Operation, Property, Timestamp, Value
from django_stac.spec.datetimes import format_instant


def write(node: Node) -> Any:
    """Write a filter, or a part of one, as values for a JSON writer."""
    match node:
        case Operation():
            return {"op": node.op, "args": [write(arg) for arg in node.args]}
        case Array():
            return [write(member) for member in node.members]
        case Value():
            return node.value
        case Property():
            return {"property": node.name}
        case Interval():
            return {"interval": [_end(node.start), _end(node.end)]}
        case _:
            return _constant(node)


def _constant(node: Date | Timestamp | BBox | Geometry) -> dict[str, Any]:
    match node:
        case Date():
            return {"date": _instant(node)}
        case Timestamp():
            return {"timestamp": _instant(node)}
        case BBox():
            return {"bbox": list(node.numbers)}
        case Geometry():
            return _geometry(node)


def _instant(node: Date | Timestamp) -> str:
    return node.day.isoformat() if isinstance(node, Date) else format_instant(node.instant)


def _end(node: Node | None) -> Any:
    if node is None:
        return ".."
    return _instant(node) if isinstance(node, Date | Timestamp) else write(node)


def _geometry(node: Geometry) -> dict[str, Any]:
    if node.type == "GeometryCollection":
        return {"type": node.type, "geometries": [_geometry(member) for member in node.coordinates]}
    return {"type": node.type, "coordinates": _thawed(node.coordinates)}


def _thawed(nested: tuple[Any, ...]) -> list[Any]:
    return [_thawed(part) if isinstance(part, tuple) else part for part in nested]
