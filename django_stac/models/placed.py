"""Questions about the place of a row: its column ``geometry`` against a box or a geometry."""

from typing import Any, Self, TypeVar

from django.contrib.gis.geos import GEOSGeometry
from django.db import models

from django_stac.models.gate import GatedQuerySet
from django_stac.spec.extents import drawn_box
from django_stac.spec.geometry import parse_bbox, split_bbox
from django_stac.spec.wkb import ewkb

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class PlacedQuerySet(GatedQuerySet[M_co]):
    """Rows with a geometry; those without one meet nothing."""

    def in_bbox(self, *bbox: float) -> Self:
        """Those whose geometry meets ``west, south, east, north`` (CRS84 degrees; west > east: antimeridian).

        Raises ValueError when the numbers are no box.
        """
        # Drawn to the last digit: a union of the parts would be rounded.
        parts = [drawn_box(part) for part in split_bbox(parse_bbox(bbox))]
        return self.intersecting(parts[0] if len(parts) == 1 else {"type": "GeometryCollection", "geometries": parts})

    def intersecting(self, geometry: dict[str, Any]) -> Self:
        """Those whose geometry meets a GeoJSON geometry (CRS84 degrees)."""
        return self.filter(geometry__intersects=GEOSGeometry(memoryview(ewkb(geometry))))
