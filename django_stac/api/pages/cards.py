"""Cards of items, collections and catalogues: a picture, a title, a few words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from django_stac.api.pages.members import mapping
from django_stac.api.pages.newest import Shelf
from django_stac.api.pages.places import globe_of, shape_of
from django_stac.api.pages.properties import percent
from django_stac.api.pages.thumbnails import thumbnail
from django_stac.api.pages.times import in_words, span_of_collection, span_of_item
from django_stac.documents.hrefs import Hrefs
from django_stac.drawing.footprint import Footprint, footprint
from django_stac.drawing.globe import Globe

PICTURES = 4
WIDTH, HEIGHT = 320, 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Something to click on; ``footprint`` or ``globe`` stands in where there is no picture."""

    href: str
    title: str
    text: str = ""
    facts: Sequence[str] = ()
    pictures: Sequence[str] = ()
    footprint: Footprint | None = None
    globe: Globe | None = None


def item_card(document: dict[str, Any], hrefs: Hrefs, *, collection: str | None = None) -> Card:
    """A card of a served or stored item; ``collection`` is shown where pages mix them."""
    fields = mapping(document.get("properties"))
    href = hrefs.item(str(document.get("collection")), str(document.get("id")))
    picture = thumbnail(document, href, hrefs)
    cloud = percent(document, "eo:cloud_cover")
    facts = [in_words(span_of_item(fields)), cloud and _("%(percent)s cloud") % {"percent": cloud}, collection]
    return Card(
        href=href,
        title=str(fields.get("title") or document.get("id")),
        facts=[fact for fact in facts if fact],
        pictures=[picture] if picture else [],
        footprint=None if picture else footprint([shape_of(document)], width=WIDTH, height=HEIGHT),
    )


def collection_card(document: dict[str, Any], hrefs: Hrefs, shelf: Shelf | None) -> Card:
    """A card of a served collection with pictures of its newest items."""
    href = hrefs.collection(str(document.get("id")))
    pictures = pictures_of([document, *(shelf.items if shelf else ())], href, hrefs)
    facts = [in_words(span_of_collection(document)), count_in_words(shelf)]
    return Card(
        href=href,
        title=str(document.get("title") or document.get("id")),
        text=str(document.get("description") or ""),
        facts=[fact for fact in facts if fact],
        pictures=pictures,
        globe=None if pictures else globe_of(document, shelf.items if shelf else ()),
    )


def catalog_card(catalog_id: str, title: str | None, description: str, hrefs: Hrefs) -> Card:
    """A card of a catalogue, without pictures."""
    return Card(href=hrefs.catalog(catalog_id), title=title or catalog_id, text=description)


def pictures_of(documents: Iterable[dict[str, Any]], href: str, hrefs: Hrefs) -> list[str]:
    """The first few thumbnails of a collection's and its items' documents."""
    found: list[str] = []
    for document in documents:
        of_item = document.get("type") == "Feature"
        base = hrefs.item(str(document.get("collection")), str(document.get("id"))) if of_item else href
        url = thumbnail(document, base, hrefs)
        if url and url not in found:
            found.append(url)
    return found[:PICTURES]


def count_in_words(shelf: Shelf | None) -> str:
    if shelf is None or shelf.count is None:
        return ""
    return ngettext("%(count)d item", "%(count)d items", shelf.count) % {"count": shelf.count}


def in_turn(cards: Iterable[Card]) -> list[str]:
    """The pictures of several cards, one of each first, then the second of each."""
    turns = zip_longest(*(card.pictures for card in cards))
    return [picture for turn in turns for picture in turn if picture]
