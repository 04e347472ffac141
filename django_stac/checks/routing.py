"""Whether the catalogue lies where the settings say."""

from typing import Any

from django.conf import settings
from django.core.checks import register

from django_stac.checks.databases import is_alias
from django_stac.checks.messages import Apps, Messages, error
from django_stac.checks.settings_dict import given
from django_stac.conf import stac_settings
from django_stac.models.alias import write_alias


@register
def check_database(app_configs: Apps, **kwargs: Any) -> Messages:
    """E015: ``DJANGO_STAC["DATABASE"]`` names no database, or no router heeds it."""
    named, used = stac_settings.DATABASE, write_alias()
    if not is_alias(named):
        hint = f"Choose one of {', '.join(map(repr, settings.DATABASES))}."
        return [error("django_stac.E015", f"DJANGO_STAC['DATABASE'] = {named!r} is no alias of DATABASES.", hint)]
    if named == used or ("DATABASE" not in given() and is_alias(used)):
        return []
    message = f"DJANGO_STAC['DATABASE'] is {named!r}, but the routers send items to {used!r}."
    hint = "Add 'django_stac.routers.CatalogRouter' to DATABASE_ROUTERS, before routers that answer for every app."
    return [error("django_stac.E015", message, hint)]
