"""What is posted in bulk: items of 30 kB, as archives of Sentinel-2 have them, each band as TIFF and as JPEG 2000."""

import datetime as dt
from random import Random
from typing import Any

import orjson

from tests.benchmarks import dataset, optical
from tests.benchmarks.footprints import outline
from tests.benchmarks.scene import Document, Scene

COLLECTION = "sentinel-2-like"
JPEG_2000 = "image/jp2"
EACH = 100
"""Items of one request."""


def item(number: int, revision: int) -> Document:
    """Item ``number`` in one of its states: another ``revision`` differs in three properties."""
    random = Random(f"bulk {number}")
    product = dataset.PRODUCTS[COLLECTION]
    tile = random.randrange(product.tiles)
    geometry, bbox = outline(product.corners()[tile], product.shape, random)
    # Any time of the archive: a server that divides its items by time knows the whole range after one request.
    moment = dataset.START + (dataset.END - dataset.START) * random.random()
    scene = Scene(
        collection=COLLECTION, number=number, moment=moment, tile=tile, geometry=geometry, bbox=bbox, random=random
    )
    document = optical.sentinel_2(scene)
    document["assets"] |= twins(scene, document["assets"])
    # Their server refuses ids with any of :/?#[]@!$&'()*+,;= and documents without links of their own: these have none.
    document["properties"] |= {
        "updated": f"{moment + dt.timedelta(days=revision):%Y-%m-%dT%H:%M:%S.%fZ}",
        "eo:cloud_cover": scene.cloud_cover() if revision else document["properties"]["eo:cloud_cover"],
        "s2:processing_baseline": f"05.{revision:02d}",
    }
    return document


def twins(scene: Scene, assets: Document) -> Document:
    """The same rasters in the form in which they were delivered."""
    return {
        f"{key}-jp2": {**asset, "href": asset["href"].replace(".tif", ".jp2"), "type": JPEG_2000, **scene.file()}
        for key, asset in assets.items()
        if asset["href"].endswith(".tif")
    }


def body(start: int, revision: int) -> bytes:
    """A request of ``EACH`` items; those of the first revision must be new, later ones replace them."""
    items = {each["id"]: each for each in (item(number, revision) for number in range(start, start + EACH))}
    asked: dict[str, Any] = {"items": items, "method": "upsert" if revision else "insert"}
    return orjson.dumps(asked)


def collection() -> Document:
    """The collection that the items go into."""
    return dataset.collection(COLLECTION)
