"""What may be asked and sent, shown in the OpenAPI description: examples of one archive that fit each other."""

import json
from typing import Any

from django_stac.spec.media_types import JSON_PATCH, NDJSON

COLLECTION, ITEM, CATALOG = "sentinel-2-l2a", "S2A_32TQM_20240601", "alps"
OUTLINE = [[10, 45], [11, 45], [11, 46], [10, 46], [10, 45]]
GEOMETRY = {"type": "Polygon", "coordinates": [OUTLINE]}
BBOX = [10, 45, 11, 46]
TIMES = "2024-06-01T00:00:00Z/.."

AN_ITEM = {
    "type": "Feature",
    "stac_version": "1.1.0",
    "id": ITEM,
    "geometry": GEOMETRY,
    "bbox": BBOX,
    "properties": {"datetime": "2024-06-01T10:00:00Z", "platform": "sentinel-2a"},
    "assets": {"red": {"href": "https://example.com/red.tif", "type": "image/tiff; application=geotiff"}},
}
A_COLLECTION = {
    "type": "Collection",
    "stac_version": "1.1.0",
    "id": COLLECTION,
    "description": "Surface reflectance of Sentinel-2.",
    "license": "other",
    "extent": {"spatial": {"bbox": [BBOX]}, "temporal": {"interval": [["2024-06-01T00:00:00Z", None]]}},
}
A_CATALOG = {"type": "Catalog", "stac_version": "1.1.0", "id": CATALOG, "description": "Scenes of the Alps."}
A_SEARCH = {"bbox": BBOX, "datetime": TIMES, "limit": 10}
A_PATCH = {"title": "A new title"}

BODIES: dict[str, list[Any]] = {
    "NewItem": [AN_ITEM],
    "NewItems": [AN_ITEM, {"type": "FeatureCollection", "features": [AN_ITEM]}],
    "NewCollection": [A_COLLECTION],
    "NewCollections": [A_COLLECTION, {"collections": [A_COLLECTION]}],
    "NewCatalog": [A_CATALOG],
    "NewCatalogs": [A_CATALOG],
    "Patch": [A_PATCH],
    "Bulk": [{"items": {ITEM: AN_ITEM}, "method": "upsert"}],
    "Search": [{"collections": [COLLECTION], "datetime": TIMES}, A_SEARCH, {"intersects": GEOMETRY}],
    "CollectionSearch": [A_SEARCH],
    "Aggregate": [{"collections": [COLLECTION], "aggregations": ["total_count", "datetime_frequency"]}],
}
"""By the schema of the body."""
OF_FORMS: dict[str, list[Any]] = {
    JSON_PATCH: [[{"op": "add", "path": "/title", "value": "A new title"}]],
    NDJSON: [f"{json.dumps(AN_ITEM)}\n"],
}
"""By the media type of the body, where that decides."""

PARAMETERS: dict[str, Any] = {
    "collections": [COLLECTION],
    "ids": [ITEM],
    "bbox": BBOX,
    "datetime": TIMES,
    "filter": f"id = '{ITEM}'",
    "sortby": "-id",
    "q": "sentinel",
    "fields": "id,links",
    "limit": 10,
    "aggregations": ["total_count"],
    "type": "Collection",
    "after": CATALOG,
    "If-Match": "*",
    "Prefer": "return=representation",
}
"""By the name of the parameter."""
PLACES: dict[str, Any] = {
    "collection_id": COLLECTION,
    "item_id": ITEM,
    "catalog_id": CATALOG,
    "date": "2024",
    "noun": "collections",
    "number": 1,
}
"""By the name of the part of a path."""


def with_example(described: dict[str, Any]) -> dict[str, Any]:
    """Return a Parameter Object with its example, where there is one."""
    known = PLACES if described["in"] == "path" else PARAMETERS
    name = described["name"]
    return {**described, "example": known[name]} if name in known else described


def examples(body: str, media_type: str) -> dict[str, Any]:
    """The Example Objects of a body, by name."""
    values = OF_FORMS.get(media_type) or BODIES[body]
    return {f"{body}-{number}": {"value": value} for number, value in enumerate(values, 1)}
