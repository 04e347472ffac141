"""Aggregations as figures: a value, or a table with a bar for each bucket; those not asked for yet are links."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from django_stac.api.pages.hyperlinks import id_below
from django_stac.api.pages.members import mapping, objects
from django_stac.api.pages.trail import to_collection, trail
from django_stac.api.pages.visit import Visit

TITLES = {
    "total_count": gettext_lazy("All items"),
    "datetime_min": gettext_lazy("Earliest"),
    "datetime_max": gettext_lazy("Latest"),
    "datetime_frequency": gettext_lazy("Time"),
    "collection_frequency": gettext_lazy("Collections"),
    "platform_frequency": gettext_lazy("Platforms"),
    "cloud_cover_frequency": gettext_lazy("Cloud cover (%)"),
    "sun_elevation_frequency": gettext_lazy("Sun elevation (°)"),
    "sun_azimuth_frequency": gettext_lazy("Sun azimuth (°)"),
    "off_nadir_frequency": gettext_lazy("Off-nadir angle (°)"),
    "grid_code_frequency": gettext_lazy("Grid codes"),
    "centroid_geohash_grid_frequency": gettext_lazy("Geohashes of centroids"),
    "centroid_geotile_grid_frequency": gettext_lazy("Map tiles of centroids"),
    "geometry_geohash_grid_frequency": gettext_lazy("Geohashes of geometries"),
    "geometry_geotile_grid_frequency": gettext_lazy("Map tiles of geometries"),
}

MIDNIGHT = "T00:00:00Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One aggregation."""

    name: str
    title: str
    url: str
    """Where it is asked for alone."""
    value: Any
    """Of a single value; None where there is none, or where it has buckets."""
    buckets: Sequence[tuple[str, int]]
    """Keys, days without their hours, and frequencies."""
    most: int
    """The frequency of the fullest bucket."""
    overflow: int
    is_answered: bool


def aggregations(visit: Visit) -> dict[str, Any]:
    """What was counted, and what may be asked for."""
    collection_id = id_below(visit.rel("collection")["href"], visit.hrefs.collections)
    href = visit.hrefs.aggregate(collection_id)
    listed = [figure(each, href) for each in objects(visit.document.get("aggregations"))]
    steps = trail(visit) if collection_id is None else to_collection(visit, collection_id)
    return {
        "figures": [each for each in listed if each.is_answered],
        "offered": [each for each in listed if not each.is_answered],
        "all_of_them": asking(href, [each.name for each in listed]),
        "aggregations_url": visit.hrefs.aggregations(collection_id),
        "trail": [*steps, (_("Aggregations"), "")],
    }


def figure(aggregation: dict[str, Any], href: str) -> Figure:
    """Read an aggregation, or the description of one."""
    name = str(aggregation.get("name"))
    buckets = [(each["key"].removesuffix(MIDNIGHT), each["frequency"]) for each in objects(aggregation.get("buckets"))]
    return Figure(
        name=name,
        title=str(TITLES.get(name, name)),
        url=asking(href, [name]),
        value=aggregation.get("value"),
        buckets=buckets,
        most=max((frequency for _key, frequency in buckets), default=0),
        overflow=aggregation.get("overflow", 0),
        is_answered=bool({"value", "buckets"} & mapping(aggregation).keys()),
    )


def asking(href: str, names: Sequence[str]) -> str:
    """The URL that asks for some."""
    query = {"aggregations": ",".join(names), "f": "html"}
    return f"{href}?{urlencode(query, safe=',')}"
