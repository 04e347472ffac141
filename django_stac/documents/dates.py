"""The items of a collection by date: catalogues that no row stands for, so that every item is reached by links."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django_stac.conf import stac_settings
from django_stac.documents.hrefs import Hrefs
from django_stac.spec.links import link
from django_stac.spec.media_types import GEOJSON, HTML, JSON
from django_stac.spec.spans import Span
from django_stac.spec.versions import CURRENT

TITLE = "Items by date"
Links = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A place in the calendar of a collection, with the ids between which it lists a crowded day."""

    collection_id: str
    span: Span | None = None
    first: str | None = None
    stop: str | None = None

    @property
    def name(self) -> str:
        place = self.span.name if self.span else "dates"
        return "-".join(filter(None, (self.collection_id, place, self.first, self.stop and f"before-{self.stop}")))

    @property
    def title(self) -> str:
        title = self.span.title if self.span else TITLE
        return title if self.first is None and self.stop is None else f"{title}, {self.between}"

    @property
    def description(self) -> str:
        of_collection = f"Items of the collection {self.collection_id} by date"
        return f"{of_collection}: {self.title}." if self.span else f"{of_collection}."

    @property
    def between(self) -> str:
        return " ".join([f"from {self.first}" * bool(self.first), f"before {self.stop}" * bool(self.stop)]).strip()

    def href(self, hrefs: Hrefs) -> str:
        """Its URL."""
        place = hrefs.dates(self.collection_id, self.span.name if self.span else None)
        ends = {"from": self.first, "before": self.stop}
        query = urlencode({name: end for name, end in ends.items() if end is not None})
        return f"{place}?{query}" if query else place

    def parent(self, hrefs: Hrefs) -> str:
        """The URL of what links to it."""
        if self.span is None:
            return hrefs.collection(self.collection_id)
        if self.first is not None or self.stop is not None:
            return hrefs.dates(self.collection_id, self.span.name)
        return hrefs.dates(self.collection_id, self.span.parent.name if self.span.parent else None)


def present(shelf: Shelf, hrefs: Hrefs, *, items: Sequence[str] = (), below: Sequence[Shelf] = ()) -> dict[str, Any]:
    """Return a Catalog with an ``item`` link each item, or a ``child`` link each shelf below it."""
    href = shelf.href(hrefs)
    made = [
        link("self", href, type=JSON, title="This catalogue"),
        link("alternate", f"{href}{'&' if '?' in href else '?'}f=html", type=HTML, title="This catalogue as a page"),
        link("root", hrefs.root, type=JSON, title=stac_settings.TITLE),
        link("parent", shelf.parent(hrefs), type=JSON, title="Parent"),
    ]
    return {
        "type": "Catalog",
        "stac_version": CURRENT,
        "id": shelf.name,
        "title": shelf.title,
        "description": shelf.description,
        "links": [*made, *links_of(shelf, hrefs, items, below)],
    }


def links_of(shelf: Shelf, hrefs: Hrefs, items: Sequence[str], below: Sequence[Shelf]) -> Links:
    return [
        *(link("child", each.href(hrefs), type=JSON, title=each.title) for each in below),
        *(link("item", hrefs.item(shelf.collection_id, item), type=GEOJSON, title=item) for item in items),
    ]
