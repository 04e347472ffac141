"""The floor of a page over HTTP: documents of hand-written SQL, joined to an ItemCollection, by the server of ours.

No framework, policy, links, paging or count, and no word to who asks wrongly.
"""

import json
import os
import threading
from collections.abc import Callable, Iterable
from typing import Any

from tests.benchmarks import database
from tests.benchmarks.raw import Raw


class Connected(threading.local):
    """A connection for each thread."""

    def __init__(self) -> None:
        self.raw = Raw(database.connection(os.environ["DATABASE_URL"]))


connected = Connected()


def application(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    """Answer a POST whose body is what a :class:`tests.benchmarks.queries.Request` asks for."""
    asks = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    documents = connected.raw.documents(asks)
    page = b'{"type":"FeatureCollection","features":[' + b",".join(documents) + b"]}"
    start_response("200 OK", [("Content-Type", "application/geo+json"), ("Content-Length", str(len(page)))])
    return [page]
