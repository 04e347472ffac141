"""Small valid documents of each type, in both stored versions."""

from typing import Any

Document = dict[str, Any]


def item(version: str = "1.1.0", **changes: Any) -> Document:
    """A valid Item; ``changes`` replace its members."""
    document = {
        "type": "Feature",
        "stac_version": version,
        "stac_extensions": [],
        "id": "scene",
        "collection": "scenes",
        "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]},
        "bbox": [0, 0, 1, 1],
        "properties": {"datetime": "2020-02-29T12:00:00Z", "gsd": 10},
        "links": [{"rel": "collection", "href": "./collection.json", "type": "application/json"}],
        "assets": {"data": {"href": "./scene.tif", "type": "image/tiff; application=geotiff", "roles": ["data"]}},
    }
    return document | changes


def collection(version: str = "1.1.0", **changes: Any) -> Document:
    """A valid Collection; ``changes`` replace its members."""
    document = {
        "type": "Collection",
        "stac_version": version,
        "id": "scenes",
        "description": "All scenes",
        "license": "CC-BY-4.0",
        "extent": {
            "spatial": {"bbox": [[-180, -90, 180, 90]]},
            "temporal": {"interval": [["2020-01-01T00:00:00Z", None]]},
        },
        "providers": [{"name": "Us", "roles": ["host"], "url": "https://example.com/"}],
        "keywords": ["scenes"],
        "summaries": {"gsd": [10], "eo:cloud_cover": {"minimum": 0, "maximum": 100}},
        "links": [],
    }
    return document | changes


def catalog(version: str = "1.1.0", **changes: Any) -> Document:
    """A valid Catalog; ``changes`` replace its members."""
    document = {"type": "Catalog", "stac_version": version, "id": "root", "description": "All", "links": []}
    return document | changes


EVERY = [make(version) for make in (item, collection, catalog) for version in ("1.0.0", "1.1.0")]
