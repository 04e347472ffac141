"""Where things live: every URL of the API, built from the one of its landing page."""

import re
from dataclasses import dataclass
from urllib.parse import quote

PLAIN = re.compile(r"[A-Za-z0-9_.~:@!$'()*+,;=-]*")
"""Ids that stand in a path as they are: a tenth of the price of encoding them."""


@dataclass(frozen=True, slots=True)
class Hrefs:
    """Absolute URLs. ``root`` is the landing page's, with its trailing slash."""

    root: str

    @property
    def conformance(self) -> str:
        return f"{self.root}conformance"

    @property
    def service_desc(self) -> str:
        return f"{self.root}api"

    @property
    def service_doc(self) -> str:
        return f"{self.root}api.html"

    @property
    def search(self) -> str:
        return f"{self.root}search"

    @property
    def catalogs(self) -> str:
        return f"{self.root}catalogs"

    @property
    def children(self) -> str:
        return f"{self.root}children"

    @property
    def collections(self) -> str:
        return f"{self.root}collections"

    @property
    def collections_search(self) -> str:
        return f"{self.root}collections-search"

    @property
    def collections_queryables(self) -> str:
        return f"{self.root}collections-queryables"

    @property
    def collections_sortables(self) -> str:
        return f"{self.root}collections-sortables"

    @property
    def functions(self) -> str:
        return f"{self.root}functions"

    @property
    def changes(self) -> str:
        return f"{self.root}changes"

    @property
    def files(self) -> str:
        return f"{self.root}files/"

    def catalog(self, catalog_id: str) -> str:
        return f"{self.root}catalogs/{segment(catalog_id)}"

    def more(self, noun: str, after: str) -> str:
        return f"{self.root}more/{noun}?after={quote(after, safe='')}"

    def children_of(self, catalog_id: str) -> str:
        return f"{self.catalog(catalog_id)}/children"

    def collection(self, collection_id: str) -> str:
        return f"{self.root}collections/{segment(collection_id)}"

    def dates(self, collection_id: str, date: str | None = None) -> str:
        dates = f"{self.collection(collection_id)}/dates"
        return f"{dates}/{date}" if date else dates

    def aggregate(self, collection_id: str | None = None) -> str:
        return f"{self.root if collection_id is None else self.collection(collection_id) + '/'}aggregate"

    def aggregations(self, collection_id: str | None = None) -> str:
        return f"{self.root if collection_id is None else self.collection(collection_id) + '/'}aggregations"

    def queryables(self, collection_id: str | None = None) -> str:
        return f"{self.root if collection_id is None else self.collection(collection_id) + '/'}queryables"

    def sortables(self, collection_id: str | None = None) -> str:
        return f"{self.root if collection_id is None else self.collection(collection_id) + '/'}sortables"

    def items(self, collection_id: str) -> str:
        return f"{self.collection(collection_id)}/items"

    def item(self, collection_id: str, item_id: str) -> str:
        return f"{self.items(collection_id)}/{segment(item_id)}"

    # Before the path of what they belong to, never below it: the id of an item may hold any further segment.

    def history(self, href: str) -> str:
        return f"{self.root}history/{href.removeprefix(self.root)}"

    def version(self, href: str, number: int) -> str:
        return f"{self.root}versions/{number}/{href.removeprefix(self.root)}"


def segment(identifier: str) -> str:
    """Encode an id as one path segment: a slash becomes ``%2F``, and what a path may hold stays readable."""
    return identifier if PLAIN.fullmatch(identifier) else quote(identifier, safe=":@!$'()*+,;=~")
