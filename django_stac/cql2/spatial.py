"""Geometries in conditions (OGC 21-065r2 §7.4), in CRS84 degrees.

Of a collection of geometries all parts count in S_INTERSECTS and S_DISJOINT; in the other functions those of the
highest dimension, since together with the others they have no boundary that all databases agree on.
"""

from typing import TYPE_CHECKING, Any

from django_stac.cql2.expressions import Fill, Parameter, Sql, negated
from django_stac.cql2.queryables import Kind
from django_stac.cql2.tree import BBox, CQL2Error, Geometry, Node, Operation
from django_stac.spec.extents import drawn_box
from django_stac.spec.geometry import parse_bbox, split_bbox
from django_stac.spec.validity import refuse_invalid
from django_stac.spec.wkb import ewkb

if TYPE_CHECKING:
    from django_stac.cql2.compile import Compiler

GeoJSON = dict[str, Any]

# Stored geometries that are invalid, or collections, may make the database fail. The index compares boxes alone.
SIMPLE = """(CASE WHEN ST_IsValid({}) AND GeometryType({}) <> 'GEOMETRYCOLLECTION' THEN {}
    ELSE ST_CollectionExtract(ST_MakeValid({})) END)"""
FUNCTIONS = {
    "s_contains": "ST_Contains",
    "s_crosses": "ST_Crosses",
    "s_equals": "ST_Equals",
    "s_overlaps": "ST_Overlaps",
    "s_touches": "ST_Touches",
    "s_within": "ST_Within",
}
DIMENSIONS = ("Point", "LineString", "Polygon")


def relation(compiler: "Compiler", node: Operation) -> Sql:
    """Compile a spatial function. Raises CQL2Error."""
    if node.op in ("s_intersects", "s_disjoint"):
        meets = Sql("ST_Intersects({}, {})", *(whole(compiler, arg) for arg in node.args))
        return negated(meets) if node.op == "s_disjoint" else meets
    shapes = [simple(compiler, arg) for arg in node.args]
    # Of what is stored the box is that which the index has.
    boxes = [shape if is_literal(arg) else whole(compiler, arg) for arg, shape in zip(node.args, shapes, strict=True)]
    return Sql(f"({{}} && {{}} AND {FUNCTIONS[node.op]}({{}}, {{}}))", *boxes, *shapes)


def whole(compiler: "Compiler", node: Node) -> Fill:
    return sent(geojson(node)) if is_literal(node) else compiler.term(node, Kind.GEOMETRY)


def simple(compiler: "Compiler", node: Node) -> Fill:
    """Compile a geometry whose parts are of one dimension, and sound."""
    if is_literal(node):
        return sent(of_one_dimension(geojson(node)))
    column = compiler.term(node, Kind.GEOMETRY)
    return Sql(SIMPLE, column, column, column, column)


def is_literal(node: Node) -> bool:
    return isinstance(node, Geometry | BBox)


def sent(geometry: GeoJSON) -> Parameter:
    return Parameter(ewkb(geometry), "geometry")


def geojson(node: Node) -> GeoJSON:
    """Write a literal as GeoJSON. Raises CQL2Error where it has no clear inside or leaves the world."""
    try:
        if isinstance(node, BBox):
            return collected([drawn_box(part) for part in split_bbox(parse_bbox(node.numbers))])
        assert isinstance(node, Geometry)
        written = written_out(node)
        refuse_invalid(written)
    except ValueError as error:
        raise CQL2Error(str(error) if isinstance(node, BBox) else f"the geometry {error}", node.place) from None
    return written


def written_out(node: Geometry) -> GeoJSON:
    if node.type == "GeometryCollection":
        return {"type": node.type, "geometries": [written_out(member) for member in node.coordinates]}
    return {"type": node.type, "coordinates": node.coordinates}


def of_one_dimension(geometry: GeoJSON) -> GeoJSON:
    """Keep of a collection the parts of the highest dimension."""
    if geometry["type"] != "GeometryCollection":
        return geometry
    parts = geometry["geometries"]
    highest = max(map(dimension, parts))
    return collected([part for part in parts if dimension(part) == highest])


def dimension(geometry: GeoJSON) -> int:
    return DIMENSIONS.index(geometry["type"].removeprefix("Multi"))


def collected(parts: list[GeoJSON]) -> GeoJSON:
    """Make one geometry of several: of one dimension where they are."""
    if len(parts) == 1:
        return parts[0]
    kinds = {part["type"].removeprefix("Multi") for part in parts}
    if len(kinds) > 1:
        return {"type": "GeometryCollection", "geometries": parts}
    pieces = [
        piece
        for part in parts
        for piece in (part["coordinates"] if part["type"].startswith("Multi") else [part["coordinates"]])
    ]
    return {"type": f"Multi{kinds.pop()}", "coordinates": pieces}
