"""Where things live: every URL of the API, built from the one of its landing page."""

from dataclasses import dataclass
from urllib.parse import quote


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
    def collections(self) -> str:
        return f"{self.root}collections"

    @property
    def files(self) -> str:
        return f"{self.root}files/"

    def catalog(self, catalog_id: str) -> str:
        return f"{self.root}catalogs/{segment(catalog_id)}"

    def collection(self, collection_id: str) -> str:
        return f"{self.root}collections/{segment(collection_id)}"

    def items(self, collection_id: str) -> str:
        return f"{self.collection(collection_id)}/items"

    def item(self, collection_id: str, item_id: str) -> str:
        return f"{self.items(collection_id)}/{segment(item_id)}"


def segment(identifier: str) -> str:
    """Encode an id as one path segment: a slash becomes ``%2F``, and what a path may hold stays readable."""
    return quote(identifier, safe=":@!$'()*+,;=~")
