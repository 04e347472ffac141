"""The ways in which ten thousand items come in, and what each of them keeps together."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from urllib.request import Request, urlopen

from tests.benchmarks import serving
from tests.durability.site import Site
from tests.factories import an_item, box

NAMES = [f"scene-{number:05}" for number in range(10_000)]
BATCH = 1_000
CREDENTIALS = "Basic " + base64.b64encode(b"writer:writer").decode()
PATIENCE = 120
"""Seconds that a load may take."""


def document(number: int, **properties: object) -> dict:
    """An item with all that the gate would fill in, so that it is stored as it is sent."""
    corners = [number % 170, 0, number % 170 + 1, 1]
    given = {"x:number": number, "x:kind": f"kind-{number % 7}", **properties}
    return an_item(NAMES[number], geometry=box(*corners), bbox=corners, **given)


@cache
def older() -> dict[str, dict]:
    """What may stand before, by id."""
    return {name: document(number, **{"x:number": -number}) for number, name in enumerate(NAMES)}


@cache
def newer() -> dict[str, dict]:
    """What is sent, by id."""
    return {name: document(number, **{"x:new": True}) for number, name in enumerate(NAMES)}


def lines() -> bytes:
    return "\n".join(map(json.dumps, newer().values())).encode()


def one_object() -> bytes:
    return json.dumps({"items": newer(), "method": "upsert"}).encode()


@dataclass(frozen=True)
class Way:
    """Sends all items to a site, once; returns the report, or raises where none comes."""

    name: str
    batch: int
    """Items that are stored together or not at all."""
    send: Callable[[Site], dict]

    def __str__(self) -> str:
        return self.name


def post(site: Site, body: bytes, media_type: str, query: str = "", **headers: str) -> dict:
    site.serve()
    url = f"http://{serving.HOST}:{site.port}{serving.MOUNT}collections/scenes/bulk_items{query}"
    given = {"Content-Type": media_type, "Authorization": CREDENTIALS} | headers
    with urlopen(Request(url, body, given), timeout=PATIENCE) as answer:
        return json.load(answer)


def post_lines(site: Site, **headers: str) -> dict:
    return post(site, lines(), "application/x-ndjson", "?method=upsert", **headers)


def load_file(site: Site) -> dict:
    file = site.folder / "items.ndjson"
    file.write_bytes(lines())
    try:
        return json.loads(site.command("stac_load", str(file), "--json", "--verbosity", "0"))
    finally:
        file.unlink()


WITH_KEY = Way("lines with a key", len(NAMES), lambda site: post_lines(site, **{"Idempotency-Key": "one"}))
WAYS = [
    Way("object", BATCH, lambda site: post(site, one_object(), "application/json")),
    Way("lines", BATCH, post_lines),
    WITH_KEY,
    Way("command", BATCH, load_file),
]
