"""The invented archive that is measured: any number of items, each a pure function of its number, and collections."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from tests.benchmarks import aerial, optical, radar
from tests.benchmarks.footprints import Corner, Shape, grid, outline
from tests.benchmarks.scene import Document, Scene

START = dt.datetime(2016, 1, 1, tzinfo=dt.UTC)
END = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
COLLECTIONS = 200
"""Those with items, and empty ones, so that the list of collections is long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One collection of the archive: what its items look like, and on which grid they lie."""

    share: int
    """Per cent of all items."""
    write: Callable[[Scene], Document]
    step: tuple[float, float]
    tiles: int
    shape: Shape

    def corners(self) -> tuple[Corner, ...]:
        return corners(*self.step, self.tiles)


PRODUCTS = {
    "sentinel-2-like": Product(
        share=45,
        write=optical.sentinel_2,
        step=(0.95, 0.9),
        tiles=1600,
        shape=Shape(width=1.3, height=1.0, slant=0.05, points=1),
    ),
    "landsat-like": Product(
        share=25,
        write=optical.landsat,
        step=(1.9, 1.5),
        tiles=900,
        shape=Shape(width=2.3, height=1.9, slant=0.4),
    ),
    "naip-like": Product(
        share=15,
        write=aerial.naip,
        step=(0.0625, 0.0625),
        tiles=20_000,
        shape=Shape(width=0.07, height=0.068, slant=0.001),
    ),
    "sentinel-1-like": Product(
        share=10,
        write=radar.sentinel_1,
        step=(2.6, 1.6),
        tiles=500,
        shape=Shape(width=2.5, height=1.9, slant=0.3, points=3),
    ),
    "landsat-level-1-like": Product(
        share=5,
        write=optical.landsat_level_1,
        step=(1.9, 1.5),
        tiles=900,
        shape=Shape(width=2.3, height=1.9, slant=0.4),
    ),
}
NAMES = tuple(PRODUCTS)
SHARES = tuple(product.share for product in PRODUCTS.values())


@cache
def corners(width: float, height: float, tiles: int) -> tuple[Corner, ...]:
    return grid(width, height, tiles=tiles, seed=tiles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """So many items in the order of their time, as an archive grows."""

    total: int
    seed: int = 7

    def item(self, number: int) -> Document:
        """The document of item ``number``, 0 to ``total - 1``: a pure function of seed, total and number."""
        random = Random(f"{self.seed} {number}")
        name = random.choices(NAMES, SHARES)[0]
        product = PRODUCTS[name]
        tile = random.randrange(product.tiles)
        geometry, bbox = outline(product.corners()[tile], product.shape, random)
        scene = Scene(
            collection=name,
            number=number,
            moment=START + (END - START) * ((number + random.random()) / self.total),
            tile=tile,
            geometry=geometry,
            bbox=bbox,
            random=random,
        )
        return product.write(scene)

    def items(self, start: int, stop: int) -> Iterator[Document]:
        """The documents of these numbers."""
        return map(self.item, range(start, min(stop, self.total)))


def collections() -> Iterator[Document]:
    """The five collections that have items, then the empty ones."""
    empty = [f"{NAMES[number % len(NAMES)]}-{number:03d}" for number in range(COLLECTIONS - len(NAMES))]
    return map(collection, (*NAMES, *empty))


def collection(identifier: str) -> Document:
    """About 6 kB: assets and summaries are what makes the collections of real archives long."""
    assets = PRODUCTS[product_of(identifier)].write(sample(identifier))["assets"]
    return {
        "type": "Collection",
        "stac_version": "1.1.0",
        "id": identifier,
        "title": identifier.replace("-", " ").title(),
        "description": f"Invented items, made to measure how fast {identifier} is found. They show no place on Earth.",
        "license": "CC0-1.0",
        "keywords": ["benchmark", *identifier.split("-")],
        "providers": [{"name": "The django-stac benchmark", "roles": ["producer", "host"]}],
        "extent": {
            "spatial": {"bbox": [[-180.0, -90.0, 180.0, 90.0]]},
            "temporal": {"interval": [[f"{START:%Y-%m-%dT%H:%M:%SZ}", None]]},
        },
        "item_assets": {key: described(asset) for key, asset in assets.items()},
        "links": [],
    }


def product_of(identifier: str) -> str:
    return max((name for name in NAMES if identifier.startswith(name)), key=len)


def sample(identifier: str) -> Scene:
    """One scene of nowhere, for the assets that all scenes have."""
    nowhere: Document = {"type": "Point", "coordinates": [0.0, 0.0]}
    return Scene(
        collection=identifier,
        number=0,
        moment=START,
        tile=0,
        geometry=nowhere,
        bbox=[0.0, 0.0, 0.0, 0.0],
        random=Random(0),
    )


def described(asset: Document) -> Document:
    """What the assets of all items have in common."""
    return {key: asset[key] for key in ("type", "title", "description", "bands", "roles") if key in asset}
