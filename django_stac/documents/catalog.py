"""A catalogue as it is served, and the landing page, which is the root of all."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django_stac.conf import stac_settings
from django_stac.documents.hrefs import Hrefs
from django_stac.spec.links import FUNCTIONS, HTML_FORM, QUERYABLES, SORTABLES, link
from django_stac.spec.media_types import GEOJSON, HTML, JSON, OPENAPI, SCHEMA
from django_stac.spec.versions import CURRENT

if TYPE_CHECKING:
    from django_stac.models import Catalog

Links = list[dict[str, Any]]
Child = tuple[str, str | None]
"""Id and title."""


def present(
    catalog: "Catalog",
    hrefs: Hrefs,
    *,
    parent: str | None = None,
    catalogs: Iterable[Child] = (),
    collections: Iterable[Child] = (),
) -> dict[str, Any]:
    """Return the served document of a row and its visible children."""
    document = catalog.document
    made = [
        link("self", hrefs.catalog(catalog.catalog_id), type=JSON, title="This catalogue"),
        link(
            "alternate", f"{hrefs.catalog(catalog.catalog_id)}{HTML_FORM}", type=HTML, title="This catalogue as a page"
        ),
        link("root", hrefs.root, type=JSON, title=stac_settings.TITLE),
        link("parent", hrefs.catalog(parent) if parent else hrefs.root, type=JSON, title="Parent"),
        link("children", hrefs.children_of(catalog.catalog_id), type=JSON, title="Children"),
        *child_links(hrefs, catalogs, collections),
    ]
    return {**document, "links": [*document.get("links", []), *made]}


def present_landing(hrefs: Hrefs, *, conforms_to: list[str], children: Links) -> dict[str, Any]:
    """Return the landing page (STAC API - Core): a Catalog with ``conformsTo``."""
    return {
        "type": "Catalog",
        "stac_version": CURRENT,
        "id": stac_settings.ID,
        "title": stac_settings.TITLE,
        "description": stac_settings.DESCRIPTION,
        "conformsTo": conforms_to,
        "links": [*service_links(hrefs), *children],
    }


def present_more(hrefs: Hrefs, noun: str, after: str, *, children: Links) -> dict[str, Any]:
    """Return a Catalog of what the landing page cannot link: ``noun`` (catalogs, collections) with ids behind one."""
    href = hrefs.more(noun, after)
    return {
        "type": "Catalog",
        "stac_version": CURRENT,
        "id": f"{stac_settings.ID}-{noun}-after-{after}",
        "title": f"More {noun}",
        "description": f"Further {noun} of {stac_settings.TITLE}, after {after}.",
        "links": [
            link("self", href, type=JSON, title="This catalogue"),
            link("alternate", f"{href}&f=html", type=HTML, title="This catalogue as a page"),
            link("root", hrefs.root, type=JSON, title="Landing page"),
            link("parent", hrefs.root, type=JSON, title="Parent"),
            *children,
        ],
    }


def service_links(hrefs: Hrefs) -> Links:
    """The links that lead from the landing page to what the API can do."""
    return [
        link("self", hrefs.root, type=JSON, title="This document"),
        link("root", hrefs.root, type=JSON, title="Landing page"),
        link("alternate", f"{hrefs.root}{HTML_FORM}", type=HTML, title="This document as a page"),
        link("service-desc", hrefs.service_desc, type=OPENAPI, title="OpenAPI description"),
        link("service-doc", hrefs.service_doc, type=HTML, title="Documentation of the API"),
        link("conformance", hrefs.conformance, type=JSON, title="Conformance classes"),
        link("data", hrefs.collections, type=JSON, title="Collections"),
        link("children", hrefs.children, type=JSON, title="Children"),
        link("catalogs", hrefs.catalogs, type=JSON, title="Catalogues"),
        link("search", hrefs.search, type=GEOJSON, title="Item search", method="GET"),
        link("search", hrefs.search, type=GEOJSON, title="Item search", method="POST"),
        link(QUERYABLES, hrefs.queryables(), type=SCHEMA, title="What items may be filtered by"),
        link(SORTABLES, hrefs.sortables(), type=SCHEMA, title="What items may be sorted by"),
        link(FUNCTIONS, hrefs.functions, type=JSON, title="Functions that a filter may call"),
        link("aggregate", hrefs.aggregate(), type=JSON, title="Aggregation of items", method="GET"),
        link("aggregate", hrefs.aggregate(), type=JSON, title="Aggregation of items", method="POST"),
        link("aggregations", hrefs.aggregations(), type=JSON, title="Aggregations to ask for"),
        link("changes", hrefs.changes, type=JSON, title="What stands, and what has changed since"),
    ]


def child_links(hrefs: Hrefs, catalogs: Iterable[Child], collections: Iterable[Child]) -> Links:
    """One ``child`` link a catalogue and a collection."""
    return [
        *(link("child", hrefs.catalog(key), type=JSON, title=title or key) for key, title in catalogs),
        *(link("child", hrefs.collection(key), type=JSON, title=title or key) for key, title in collections),
    ]
