"""Our style sheets and scripts, as a site finds and serves them."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.checks import register
from django.core.files.storage import FileSystemStorage

from django_stac.checks.messages import Apps, Messages, warning

SAMPLE = "django_stac/pages.css"
FINDER = "django.contrib.staticfiles.finders.AppDirectoriesFinder"


def has_app() -> bool:
    return apps.is_installed("django.contrib.staticfiles")


@register
def check_finders(app_configs: Apps, **kwargs: Any) -> Messages:
    """W005: the style sheets of our pages cannot be found."""
    if not has_app():
        message = "Without django.contrib.staticfiles nobody finds the style sheets of our pages."
        return [warning("django_stac.W005", message, 'INSTALLED_APPS += ["django.contrib.staticfiles"]')]
    if finders.find(SAMPLE):
        return []
    message = f"No finder finds the static file {SAMPLE!r}."
    return [warning("django_stac.W005", message, f'STATICFILES_FINDERS += ["{FINDER}"]')]


@register(deploy=True)
def check_collected(app_configs: Apps, **kwargs: Any) -> Messages:
    """W006: the static files have not been collected since django-stac was installed."""
    storage: Any = staticfiles_storage
    if (
        settings.DEBUG
        or not has_app()
        or getattr(settings, "STATIC_ROOT", None) is None
        or not isinstance(storage, FileSystemStorage)
    ):
        return []
    if getattr(settings, "WHITENOISE_USE_FINDERS", False) or storage.exists(SAMPLE):
        return []
    message = f"STATIC_ROOT = {str(settings.STATIC_ROOT)!r} lacks the file {SAMPLE!r}."
    return [warning("django_stac.W006", message, "Run: python manage.py collectstatic")]
