"""Pages of items, joined from stored bytes."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

import orjson

from django_stac.documents.hrefs import Hrefs
from django_stac.documents.item import StoredItem, pieces
from django_stac.documents.splice import present_files

HEAD = b'{"type":"FeatureCollection","features":['


def item_collection(
    stored: Iterable[StoredItem], hrefs: Hrefs, *, links: list[dict[str, Any]], matched: int | None
) -> bytes:
    """Return an ItemCollection. ``numberMatched`` is left out when it is not known, never null."""
    features = [pieces(item, hrefs) for item in stored]
    counts = {} if matched is None else {"numberMatched": matched}
    tail = orjson.dumps({**counts, "numberReturned": len(features), "links": links})
    separated = chain.from_iterable((b",", *feature) for feature in features)
    next(separated, None)  # no comma before the first
    return present_files(b"".join((HEAD, *separated, b"],", memoryview(tail)[1:])), hrefs)
