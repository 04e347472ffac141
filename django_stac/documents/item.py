"""An item as it is served."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import orjson

from django_stac.documents.fields import Rule, pruned
from django_stac.documents.hrefs import Hrefs, segment
from django_stac.documents.splice import present_files, spliced
from django_stac.models.document import dump
from django_stac.spec.links import HTML_FORM, link
from django_stac.spec.media_types import GEOJSON, HTML, JSON

if TYPE_CHECKING:
    from django_stac.models import Item


PLACE = "\0"
"""Stands for the item in a template of links: no id and no URL holds it."""


Pieces: TypeAlias = tuple[bytes | memoryview, ...]
"""Of a feature: its document, and what follows."""


class StoredItem(Protocol):
    """An item as search finds it."""

    @property
    def collection_id(self) -> str: ...
    @property
    def item_id(self) -> str: ...
    @property
    def digest(self) -> str: ...
    @property
    def document(self) -> bytes: ...
    @property
    def has_files(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Stored:
    """An item of the ORM, as search would have found it."""

    collection_id: str
    item_id: str
    digest: str
    document: bytes
    has_files: bool = True
    """Whether it may refer to stored files."""

    @classmethod
    def of(cls, item: "Item") -> "Stored":
        """Read a row; its collection must be loaded."""
        return cls(item.collection.collection_id, item.item_id, item.digest, dump(item.document))


def present(stored: StoredItem, hrefs: Hrefs) -> bytes:
    """Return the served JSON of an item: the stored bytes, with the server's links and file URLs."""
    return b"".join(pieces(stored, hrefs))


def pieces(stored: StoredItem, hrefs: Hrefs) -> Pieces:
    """The bytes to be joined."""
    return spliced(with_file_urls(stored, hrefs), links_of(stored, hrefs))


def pruned_pieces(stored: StoredItem, hrefs: Hrefs, rule: Rule) -> Pieces:
    """The same of the part that a rule keeps: only for this a stored document is opened."""
    part = pruned(orjson.loads(with_file_urls(stored, hrefs)), rule)
    if "links" not in part:
        return (orjson.dumps(part),)
    return spliced(dump(part), links_of(stored, hrefs))


def with_file_urls(stored: StoredItem, hrefs: Hrefs) -> bytes:
    """The stored bytes; they are looked through only where there may be a reference to a file."""
    return present_files(stored.document, hrefs) if stored.has_files else stored.document


def links_of(stored: StoredItem, hrefs: Hrefs) -> bytes:
    """The JSON of the server's links, without brackets."""
    return segment(stored.item_id).encode().join(links_template(stored.collection_id, hrefs.root))


@lru_cache(maxsize=1024)
def links_template(collection_id: str, root: str) -> list[bytes]:
    """The JSON of an item's links, in the pieces between which the item's path segment goes."""
    return orjson.dumps(links(collection_id, PLACE, Hrefs(root)))[1:-1].split(b"\\u0000")


def links(collection_id: str, item_segment: str, hrefs: Hrefs) -> list[dict[str, Any]]:
    """The links that the server makes for an item."""
    collection = hrefs.collection(collection_id)
    item = f"{hrefs.items(collection_id)}/{item_segment}"
    return [
        link("self", item, type=GEOJSON),
        link("alternate", f"{item}{HTML_FORM}", type=HTML),
        link("root", hrefs.root, type=JSON),
        link("parent", collection, type=JSON),
        link("collection", collection, type=JSON),
    ]


def to_dict(item: "Item", hrefs: Hrefs) -> dict[str, Any]:
    """Return the served document of a row; the collection must be loaded."""
    served: dict[str, Any] = orjson.loads(present(Stored.of(item), hrefs))
    return served
