"""Settings of Django that django-stac depends on."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import register

from django_stac.checks.messages import Apps, Messages, error, warning
from django_stac.conf import stac_settings

APPS = ("django.contrib.auth", "django.contrib.contenttypes", "django.contrib.gis", "rest_framework")


@register
def check_time_zone(app_configs: Apps, **kwargs: Any) -> Messages:
    """E005: times without zone would be wrong by hours."""
    return [] if settings.USE_TZ else [error("django_stac.E005", "django-stac needs USE_TZ.", "Set USE_TZ = True.")]


@register
def check_apps(app_configs: Apps, **kwargs: Any) -> Messages:
    """E011: an application that ours is built on is not installed."""
    return [
        error("django_stac.E011", f"django-stac needs the application {name!r}.", f'INSTALLED_APPS += ["{name}"]')
        for name in APPS
        if not apps.is_installed(name)
    ]


@register(deploy=True)
def check_proxy(app_configs: Apps, **kwargs: Any) -> Messages:
    """W008: the prefix of a proxy is trusted, but not its host or scheme, so that links lead elsewhere."""
    if not stac_settings.TRUST_FORWARDED_PREFIX:
        return []
    lines = {
        "USE_X_FORWARDED_HOST": "USE_X_FORWARDED_HOST = True",
        "SECURE_PROXY_SSL_HEADER": 'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")',
    }
    return [
        warning(
            "django_stac.W008",
            f"DJANGO_STAC['TRUST_FORWARDED_PREFIX'] is set, and {name} is not.",
            f"If the proxy sets that header and takes it from its clients, write {text}.",
        )
        for name, text in lines.items()
        if not getattr(settings, name)
    ]
