"""The columns of a document: computed from it by pure functions at write time, never read back into one."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django_stac.spec.datetimes import fixed_width, parse_instant
from django_stac.spec.extents import boxes_of, drawn_union, sound_boxes, whole_interval
from django_stac.spec.geometry import cut_at_antimeridian
from django_stac.spec.validity import mended
from django_stac.spec.wkb import ewkb


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemColumns:
    """What finds an item."""

    geometry: bytes | None
    """EWKB, 2-D, SRID 4326, cut at the antimeridian, longitudes clamped to it."""
    datetime: dt.datetime
    """The instant, or the start of the range where the document has no instant."""
    start_datetime: dt.datetime | None
    end_datetime: dt.datetime | None
    properties: dict[str, Any]
    """The document's properties with every RFC 3339 text as fixed-width UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionColumns:
    """What finds a collection."""

    geometry: bytes | None
    """EWKB of all boxes together, 2-D, SRID 4326, cut at the antimeridian; None where the extent has none."""
    start_datetime: dt.datetime | None
    """None is open."""
    end_datetime: dt.datetime | None
    properties: dict[str, Any]
    """What filters and orders may name, by its own name: see :func:`comparable_members`."""


def project_item(document: dict[str, Any]) -> ItemColumns:
    """Project an Item's document. Raises ValueError when its times make no sense: neither an instant nor a range."""
    properties = document["properties"]
    start, end = instant_of(properties, "start_datetime"), instant_of(properties, "end_datetime")
    if start is None or end is None:
        start = end = None
    elif start > end:
        raise ValueError("`start_datetime` must not be after `end_datetime`.")
    moment = instant_of(properties, "datetime") or start
    if moment is None:
        raise ValueError("An item needs a `datetime`, or both `start_datetime` and `end_datetime`.")
    return ItemColumns(
        geometry=project_geometry(document),
        datetime=moment,
        start_datetime=start,
        end_datetime=end,
        properties=comparable(properties),
    )


def project_collection(document: dict[str, Any]) -> CollectionColumns:
    """Project a Collection with the extent and the summaries that it is served with; what makes no sense is absent."""
    area = drawn_union(sound_boxes(boxes_of(document.get("extent"))))
    interval = whole_interval(document.get("extent"))
    return CollectionColumns(
        geometry=None if area is None else ewkb(area),
        start_datetime=interval.start,
        end_datetime=interval.end,
        properties=comparable(comparable_members(document)),
    )


def instant_of(properties: dict[str, Any], name: str) -> dt.datetime | None:
    """Parse one time of the properties; None when absent or null. Raises ValueError."""
    text = properties.get(name)
    if text is not None and not isinstance(text, str):
        raise ValueError(f"`{name}` must be text or null; got {text!r}.")
    return None if text is None else parse_instant(text)


def project_geometry(document: dict[str, Any]) -> bytes | None:
    """Encode the geometry for PostGIS, mended where it contradicts itself.

    An uncut one whose bbox crosses the antimeridian is cut (RFC 7946, 3.1.9).
    """
    geometry, bbox = document.get("geometry"), document.get("bbox")
    if geometry is None:
        return None
    return mended(ewkb(cut_at_antimeridian(geometry, bbox) if bbox else geometry))


UNCOMPARED = frozenset((
    "type", "stac_version", "stac_extensions", "id", "title", "description", "license", "links", "assets",
    "item_assets", "extent", "summaries",
))  # fmt: skip
"""Members of a Collection that have columns of their own, or that no value is compared with."""


def comparable_members(document: dict[str, Any]) -> dict[str, Any]:
    """The members of a Collection that are scalars or arrays of scalars, over those of its summaries.

    A range of the summaries, or a list of numbers there, is ``name.minimum`` and ``name.maximum``; of the providers
    there are the names.
    """
    summaries, providers = document.get("summaries"), document.get("providers")
    summarised = summaries if isinstance(summaries, dict) else {}
    own = {name: value for name, value in document.items() if name not in UNCOMPARED}
    if isinstance(providers, list):
        own["providers"] = [each.get("name") for each in providers if isinstance(each, dict)]
    return {**ends(summarised), **scalars(summarised), **scalars(own)}


def scalars(members: dict[str, Any]) -> dict[str, Any]:
    """Those that can be compared, or hold what can."""
    return {
        name: value
        for name, value in members.items()
        if is_scalar(value) or (isinstance(value, list) and all(map(is_scalar, value)))
    }


def ends(summaries: dict[str, Any]) -> dict[str, Any]:
    """The least and the greatest value of ranges, and of lists of numbers."""
    found = {}
    for name, value in summaries.items():
        bounds = value if isinstance(value, dict) else {}
        if isinstance(value, list) and value and all(map(is_number, value)):
            bounds = {"minimum": min(value), "maximum": max(value)}
        for end in ("minimum", "maximum"):
            if is_scalar(bounds.get(end)):
                found[f"{name}.{end}"] = bounds[end]
    return found


def is_scalar(value: object) -> bool:
    return isinstance(value, str | int | float)


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def comparable(value: Any) -> Any:
    """Copy a JSON value with its times as fixed-width UTC text, which compares as time."""
    if isinstance(value, str):
        return fixed_width(value) or value
    if isinstance(value, dict):
        return {key: comparable(member) for key, member in value.items()}
    if isinstance(value, list):
        return [comparable(member) for member in value]
    return value
