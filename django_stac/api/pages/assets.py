"""Assets as rows of a table: what they are, how large, which bands and classes they have."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat

from django_stac.api.pages.hyperlinks import web_url
from django_stac.api.pages.members import mapping, objects, texts
from django_stac.api.pages.properties import Property, properties, scalar

COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
SHOWN = frozenset((
    "href", "title", "description", "type", "roles", "file:size", "bands", "eo:bands", "raster:bands",
    "classification:classes",
))  # fmt: skip
STATISTICS = ("minimum", "maximum", "mean", "stddev", "valid_percent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """One class of a classified raster; ``colour`` is safe to be painted with (``#rrggbb``), or empty."""

    value: str
    name: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One band: its name, what else names it, and its statistics as text."""

    name: str
    description: str
    common_name: str
    data_type: str
    unit: str
    nodata: str
    statistics: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetRow:
    """One asset; ``url`` is None where the href cannot be followed by a browser."""

    key: str
    title: str
    description: str
    href: str
    url: str | None
    media_type: str
    roles: Sequence[str]
    size: str
    bands: Sequence[Band]
    classes: Sequence[Class]
    further: Sequence[Property]

    @property
    def has_statistics(self) -> bool:
        return any(any(band.statistics) for band in self.bands)


def asset_rows(document: Mapping[str, Any], base: str, *, sizes: Mapping[str, int] | None = None) -> list[AssetRow]:
    """The assets of a document (or its ``item_assets``, which have no href)."""
    known = sizes or {}
    return [asset_row(key, mapping(asset), base, known.get(key)) for key, asset in document.items()]


def asset_row(key: str, asset: dict[str, Any], base: str, size: int | None) -> AssetRow:
    bytes_ = asset.get("file:size") if isinstance(asset.get("file:size"), int) else size
    return AssetRow(
        key=key,
        title=str(asset.get("title") or ""),
        description=str(asset.get("description") or ""),
        href=str(asset.get("href") or ""),
        url=web_url(asset.get("href"), base),
        media_type=str(asset.get("type") or ""),
        roles=texts(asset.get("roles")),
        size=filesizeformat(bytes_) if bytes_ is not None else "",
        bands=[band(each, asset) for each in bands_of(asset)],
        classes=[class_ for each in (asset, *bands_of(asset)) for class_ in classes_of(each)],
        further=properties(asset, without=SHOWN),
    )


def bands_of(asset: dict[str, Any]) -> list[dict[str, Any]]:
    """The bands of STAC 1.1, or those of 1.0 with their two halves joined."""
    if "bands" in asset:
        return objects(asset["bands"])
    optical, raster = objects(asset.get("eo:bands")), objects(asset.get("raster:bands"))
    longest = max(len(optical), len(raster))
    pad: list[dict[str, Any]] = [{}]
    return [
        {**first, **second}
        for first, second in zip(
            optical + pad * (longest - len(optical)), raster + pad * (longest - len(raster)), strict=True
        )
    ]


def band(fields: dict[str, Any], asset: dict[str, Any]) -> Band:
    """A band; what it does not say itself it has from its asset (STAC 1.1, Bands)."""
    numbers = mapping(fields.get("statistics", asset.get("statistics")))

    def said(*keys: str) -> str:
        found = (fields.get(key, asset.get(key)) for key in keys)
        return next((scalar(value) or "" for value in found if value is not None), "")

    return Band(
        name=str(fields.get("name") or ""),
        description=str(fields.get("description") or ""),
        common_name=said("eo:common_name", "common_name"),
        data_type=said("data_type"),
        unit=said("unit"),
        nodata=said("nodata"),
        statistics=[rounded(numbers.get(key)) for key in STATISTICS],
    )


def rounded(value: object) -> str:
    """A statistic, short."""
    return f"{value:.6g}" if isinstance(value, int | float) else ""


def classes_of(fields: dict[str, Any]) -> list[Class]:
    """The legend of an asset or a band (classification extension)."""
    return [class_of(each) for each in objects(fields.get("classification:classes"))]


def class_of(fields: dict[str, Any]) -> Class:
    colour = str(fields.get("color_hint") or "")
    return Class(
        value=scalar(fields.get("value")) or "",
        name=str(fields.get("title") or fields.get("name") or fields.get("description") or ""),
        colour=f"#{colour}" if COLOUR.fullmatch(colour) else "",
    )
