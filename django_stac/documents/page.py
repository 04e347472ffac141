"""Pages of items, collections and catalogues."""

from collections.abc import Iterable
from typing import Any

import orjson

HEAD = b'{"type":"FeatureCollection","features":['


def item_collection(features: Iterable[bytes], *, links: list[dict[str, Any]], matched: int | None) -> bytes:
    """Join served items to an ItemCollection. ``numberMatched`` is left out when it is not known, never null."""
    shown = list(features)
    counts = {} if matched is None else {"numberMatched": matched}
    tail = orjson.dumps({**counts, "numberReturned": len(shown), "links": links})
    return b"%b%b],%b" % (HEAD, b",".join(shown), tail[1:])
