"""The Django application."""

from typing import Any

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class DjangoStacConfig(AppConfig):
    """``django_stac`` in ``INSTALLED_APPS``."""

    name = "django_stac"
    label = "django_stac"
    verbose_name = _("STAC catalogue")
    default_auto_field = "django.db.models.BigAutoField"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        require_gis_libraries()

    def ready(self) -> None:
        """Register the system checks, and what happens after migrations and to rows that are loaded."""
        from django_stac import checks  # noqa: F401, PLC0415 - models must be loaded first
        from django_stac.history import epoch  # noqa: PLC0415
        from django_stac.transactions import loaded  # noqa: F401, PLC0415

        post_migrate.connect(epoch.begin, sender=self)


def require_gis_libraries() -> None:
    """Raise ImproperlyConfigured, naming the lines to write, where GeoDjango finds no GDAL or no GEOS.

    Here, because no system check runs without them: the first model of any application loads the database backend,
    and ``django.contrib.gis`` fails by itself when it is listed before this application.
    """
    from django_stac.gis import LINES  # noqa: PLC0415 - beside its only use

    try:
        from django.contrib.gis.gdal import gdal_version  # noqa: PLC0415 - what may fail
        from django.contrib.gis.geos.libgeos import geos_version  # noqa: PLC0415 - what may fail

        gdal_version(), geos_version()
    except (ImproperlyConfigured, OSError) as error:
        message = f"GeoDjango lacks GDAL or GEOS ({error})\nThe wheels of rasterio carry both. Write in the settings:"
        raise ImproperlyConfigured(f"{message}\n{LINES}") from error
