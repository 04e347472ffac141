"""What each page shows: one function a template, each at most three bounded questions to the database."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from django_stac.api.pages.aggregations import aggregations
from django_stac.api.pages.assets import asset_rows
from django_stac.api.pages.cards import catalog_card, collection_card, in_turn, item_card
from django_stac.api.pages.changes import changes
from django_stac.api.pages.children import SHELF, children, dates, listed_children
from django_stac.api.pages.history import differences, history, version
from django_stac.api.pages.hyperlinks import id_below, web_url
from django_stac.api.pages.members import mapping, objects, texts
from django_stac.api.pages.newest import Shelf, catalog_titles, file_sizes, item_pk, shelves
from django_stac.api.pages.operations import groups
from django_stac.api.pages.places import globe_of, shape_of
from django_stac.api.pages.properties import extensions, properties, property_of
from django_stac.api.pages.queryables import queryables
from django_stac.api.pages.search_form import collection_form, search_form
from django_stac.api.pages.staff import ways_in
from django_stac.api.pages.thumbnails import thumbnail
from django_stac.api.pages.times import bar, in_words, moment_in_words, span_of_collection, span_of_item
from django_stac.api.pages.trail import to_collection, trail
from django_stac.api.pages.visit import Visit
from django_stac.api.staff import is_staff, page_in_admin
from django_stac.drawing.footprint import footprint
from django_stac.models import Catalog, Collection, Item
from django_stac.spec.extents import boxes_of

Content = dict[str, Any]

MOST_ITEMS = 100
GALLERY = 12
MOSAIC = 8


def landing(visit: Visit) -> Content:
    """The site's front page."""
    shown = children(visit)
    return {
        **shown,
        "mosaic": in_turn(shown["collections"])[:MOSAIC],
        "form": search_form(visit, action=visit.hrefs.search, is_brief=True),
        "all_collections": visit.hrefs.collections,
        **ways_in(visit),
    }


def catalog(visit: Visit) -> Content:
    """A catalogue and what it lists."""
    catalog_id = str(visit.document.get("id"))
    pk = catalog_titles([catalog_id], visit).get(catalog_id, (None,))[0] if is_staff(visit.user) else None
    return {
        **children(visit),
        "trail": trail(visit, (_("Catalogues"), visit.hrefs.catalogs), (catalog_id, "")),
        "admin_url": page_in_admin(visit.request, Catalog, pk),
    }


def catalogs(visit: Visit) -> Content:
    """The list of catalogues."""
    listed = objects(visit.document.get("catalogs"))
    cards = [
        catalog_card(str(each.get("id")), each.get("title"), str(each.get("description") or ""), visit.hrefs)
        for each in listed
    ]
    return {"cards": cards, "trail": trail(visit, (_("Catalogues"), "")), **paging(visit)}


def collections(visit: Visit) -> Content:
    """The list of collections."""
    listed = objects(visit.document.get("collections"))
    found = shelves([str(each.get("id")) for each in listed[:MOST_ITEMS]], visit, each=SHELF)
    cards = [collection_card(each, visit.hrefs, found.get(str(each.get("id")))) for each in listed[:MOST_ITEMS]]
    return {
        "cards": cards,
        "left_out": len(listed) - len(cards),
        "matched": visit.document.get("numberMatched"),
        "form": collection_form(visit),
        "trail": trail(visit, (_("Collections"), "")),
        **paging(visit),
    }


def collection(visit: Visit) -> Content:
    """A collection with a gallery of its newest items."""
    document, hrefs = visit.document, visit.hrefs
    collection_id = str(document.get("id"))
    shelf = shelves([collection_id], visit, each=GALLERY).get(collection_id, Shelf())
    spans = [span_of_item(mapping(item.get("properties"))) for item in shelf.items]
    boxes = boxes_of(document.get("extent"))
    return {
        **about_collection(visit),
        "cards": [item_card(item, hrefs) for item in shelf.items],
        "count": shelf.count,
        "items_url": hrefs.items(collection_id),
        "boxes": boxes,
        "footprint": footprint(map(shape_of, shelf.items), extents=boxes),
        "globe": globe_of(document, shelf.items),
        "when": in_words(span_of_collection(document)),
        "timeline": bar(span_of_collection(document), [start for start, _ in spans]),
        "trail": to_collection(visit, collection_id),
        "admin_url": page_in_admin(visit.request, Collection, shelf.pk),
    }


def about_collection(visit: Visit) -> Content:
    """What the document alone says."""
    document, url = visit.document, visit.url
    return {
        "summaries": properties(mapping(document.get("summaries"))),
        "extensions": extensions(document),
        "further": properties(document, without=SHOWN_OF_COLLECTION),
        "assets": asset_rows(mapping(document.get("assets")), url),
        "item_assets": asset_rows(mapping(document.get("item_assets")), url),
        "keywords": texts(document.get("keywords")),
        "providers": [provider(each, url) for each in objects(document.get("providers"))],
        "license_url": web_url(visit.rel("license").get("href"), url),
    }


SHOWN_OF_COLLECTION = frozenset((
    "type", "id", "stac_extensions", "title", "description", "license", "extent", "links", "summaries",
    "assets", "item_assets", "keywords", "providers",
))  # fmt: skip


def provider(fields: dict[str, Any], base: str) -> Content:
    return {
        "name": str(fields.get("name") or ""),
        "roles": texts(fields.get("roles")),
        "description": str(fields.get("description") or ""),
        "url": web_url(fields.get("url"), base),
    }


def items(visit: Visit) -> Content:
    """Items of a collection, or of a search."""
    document, hrefs = visit.document, visit.hrefs
    features = objects(document.get("features"))
    home = home_of_page(visit)
    shown = features[:MOST_ITEMS]
    action = hrefs.items(home) if home else hrefs.search
    names = (None if home else str(each.get("collection") or "") for each in shown)
    return {
        "cards": [item_card(each, hrefs, collection=name) for each, name in zip(shown, names, strict=True)],
        "left_out": len(features) - len(shown),
        "matched": document.get("numberMatched"),
        "returned": len(features),
        "collection": home,
        "footprint": footprint(map(shape_of, shown), width=960, height=320),
        "form": search_form(visit, action=action, across=home is None),
        "trail": [*to_collection(visit, home), (_("Items"), "")] if home else trail(visit, (_("Search"), "")),
        **paging(visit),
    }


def home_of_page(visit: Visit) -> str | None:
    """The id of the collection whose items a page lists; None for a search."""
    path = visit.url.split("?")[0].rstrip("/")
    if not path.endswith("/items"):
        return None
    return id_below(path.removesuffix("/items"), visit.hrefs.collections)


def item(visit: Visit) -> Content:
    """One item."""
    document, hrefs = visit.document, visit.hrefs
    collection_id, item_id = str(document.get("collection")), str(document.get("id"))
    fields = mapping(document.get("properties"))
    start, end = span_of_item(fields)
    sizes = file_sizes(visit, collection_id, item_id)
    pk = item_pk(visit, collection_id, item_id) if is_staff(visit.user) else None
    return {
        "title": fields.get("title") or item_id,
        "picture": thumbnail(document, visit.url, hrefs),
        "footprint": footprint([shape_of(document)]),
        "globe": globe_of(document),
        "when": moment_in_words(start) if start and start == end else in_words((start, end)),
        "timeline": bar((start, end)),
        "highlights": [property_of(key, fields[key]) for key in HIGHLIGHTS if fields.get(key) is not None],
        "properties": [*properties(fields), *properties(document, without=SHOWN_OF_ITEM)],
        "extensions": extensions(document),
        "assets": asset_rows(mapping(document.get("assets")), visit.url, sizes=sizes),
        "trail": [*to_collection(visit, collection_id), (item_id, "")],
        "admin_url": page_in_admin(visit.request, Item, pk),
    }


HIGHLIGHTS = ("platform", "instruments", "gsd", "eo:cloud_cover", "proj:code", "proj:epsg")
SHOWN_OF_ITEM = frozenset((
    "type", "id", "stac_extensions", "collection", "geometry", "bbox", "properties", "links", "assets",
))  # fmt: skip


def conformance(visit: Visit) -> Content:
    """The conformance classes, those of one standard together."""
    found: dict[str, list[str]] = {}
    for uri in texts(visit.document.get("conformsTo")):
        found.setdefault(urlsplit(uri).netloc, []).append(uri)
    return {"standards": found, "trail": trail(visit, (_("Conformance"), ""))}


def api(visit: Visit) -> Content:
    """The documentation of the API."""
    return {"groups": groups(visit.document, visit.hrefs.root), "trail": trail(visit, (_("API"), ""))}


def error(visit: Visit) -> Content:
    """What went wrong; a search gets its form again, so that it can be put right."""
    place, home, hrefs = visit.asked_for.split("?")[0], home_of_page(visit), visit.hrefs
    found: Content = {"trail": trail(visit)}
    if visit.document.get("code") in ("NotFound", "DatabaseAway"):
        return found
    if place in (hrefs.collections, hrefs.collections_search):
        found["collection_form"] = collection_form(visit)
    elif home or place == hrefs.search:
        found["form"] = search_form(visit, action=hrefs.items(home) if home else place, across=home is None)
    return found


def nothing(visit: Visit) -> Content:
    """A page that shows its document alone."""
    return {"trail": trail(visit)}


def paging(visit: Visit) -> Content:
    """The URLs of the pages around this one, from the document's links."""
    rels = {"first": "first", "prev": "previous", "next": "next"}
    links = {name: visit.rel(rel) for rel, name in rels.items()}
    return {"paging": {name: web_url(each["href"], visit.url) for name, each in links.items() if "body" not in each}}


def changed(visit: Visit) -> Content:
    """A row for each change, and the way to what follows."""
    return {"rows": changes(visit), "trail": trail(visit, (_("Changes"), "")), **paging(visit)}


CONTENTS: dict[str, Callable[[Visit], Content]] = {
    "django_stac/landing.html": landing,
    "django_stac/catalogs.html": catalogs,
    "django_stac/catalog.html": catalog,
    "django_stac/changes.html": changed,
    "django_stac/children.html": listed_children,
    "django_stac/dates.html": dates,
    "django_stac/collections.html": collections,
    "django_stac/collection.html": collection,
    "django_stac/items.html": items,
    "django_stac/item.html": item,
    "django_stac/aggregations.html": aggregations,
    "django_stac/queryables.html": queryables,
    "django_stac/conformance.html": conformance,
    "django_stac/api.html": api,
    "django_stac/error.html": error,
    "django_stac/history.html": lambda visit: {**history(visit), **paging(visit)},
    "django_stac/version.html": version,
    "django_stac/differences.html": differences,
}
