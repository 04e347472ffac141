"""Documents from before STAC 1.0.0 become 1.1.0: pystac's migration, and around it what pystac leaves undone."""

import re
import warnings
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from django_stac.spec.media_types import COG, GEOTIFF
from django_stac.spec.versions import CURRENT, KINDS, kind_of, old_version

Document = dict[str, Any]

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NAIVE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?)")
_TIMES = ("datetime", "start_datetime", "end_datetime", "created", "updated")
_NAMES = {"proj": "projection", "cube": "datacube", "point-cloud": "pointcloud"}
_SHORT_NAMES = frozenset({
    "datacube", "eo", "file", "item-assets", "label", "pointcloud", "processing", "projection", "sar", "sat",
    "scientific", "single-file-stac", "tiled-assets", "timestamps", "version", "view",
})  # fmt: skip
_FIRST_ADDRESS = "https://stac-extensions.github.io/{}/v1.0.0/schema.json"
_MEDIA_TYPES = {
    "image/vnd.stac.geotiff": GEOTIFF,
    "image/vnd.stac.geotiff; cloud-optimized=true": COG,
    "image/vnd.stac.geotiff; profile=cloud-optimized": COG,
}


class MigrationError(ValueError):
    """An old document that cannot be brought to the present; ``pointer`` (RFC 6901) says where it is at fault."""

    def __init__(self, pointer: str, message: str) -> None:
        super().__init__(message)
        self.pointer = pointer


def migrated(document: Document) -> Document:
    """Return a sound document of STAC 0.6 to 1.0.0-rc as one of 1.1.0; any other is returned itself, untouched.

    But short names of extensions are given their addresses, whatever the version. Members that no version knows stay.
    Raises MigrationError.
    """
    version = old_version(document)
    if version is None:
        return _with_addresses(document)
    if (kind := kind_of(document)) not in KINDS:
        return document
    mended = _mended(deepcopy(document), version, kind)
    place, aside = _set_aside(mended, kind)
    result = _by_pystac(mended, version, kind)
    if aside:
        result[place] |= aside
    result["type"] = kind
    result["stac_extensions"] = _as_uris(result["stac_extensions"])
    return result


def with_commons(document: Document, collection: Document) -> Document:
    """Return an old item with the properties that its old collection states for all (the commons, until 0.8).

    The collection may have been migrated since: a stored document keeps them.
    """
    commons, own = collection.get("properties"), document.get("properties")
    was_old = old_version(collection) or collection.get("stac_version") == CURRENT
    if not (isinstance(commons, dict) and isinstance(own, dict) and old_version(document) and was_old):
        return document
    return {**document, "properties": {**commons, **own}}


def _set_aside(document: Document, kind: str) -> tuple[str, Document]:
    """Take out what pystac would mend once more: bands, which are no indices now, and ranges of names old and new."""
    place = "properties" if kind == "Feature" else "summaries"
    members = document.get(place)
    if not isinstance(members, dict):
        return place, {}
    ranges = [name for name, value in members.items() if _is_old_range(value)]
    doomed = ranges if kind == "Collection" else members.keys() & {"eo:bands"}
    return place, {name: members.pop(name) for name in doomed}


def _by_pystac(document: Document, version: str, kind: str) -> Document:
    from pystac import STACObjectType  # noqa: PLC0415 - slow to import
    from pystac.serialization import migrate_to_latest  # noqa: PLC0415
    from pystac.serialization.identify import STACJSONDescription, STACVersionRange  # noqa: PLC0415

    # What it is, is known: pystac would refuse a `type` that is there too early.
    versions = STACVersionRange()
    versions.set_to_single(version)
    description = STACJSONDescription(STACObjectType(kind), versions, list(document["stac_extensions"]))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return migrate_to_latest(document, description)
    # What strange members make of it can be any of Python's errors.
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"[:200]
        raise MigrationError("/stac_version", f"is {version!r}, which could not be migrated ({reason}).") from error


def _mended(document: Document, version: str, kind: str) -> Document:
    """Do what pystac's migration leaves to others; only where the old meaning is certain."""
    document["stac_version"] = version
    document["stac_extensions"] = _named(document.get("stac_extensions"))
    for name in ("assets", "item_assets"):
        _each_member(document, name, _mend_media_type)
    if kind == "Feature":
        if not isinstance(document.get("properties"), dict):
            raise MigrationError("/properties", "must be an object.")
        document.setdefault("assets", {})
        _mend_times(document["properties"])
        _mend_epsg(document)
        _inline_bands(document)
    elif kind == "Collection":
        _mend_extent(document)
        _mend_item_assets(document)
        _each_member(document, "summaries", _mend_range)
    return document


def _named(extensions: object) -> list[str]:
    if extensions is None:
        return []
    if not isinstance(extensions, list) or not all(isinstance(each, str) for each in extensions):
        raise MigrationError("/stac_extensions", "must be a list of texts.")
    names: list[str] = extensions
    return [_NAMES.get(each, each) for each in names]


def _as_uris(extensions: list[str]) -> list[str]:
    """Each once, and no short names: those that pystac knows are URIs by now, the others never had a schema."""
    return [each for each in _addressed(extensions) if ":" in each]


def _with_addresses(document: Document) -> Document:
    """Short names went with 1.0.0-rc.1, when each extension got its first address; nothing else is mended here."""
    names = document.get("stac_extensions")
    known = _SHORT_NAMES | _NAMES.keys()
    if not isinstance(names, list) or not any(isinstance(each, str) and each in known for each in names):
        return document
    return {**document, "stac_extensions": _addressed(_named(names))}


def _addressed(extensions: list[str]) -> list[str]:
    """Each once, and by its address where its short name is known."""
    return list(dict.fromkeys(_FIRST_ADDRESS.format(each) if each in _SHORT_NAMES else each for each in extensions))


def _each_member(document: Document, name: str, mend: Callable[[Document], None]) -> None:
    members = document.get(name)
    for member in members.values() if isinstance(members, dict) else ():
        if isinstance(member, dict):
            mend(member)


def _mend_media_type(asset: Document) -> None:
    """GeoTIFF had a media type of STAC's own before 0.9."""
    given = asset.get("type")
    if isinstance(given, str) and given.lower() in _MEDIA_TYPES:
        asset["type"] = _MEDIA_TYPES[given.lower()]


def _mend_times(properties: Document) -> None:
    """STAC's times were always in UTC, said or not; a day is known by its beginning, as for rasters."""
    for name in ("start_datetime", "end_datetime"):
        if name not in properties and f"dtr:{name}" in properties:
            properties[name] = properties.pop(f"dtr:{name}")
    if "datetime" not in properties and {"start_datetime", "end_datetime"} <= properties.keys():
        properties["datetime"] = None
    for name in _TIMES:
        text = properties.get(name)
        if isinstance(text, str) and _DAY.fullmatch(text):
            properties[name] = f"{text}T{'23:59:59' if name == 'end_datetime' else '00:00:00'}Z"
        elif isinstance(text, str) and (naive := _NAIVE.fullmatch(text)):
            properties[name] = f"{naive[1]}T{naive[2]}Z"


def _mend_epsg(document: Document) -> None:
    """The code of the projection lay in `eo` before 0.9; a null says that there is none, and pystac would drop it."""
    properties, extensions = document["properties"], document["stac_extensions"]
    if "eo:epsg" in properties and not {"proj:epsg", "proj:code"} & properties.keys():
        properties["proj:epsg"] = properties.pop("eo:epsg")
        extensions += [] if "projection" in extensions else ["projection"]
    if "projection" in extensions and properties.get("proj:epsg", 0) is None:
        del properties["proj:epsg"]
        properties.setdefault("proj:code", None)


def _inline_bands(document: Document) -> None:
    """Before 1.0.0-beta.1 assets named their bands by position in the list of the item."""
    bands = document["properties"].get("eo:bands")
    for key, asset in document["assets"].items():
        named = asset.get("eo:bands")
        if isinstance(named, list):
            place = f"/assets/{key.replace('~', '~0').replace('/', '~1')}/eo:bands"
            asset["eo:bands"] = [_band(each, bands, f"{place}/{index}") for index, each in enumerate(named)]


def _band(named: object, bands: object, pointer: str) -> object:
    if type(named) is not int:
        return named
    count = len(bands) if isinstance(bands, list) else 0
    if not isinstance(bands, list) or not 0 <= named < count:
        raise MigrationError(pointer, f"is {named}, but the item's `eo:bands` list {count}, counted from 0.")
    return deepcopy(bands[named])


def _mend_extent(document: Document) -> None:
    """Before 0.8 an extent was one box and one interval."""
    extent = document.get("extent")
    if not isinstance(extent, dict):
        return
    for name, inner in (("spatial", "bbox"), ("temporal", "interval")):
        if isinstance(extent.get(name), list):
            extent[name] = {inner: [extent[name]]}


def _mend_item_assets(document: Document) -> None:
    """The extension `asset` had the definitions in `assets`; pystac would overwrite those that have their place."""
    if "item_assets" in document:
        document["stac_extensions"] = [each for each in document["stac_extensions"] if each != "asset"]


def _is_old_range(value: object) -> bool:
    return isinstance(value, dict) and {"min", "max"} <= value.keys()


def _mend_range(summary: Document) -> None:
    """The ends of a range had short names before 1.0.0-rc.1; pystac would keep nothing beside them."""
    if _is_old_range(summary) and not {"minimum", "maximum"} & summary.keys():
        summary["minimum"], summary["maximum"] = summary.pop("min"), summary.pop("max")
