"""Pages of what is listed below: cards of children, and the dates of a collection."""

from typing import Any
from urllib.parse import unquote

from django.utils.translation import gettext as _

from django_stac.api.pages.cards import Card, catalog_card, collection_card
from django_stac.api.pages.hyperlinks import id_below, web_url
from django_stac.api.pages.members import objects
from django_stac.api.pages.newest import catalog_titles, shelves
from django_stac.api.pages.trail import to_collection, trail
from django_stac.api.pages.visit import Visit

Content = dict[str, Any]

MOST_COLLECTIONS = 24
SHELF = 4


def children(visit: Visit) -> Content:
    """Cards of the catalogues and collections that the document links to; the rest stays in the table of links."""
    urls = [each.get("href") for each in objects(visit.document.get("links")) if each.get("rel") == "child"]
    below = [(id_below(url, visit.hrefs.collections), id_below(url, visit.hrefs.catalogs)) for url in urls]
    collections = [name for name, _ in below if name][:MOST_COLLECTIONS]
    catalogs = [name for _, name in below if name][:MOST_COLLECTIONS]
    return {
        "catalogs": catalog_cards(catalogs, visit),
        "collections": linked_collection_cards(collections, visit),
        "left_out": len(urls) - len(collections) - len(catalogs),
    }


def dates(visit: Visit) -> Content:
    """Links to the years, months, days or items of a collection."""
    listed = [each for each in objects(visit.document.get("links")) if each.get("rel") in ("child", "item")]
    below = [{"url": web_url(each.get("href"), visit.url), "title": each.get("title")} for each in listed]
    collection_id = unquote(visit.url.removeprefix(f"{visit.hrefs.collections}/").split("/")[0])
    return {"below": below, "trail": [*to_collection(visit, collection_id), (str(visit.document.get("title")), "")]}


def listed_children(visit: Visit) -> Content:
    """Cards of children that the document holds."""
    listed = objects(visit.document.get("children"))
    ids = {
        kind: [str(each.get("id")) for each in listed if each.get("type") == kind] for kind in ("Catalog", "Collection")
    }
    catalogs, collections = ids["Catalog"][:MOST_COLLECTIONS], ids["Collection"][:MOST_COLLECTIONS]
    return {
        "catalogs": catalog_cards(catalogs, visit),
        "collections": linked_collection_cards(collections, visit),
        "left_out": len(listed) - len(catalogs) - len(collections),
        "trail": trail(visit, (_("Children"), "")),
    }


def catalog_cards(ids: list[str], visit: Visit) -> list[Card]:
    found = catalog_titles(ids, visit) if ids else {}
    return [catalog_card(name, *found[name][1:], visit.hrefs) for name in ids if name in found]


def linked_collection_cards(ids: list[str], visit: Visit) -> list[Card]:
    found = shelves(ids, visit, each=SHELF, documents=True) if ids else {}
    return [collection_card(found[name].document, visit.hrefs, found[name]) for name in ids if name in found]
