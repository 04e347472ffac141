"""An item as it is served."""

from typing import TYPE_CHECKING, Any

import orjson

from django_stac.documents.hrefs import Hrefs
from django_stac.documents.splice import present_files, splice_links
from django_stac.models.document import dump
from django_stac.spec.links import link
from django_stac.spec.media_types import GEOJSON, HTML, JSON

if TYPE_CHECKING:
    from pystac import Item as PystacItem

    from django_stac.models import Item


def present(document: bytes, collection_id: str, item_id: str, hrefs: Hrefs) -> bytes:
    """Return the served JSON of a stored document: the same bytes, with the server's links and file URLs."""
    return present_files(splice_links(document, links(collection_id, item_id, hrefs)), hrefs)


def links(collection_id: str, item_id: str, hrefs: Hrefs) -> list[dict[str, Any]]:
    """The links that the server makes for an item."""
    collection, item = hrefs.collection(collection_id), hrefs.item(collection_id, item_id)
    return [
        link("self", item, type=GEOJSON),
        link("alternate", f"{item}?f=html", type=HTML),
        link("root", hrefs.root, type=JSON),
        link("parent", collection, type=JSON),
        link("collection", collection, type=JSON),
    ]


def to_dict(item: "Item", hrefs: Hrefs) -> dict[str, Any]:
    """Return the served document of a row; the collection must be loaded."""
    served: dict[str, Any] = orjson.loads(
        present(dump(item.document), item.collection.collection_id, item.item_id, hrefs)
    )
    return served


def to_pystac(item: "Item", base_url: str) -> "PystacItem":
    """Return the served document as a pystac Item; ``base_url`` is that of the landing page."""
    from pystac import Item as PystacItem  # noqa: PLC0415 - slow to import

    return PystacItem.from_dict(to_dict(item, Hrefs(base_url)), migrate=False, preserve_dict=False)
