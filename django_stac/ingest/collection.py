"""The document of a collection that a run makes: filled from the items that come in."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django_stac.spec.datetimes import format_instant, parse_instant
from django_stac.spec.extents import WORLD, union_bbox
from django_stac.spec.geometry import BBox, parse_bbox
from django_stac.spec.media_types import PNG
from django_stac.spec.versions import CURRENT
from django_stac.transactions import FileFact

Document = dict[str, Any]

OF_ONE_FILE = ("href", "title", "proj:", "file:")
OF_ONE_BAND = ("statistics", "histogram")
"""What differs between files by nature; the first are beginnings of names."""


@dataclass(slots=True)
class Newcomer:
    """A collection that does not stand yet, or not for long, and what its items have told so far."""

    id: str
    boxes: list[BBox] = field(default_factory=list)
    times: list[datetime] = field(default_factory=list)
    """The first and the last."""
    assets: dict[str, Document] | None = None
    """What the assets of all items have in common, by key; empty when the keys differ."""
    extensions: set[str] = field(default_factory=set)
    thumbnail: FileFact | None = None

    @property
    def files(self) -> list[FileFact]:
        return [self.thumbnail] if self.thumbnail else []

    def add(self, item: Document, thumbnail: FileFact | None = None) -> None:
        """Learn from one item."""
        self.boxes.append(parse_bbox(item["bbox"]))
        properties = item["properties"]
        named = (properties.get(name) for name in ("datetime", "start_datetime", "end_datetime"))
        times = [*self.times, *(parse_instant(text) for text in named if text)]
        self.times = [min(times), max(times)]
        self.assets = common(self.assets, {key: lasting(asset) for key, asset in item["assets"].items()})
        self.extensions |= set(item["stac_extensions"])
        self.thumbnail = self.thumbnail or thumbnail

    def document(self) -> Document:
        """Return the STAC Collection."""
        definitions = {key: asset for key, asset in (self.assets or {}).items() if len(asset) >= 2}
        return {
            "type": "Collection",
            "stac_version": CURRENT,
            "stac_extensions": [uri for uri in sorted(self.extensions) if is_used(uri, definitions)],
            "id": self.id,
            "title": title_of(self.id),
            "description": f"{title_of(self.id)}: items made from raster files.",
            "license": "other",
            "extent": self.extent(),
            **({"item_assets": definitions} if definitions else {}),
            **({"assets": {"thumbnail": picture_asset(self.thumbnail)}} if self.thumbnail else {}),
            "links": [],
        }

    def extent(self) -> Document:
        """The box and the time of all items; everything while there is none."""
        first, last = self.times or (None, None)
        interval = [format_instant(first), format_instant(last)] if first and last else [None, None]
        return {"spatial": {"bbox": [list(union_bbox(self.boxes) or WORLD)]}, "temporal": {"interval": [interval]}}


def title_of(identifier: str) -> str:
    """Return an id as words: ``naip-usa`` gives ``Naip usa``."""
    words = " ".join(identifier.replace("-", " ").replace("_", " ").split()) or identifier
    return words[0].upper() + words[1:]


def picture_asset(fact: FileFact) -> Document:
    """No size or checksum: the picture may change with its item."""
    return {"href": fact.reference, "type": PNG, "title": "Thumbnail", "roles": ["thumbnail"]}


# Item assets


def lasting(asset: Document) -> Document:
    """Return what an asset may have in common with that of another item."""
    kept = {name: value for name, value in asset.items() if not name.startswith(OF_ONE_FILE)}
    if "bands" in kept:
        kept["bands"] = [
            {name: value for name, value in band.items() if name not in OF_ONE_BAND} for band in kept["bands"]
        ]
    return kept


def common(before: dict[str, Document] | None, assets: dict[str, Document]) -> dict[str, Document]:
    """Return what all have in common; nothing when the keys differ."""
    if before is None:
        return assets
    if before.keys() != assets.keys():
        return {}
    return {
        key: {name: value for name, value in asset.items() if name in before[key] and before[key][name] == value}
        for key, asset in assets.items()
    }


def is_used(extension: str, definitions: dict[str, Document]) -> bool:
    """Whether definitions hold fields of an extension (``https://…/<prefix>/<version>/schema.json``)."""
    fields = {field for asset in definitions.values() for field in asset}
    fields |= {field for asset in definitions.values() for band in asset.get("bands", ()) for field in band}
    return any(field.startswith(f"{extension.split('/')[-3]}:") for field in fields)
