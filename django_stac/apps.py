"""The Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DjangoStacConfig(AppConfig):
    """``django_stac`` in ``INSTALLED_APPS``."""

    name = "django_stac"
    label = "django_stac"
    verbose_name = _("STAC catalogue")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks."""
        from django_stac import checks  # noqa: F401, PLC0415 - models must be loaded first
