"""A collection as it is served."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import orjson

from django_stac.conf import stac_settings
from django_stac.documents.dates import TITLE as DATES
from django_stac.documents.hrefs import Hrefs
from django_stac.documents.splice import present_files
from django_stac.models import ExtentMode
from django_stac.models.document import dump
from django_stac.spec.extents import WORLD
from django_stac.spec.links import HTML_FORM, QUERYABLES, SORTABLES, link
from django_stac.spec.media_types import GEOJSON, HTML, JSON, SCHEMA

if TYPE_CHECKING:
    from django_stac.models import Collection

NO_ITEMS = {"spatial": {"bbox": [list(WORLD)]}, "temporal": {"interval": [[None, None]]}}


def present(
    collection: "Collection", hrefs: Hrefs, parent: str | None = None, *, tells_derived: bool = True
) -> dict[str, Any]:
    """Return the served document of a row; ``parent`` is the id of the catalogue that lists it, None for the root.

    Without ``tells_derived`` it is that of a collection from whose items nothing was derived yet.
    """
    described = with_facts(collection, tells_derived=tells_derived)
    made = links(collection.collection_id, hrefs, parent)
    served = {**described, "links": [*described.get("links", []), *made]}
    if "assets" not in served:
        return served
    shown: dict[str, Any] = orjson.loads(present_files(dump(served), hrefs))
    return shown


def with_facts(collection: "Collection", *, tells_derived: bool = True) -> dict[str, Any]:
    """Return the stored document with what the published items say, where it is left to them."""
    derived = (collection.derived or {}) if tells_derived else {}
    # Servers that store their aggregations there serve them elsewhere, and so do we.
    document = {name: value for name, value in collection.document.items() if name != "aggregations"}
    return {**document, "extent": extent(collection, derived), **summaries(collection, derived)}


def extent(collection: "Collection", derived: Mapping[str, Any]) -> dict[str, Any]:
    """The stored extent, or the one that the published items give."""
    if collection.extent_mode == ExtentMode.DOCUMENT and "extent" in collection.document:
        stored: dict[str, Any] = collection.document["extent"]
        return stored
    return derived.get("extent") or NO_ITEMS


def summaries(collection: "Collection", derived: Mapping[str, Any]) -> dict[str, Any]:
    """What the published items have in common, as a member to add; empty where the document speaks for itself."""
    if collection.extent_mode == ExtentMode.DOCUMENT or "summaries" in collection.document:
        return {}
    found = derived.get("summaries")
    return {"summaries": found} if found else {}


def links(collection_id: str, hrefs: Hrefs, parent: str | None) -> list[dict[str, Any]]:
    """The links that the server makes for a collection."""
    collection = hrefs.collection(collection_id)
    return [
        link("self", collection, type=JSON, title="This collection"),
        link("alternate", f"{collection}{HTML_FORM}", type=HTML, title="This collection as a page"),
        link("root", hrefs.root, type=JSON, title=stac_settings.TITLE),
        link("parent", hrefs.catalog(parent) if parent else hrefs.root, type=JSON, title="Parent"),
        link("child", hrefs.dates(collection_id), type=JSON, title=DATES),
        link("items", hrefs.items(collection_id), type=GEOJSON, title="Items"),
        link(QUERYABLES, hrefs.queryables(collection_id), type=SCHEMA, title="What items may be filtered by"),
        link(SORTABLES, hrefs.sortables(collection_id), type=SCHEMA, title="What items may be sorted by"),
        link("aggregate", hrefs.aggregate(collection_id), type=JSON, title="Aggregation of items", method="GET"),
        link("aggregate", hrefs.aggregate(collection_id), type=JSON, title="Aggregation of items", method="POST"),
        link("aggregations", hrefs.aggregations(collection_id), type=JSON, title="Aggregations to ask for"),
    ]
