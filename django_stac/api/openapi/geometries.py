"""The schemas of GeoJSON geometries (RFC 7946), one a type."""

from django_stac.api.openapi.components import Schema, members, ref

POSITION: Schema = {"type": "array", "items": {"type": "number"}, "minItems": 2}


def several(schema: Schema, least: int = 1) -> Schema:
    return {"type": "array", "items": schema, "minItems": least}


LINE = several(POSITION, 2)
RINGS = several(several(POSITION, 4))
COORDINATES: dict[str, Schema] = {
    "Point": POSITION,
    "MultiPoint": several(POSITION),
    "LineString": LINE,
    "MultiLineString": several(LINE),
    "Polygon": RINGS,
    "MultiPolygon": several(RINGS),
}
COLLECTION = "GeometryCollection"

GEOMETRIES: dict[str, Schema] = {
    # Items have no collections (Item Spec, "geometry").
    "Geometry": {"oneOf": [ref("schemas", name) for name in COORDINATES]},
    "AnyGeometry": {"oneOf": [ref("schemas", name) for name in (*COORDINATES, COLLECTION)]},
    COLLECTION: members(
        "type geometries", type={"enum": [COLLECTION]}, geometries=several(ref("schemas", "AnyGeometry"))
    ),
    **{
        name: members("type coordinates", type={"enum": [name]}, coordinates=schema)
        for name, schema in COORDINATES.items()
    },
}
