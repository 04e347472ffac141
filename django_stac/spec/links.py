"""STAC link objects and the relations that the server makes itself, so that they are never stored."""

import re
from collections.abc import Iterable
from typing import Any

_OGC = "http://www.opengis.net/def/rel/ogc/1.0"
QUERYABLES = f"{_OGC}/queryables"
SORTABLES = f"{_OGC}/sortables"
FUNCTIONS = f"{_OGC}/functions"

SERVER_RELS = frozenset(
    (
        "self", "root", "parent", "collection", "items", "item", "child", "children", "catalogs",
        "data", "collections", "search", "conformance",
        f"{_OGC}/data", f"{_OGC}/items", f"{_OGC}/conformance",
        "service-desc", "service-doc", "next", "prev", "previous", "first", "last",
        "queryables", QUERYABLES, "sortables", SORTABLES, FUNCTIONS, "aggregate", "aggregations",
        "edit-form", "create-form",
    )
)  # fmt: skip
"""Relations made from the rows and the request; links with any other relation belong to the document."""
HTML_FORM = "?f=html"
"""The end of the ``alternate`` links that the server makes; others belong to the document."""
VERSION_RELS = frozenset(("version-history", "predecessor-version", "successor-version", "latest-version"))
"""Relations of the version extension, which documents may have of their own."""
_OF_HISTORY = re.compile(r"/(?:history|versions/[0-9]+)/(?:collections|catalogs)/[^/]+(?:/items/[^/]+)?$")
_OURS = {"alternate": re.compile(re.escape(HTML_FORM) + "$"), **dict.fromkeys(VERSION_RELS, _OF_HISTORY)}


def link(
    rel: str,
    href: str,
    *,
    type: str | None = None,  # noqa: A002  the name of the member
    title: str | None = None,
    method: str | None = None,
    body: dict[str, Any] | None = None,
    merge: bool | None = None,
) -> dict[str, Any]:
    """Make a link object: members in the order of the arguments, those that are None left out."""
    members = {"rel": rel, "href": href, "type": type, "title": title}
    request = {"method": method, "body": body, "merge": merge}
    return {name: value for name, value in (members | request).items() if value is not None}


def foreign_links(links: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep the links that belong to the document, in their order; those that the server makes are dropped."""
    return [each for each in links if not _made_here(each.get("rel"), each.get("href"))]


def _made_here(rel: object, href: object) -> bool:
    if not isinstance(rel, str):
        return False
    if (end := _OURS.get(rel)) is not None:
        return isinstance(href, str) and end.search(href) is not None
    return rel in SERVER_RELS
