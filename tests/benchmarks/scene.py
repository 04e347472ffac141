"""One invented scene: what the documents of all products are made of."""

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import Any

Document = dict[str, Any]

ROOT = "https://archive.example.com"
COG = "image/tiff; application=geotiff; profile=cloud-optimized"
EXTENSIONS = "https://stac-extensions.github.io"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What was seen, where and when."""

    collection: str
    number: int
    moment: dt.datetime
    tile: int
    geometry: Document
    bbox: list[float]
    random: Random

    @property
    def stamp(self) -> str:
        """The moment as names of products have it."""
        return f"{self.moment:%Y%m%dT%H%M%S}"

    @property
    def zone(self) -> int:
        """The UTM zone, 1 to 60."""
        return int((self.bbox[0] + 180) // 6) + 1

    def cloud_cover(self) -> float:
        """Per cent: many clear scenes, many overcast ones."""
        random = self.random
        low, high = random.choice(((0, 10), (0, 100), (85, 100)))
        return round(random.uniform(low, high), 2)

    def per_cent(self) -> float:
        return round(self.random.uniform(0, 100), 6)

    def degrees(self, low: float, high: float) -> float:
        return round(self.random.uniform(low, high), 6)

    def file(self) -> Document:
        """Size and checksum of a file: text that does not compress, as in real archives."""
        return {
            "file:size": self.random.randrange(10**5, 10**9),
            "file:checksum": f"1220{self.random.randbytes(32).hex()}",
        }


def instant(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z"


def document(scene: Scene, identifier: str, properties: Document, assets: Document, extensions: str) -> Document:
    """A whole Item, with the links that documents bring along from the server they were fetched from."""
    home = f"{ROOT}/api/stac/v1/collections/{scene.collection}"
    return {
        "type": "Feature",
        "stac_version": "1.1.0",
        "stac_extensions": [f"{EXTENSIONS}/{name}/schema.json" for name in extensions.split()],
        "id": identifier,
        "collection": scene.collection,
        "geometry": scene.geometry,
        "bbox": scene.bbox,
        "properties": properties,
        "assets": assets,
        "links": [
            {"rel": "collection", "type": "application/json", "href": home},
            {"rel": "parent", "type": "application/json", "href": home},
            {"rel": "root", "type": "application/json", "href": f"{ROOT}/api/stac/v1/"},
            {"rel": "self", "type": "application/geo+json", "href": f"{home}/items/{identifier}"},
            {"rel": "license", "href": f"{ROOT}/documents/licences/terms-of-use-of-{scene.collection}.pdf"},
        ],
    }
