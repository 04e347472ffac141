"""Pages of items, joined from stored bytes."""

from collections.abc import Iterable
from importlib.metadata import version
from itertools import chain
from typing import Any, NamedTuple

import orjson

from django_stac.documents.fields import Fields, rule_of
from django_stac.documents.hrefs import Hrefs
from django_stac.documents.item import Pieces, StoredItem, pieces, pruned_pieces

VERSION = version("django-stac").encode()
HEAD = b'{"type":"FeatureCollection","features":['


class ItemCollection(NamedTuple):
    """A page as it is served."""

    body: bytes
    essence: bytes
    """What is another where the body is: a twentieth of it, with digests for documents."""


def item_collection(
    stored: Iterable[StoredItem],
    hrefs: Hrefs,
    *,
    links: list[dict[str, Any]],
    matched: int | None,
    fields: Fields | None = None,
) -> ItemCollection:
    """Make a page, of the parts of items that are asked for; None asks for all, unopened.

    ``numberMatched`` is left out when it is not known, never null.
    """
    rule = rule_of(fields) if fields else None
    rows = list(stored)
    features = [pruned_pieces(item, hrefs, rule) if rule else pieces(item, hrefs) for item in rows]
    counts = {} if matched is None else {"numberMatched": matched}
    tail = orjson.dumps({**counts, "numberReturned": len(features), "links": links})
    separated = chain.from_iterable((b",", *feature) for feature in features)
    next(separated, None)  # no comma before the first
    essence = b"".join((VERSION, repr(fields).encode(), *map(essence_of, rows, features), tail))
    return ItemCollection(b"".join((HEAD, *separated, b"],", memoryview(tail)[1:])), essence)


def essence_of(stored: StoredItem, feature: Pieces) -> bytes:
    """The digest of a document, whether there are files to be linked in it, and all that is served around it."""
    return b"".join((stored.digest.encode(), b"1" if stored.has_files else b"0", *feature[1:]))
