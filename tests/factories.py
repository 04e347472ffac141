"""Documents for tests; what stores them goes through the gate, the same road that users take."""

from typing import Any

from django_stac import transactions
from django_stac.models import Catalog, Collection, Item

Document = dict[str, Any]


def box(west: float, south: float, east: float, north: float) -> Document:
    """A rectangle as a GeoJSON Polygon."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def an_item(item_id: str = "scene", *, collection: str = "scenes", **changes: Any) -> Document:
    """A valid Item; ``changes`` replace members, and names with a datetime or a colon go into the properties."""
    document: Document = {
        "type": "Feature",
        "stac_version": "1.1.0",
        "id": item_id,
        "collection": collection,
        "geometry": box(10, 45, 11, 46),
        "bbox": [10, 45, 11, 46],
        "properties": {"datetime": "2024-06-01T10:00:00Z"},
        "links": [],
        "assets": {"data": {"href": "https://example.com/data.tif", "type": "image/tiff; application=geotiff"}},
    }
    document["properties"] |= changes.pop("properties", {})
    for name in [name for name in changes if ":" in name or name.endswith("datetime")]:
        document["properties"][name] = changes.pop(name)
    document |= changes
    if "geometry" in changes and "bbox" not in changes:
        del document["bbox"]
    return document


def a_collection(collection_id: str = "scenes", **changes: Any) -> Document:
    """A valid Collection."""
    return {
        "type": "Collection",
        "stac_version": "1.1.0",
        "id": collection_id,
        "title": collection_id.replace("-", " ").title(),
        "description": "Scenes of a landscape.",
        "license": "CC-BY-4.0",
        "extent": {"spatial": {"bbox": [[-180, -90, 180, 90]]}, "temporal": {"interval": [[None, None]]}},
        "links": [],
        **changes,
    }


def a_catalog(catalog_id: str = "shelf", **changes: Any) -> Document:
    """A valid Catalog."""
    return {
        "type": "Catalog",
        "stac_version": "1.1.0",
        "id": catalog_id,
        "description": "A shelf.",
        "links": [],
        **changes,
    }


def put_collection(collection_id: str = "scenes", *, published: bool = True, **changes: Any) -> Collection:
    """Store a collection, or return the one that stands."""
    found = Collection.objects.filter(collection_id=collection_id).first()
    return found or transactions.create_collection(a_collection(collection_id, **changes), published=published)


def put_catalog(catalog_id: str = "shelf", **changes: Any) -> Catalog:
    """Store a catalogue."""
    return transactions.create_catalog(a_catalog(catalog_id, **changes))


def put(*documents: Document, published: bool = True) -> list[Item]:
    """Store items, and the collections that they name where these are absent."""
    stored = []
    for document in documents:
        put_collection(document["collection"])
        stored.append(transactions.create_item(document, published=published))
    return stored
