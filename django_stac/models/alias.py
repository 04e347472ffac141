"""The database of the catalogue, as the site's routers choose it."""

from django.db import router

from django_stac.models.item import Item


def write_alias(using: str | None = None) -> str:
    """Return the alias that a write goes to: the one that is named, else where the routers write items."""
    return using or router.db_for_write(Item)
