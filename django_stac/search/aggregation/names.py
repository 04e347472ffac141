"""The aggregations that there are, and which of them a collection offers."""

from collections.abc import Iterable, Mapping
from typing import Any

from django_stac.exceptions import InvalidParameter
from django_stac.search.aggregation.distributions import Centres, Collections, Footprints, Ranges, Spans, Steps, Terms
from django_stac.search.aggregation.measures import Aggregation, Extreme, Total
from django_stac.spec.grids import Geohash, Geotile

ALL: tuple[Aggregation, ...] = (
    Total("total_count"),
    Extreme("datetime_min", is_last=False),
    Extreme("datetime_max", is_last=True),
    Spans("datetime_frequency"),
    Collections("collection_frequency"),
    Terms("platform_frequency", source="platform"),
    Ranges("cloud_cover_frequency", (5.0, 15.0, 40.0), source="eo:cloud_cover"),
    Steps("sun_elevation_frequency", source="view:sun_elevation"),
    Steps("sun_azimuth_frequency", source="view:sun_azimuth"),
    Steps("off_nadir_frequency", source="view:off_nadir"),
    Terms("grid_code_frequency", source="grid:code"),
    Centres("centroid_geohash_grid_frequency", Geohash(1)),
    Centres("centroid_geotile_grid_frequency", Geotile(0)),
    Footprints("geometry_geohash_grid_frequency", Geohash(1)),
    Footprints("geometry_geotile_grid_frequency", Geotile(0)),
)
AGGREGATIONS = {each.name: each for each in ALL}


def offered(facts: Mapping[str, Any] | None = None) -> list[Aggregation]:
    """Those that say something about items of which these facts are derived; all where there are none."""
    known = None if facts is None or facts.get("is_partial", True) else facts["properties"]
    return [each for each in AGGREGATIONS.values() if known is None or each.source in (*known, "")]


def refuse_others(asked: Iterable[Aggregation], allowed: Iterable[Aggregation]) -> None:
    """Raise InvalidParameter for an aggregation that a collection does not offer."""
    names = [each.name for each in allowed]
    for each in asked:
        if each.name not in names:
            reason = f"this collection offers no {each.name}: none of its items was seen with `{each.source}`"
            raise InvalidParameter("aggregations", f"{reason}; it offers {', '.join(names)}.")
