"""Pages of items, joined from stored bytes."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

import orjson

from django_stac.documents.fields import Fields, rule_of
from django_stac.documents.hrefs import Hrefs
from django_stac.documents.item import StoredItem, pieces, pruned_pieces
from django_stac.documents.splice import present_files

HEAD = b'{"type":"FeatureCollection","features":['


def item_collection(
    stored: Iterable[StoredItem],
    hrefs: Hrefs,
    *,
    links: list[dict[str, Any]],
    matched: int | None,
    fields: Fields | None = None,
) -> bytes:
    """Return an ItemCollection, of the parts of items that are asked for; None asks for all, unopened.

    ``numberMatched`` is left out when it is not known, never null.
    """
    rule = rule_of(fields) if fields else None
    features = [pruned_pieces(item, hrefs, rule) if rule else pieces(item, hrefs) for item in stored]
    counts = {} if matched is None else {"numberMatched": matched}
    tail = orjson.dumps({**counts, "numberReturned": len(features), "links": links})
    separated = chain.from_iterable((b",", *feature) for feature in features)
    next(separated, None)  # no comma before the first
    return present_files(b"".join((HEAD, *separated, b"],", memoryview(tail)[1:])), hrefs)
