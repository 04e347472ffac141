"""GDAL and GEOS: one of each in a process."""

import os
from typing import Any

from django.conf import settings
from django.core.checks import register

from django_stac.checks.messages import Apps, Messages, warning
from django_stac.gis import LINES, carried_by


@register
def check_one_gdal(app_configs: Apps, **kwargs: Any) -> Messages:
    """W007: GeoDjango has another GDAL than rasterio; two in one process can crash it."""
    carried, given = carried_by("rasterio", "gdal"), getattr(settings, "GDAL_LIBRARY_PATH", None)
    if not carried or (given and os.path.realpath(given) == os.path.realpath(carried)):
        return []
    message = f"GeoDjango uses the GDAL {given or 'of the system'!r}, rasterio its own, {carried!r}."
    return [warning("django_stac.W007", message, f"Write in the settings:\n{LINES}")]
