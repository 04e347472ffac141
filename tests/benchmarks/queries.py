"""The questions that are asked: a dozen kinds, each with its requests, the same on every machine."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import quote

from tests.benchmarks.dataset import PRODUCTS, Dataset
from tests.benchmarks.scene import Document

VARIANTS = 200
"""Different requests of one kind, so that no cache answers them."""

LARGEST = "sentinel-2-like"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One HTTP request below the landing page, and what it asks for in plain words for :mod:`raw`."""

    path: str
    search: Document | None = None
    """The body of a POST; a GET has none."""
    asks: Document
    """Members of a search: ids, collections, bbox, datetime, properties, limit. Empty when it is not about items."""

    @property
    def body(self) -> bytes | None:
        return None if self.search is None else json.dumps(self.search).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One kind of question."""

    name: str
    about: str
    requests: tuple[Request, ...]
    pages: int = 1
    """How many pages are fetched, from link to link; the whole walk is one measurement."""
    comparable: bool = True
    """Whether plain SQL can fetch the same documents."""


def queries(dataset: Dataset) -> list[Query]:
    """Every kind of question about this archive."""
    random = Random(dataset.seed)
    return [
        Query(name="landing", about="landing page", requests=(page("", {}),), comparable=False),
        Query(
            name="l", about="list of 200 collections", requests=(page("collections?limit=200", {}),), comparable=False
        ),
        Query(name="f", about="one item", requests=variants(lambda: one_item(dataset, random))),
        Query(name="a", about="the 10 newest", requests=(page("search?limit=10", {"limit": 10}),)),
        Query(name="e", about="20 ids", requests=variants(lambda: twenty_ids(dataset, random))),
        Query(name="b", about="box of 0.5° and a month, 10", requests=variants(lambda: box_and_month(random))),
        Query(name="b2", about="box of 0.5°, 10", requests=variants(lambda: search(bbox=box(random, 0.5), limit=10))),
        Query(name="b3", about="continent, 10", requests=variants(lambda: search(bbox=continent(random), limit=10))),
        Query(name="k", about="box of 4° and a year, counted, 10", requests=variants(lambda: box_and_year(random))),
        Query(name="g", about="100 items of a collection", requests=(items_of(LARGEST, 100),)),
        Query(name="g1000", about="1000 items of a collection", requests=(items_of(LARGEST, 1000),)),
        Query(name="h", about="filter of three properties, 100", requests=variants(lambda: three_properties(random))),
        Query(
            name="h2",
            about="the same in a continent, 100",
            requests=variants(lambda: three_properties(random, bbox=continent(random))),
        ),
        Query(
            name="i", about="walk of 50 pages of 100", requests=(items_of(LARGEST, 100),), pages=50, comparable=False
        ),
    ]


def variants(make: Callable[[], Request]) -> tuple[Request, ...]:
    return tuple(make() for _ in range(VARIANTS))


def page(path: str, asks: Document) -> Request:
    return Request(path=path, asks=asks)


def search(**members: Any) -> Request:
    return Request(path="search", search=members, asks=members)


def items_of(collection: str, limit: int) -> Request:
    asks = {"collections": [collection], "limit": limit}
    return Request(path=f"collections/{quote(collection)}/items?limit={limit}", asks=asks)


def one_item(dataset: Dataset, random: Random) -> Request:
    item = dataset.item(random.randrange(dataset.total))
    asks = {"collections": [item["collection"]], "ids": [item["id"]], "limit": 1}
    return Request(path=f"collections/{quote(item['collection'])}/items/{quote(item['id'])}", asks=asks)


def twenty_ids(dataset: Dataset, random: Random) -> Request:
    numbers = random.sample(range(dataset.total), min(20, dataset.total))
    return search(ids=[dataset.item(number)["id"] for number in numbers], limit=20)


def box_and_month(random: Random) -> Request:
    return search(bbox=box(random, 0.5), datetime=interval(random, days=30), limit=10)


def box_and_year(random: Random) -> Request:
    return search(bbox=box(random, 4.0), datetime=interval(random, days=365), limit=10)


def three_properties(random: Random, **place: Any) -> Request:
    """Clear scenes of one satellite under a high sun: about one item in a hundred."""
    asked = {
        "platform": random.choice(("sentinel-2a", "sentinel-2b")),
        "cloud": random.choice((10, 20, 30)),
        "sun": random.choice((40, 45, 50)),
    }
    comparisons = [
        compared("=", "platform", asked["platform"]),
        compared("<", "eo:cloud_cover", asked["cloud"]),
        compared(">", "view:sun_elevation", asked["sun"]),
    ]
    body = {"filter": {"op": "and", "args": comparisons}, "limit": 100, **place}
    return Request(path="search", search=body, asks={"properties": asked, "limit": 100, **place})


def compared(operator: str, name: str, value: object) -> Document:
    """A comparison in CQL2 JSON."""
    return {"op": operator, "args": [{"property": name}, value]}


def box(random: Random, size: float) -> list[float]:
    """A box that begins inside a tile, so that most have items."""
    west, south = random.choice(PRODUCTS[LARGEST].corners())
    west, south = west + random.uniform(0.1, 0.8), south + random.uniform(0.1, 0.6)
    return [round(number, 4) for number in (west, south, west + size, south + size)]


def continent(random: Random) -> list[float]:
    """Africa north of the equator and Europe, never twice the same."""
    return [-20 + random.uniform(-5, 5), 5 + random.uniform(-5, 5), 60, 70]


def interval(random: Random, *, days: int) -> str:
    start = dt.datetime(2017, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=random.randrange(8 * 365))
    end = start + dt.timedelta(days=days)
    return f"{start:%Y-%m-%dT%H:%M:%SZ}/{end:%Y-%m-%dT%H:%M:%SZ}"
