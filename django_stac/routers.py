"""A database of its own for the catalogue, beside the one of the site's users and sessions."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model

from django_stac.conf import stac_settings

APP_LABEL = "django_stac"


class CatalogRouter:
    """Sends the catalogue to ``DJANGO_STAC["DATABASE"]``, and keeps the tables of other apps out of there.

    Name it in ``DATABASE_ROUTERS``. An app that shares the catalogue's database needs a router before this one; a
    site that reads from a replica overrides ``db_for_read``.
    """

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """The catalogue's alias for its models; nothing to say about others."""
        return stac_settings.DATABASE if model._meta.app_label == APP_LABEL else None

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:
        """The catalogue's alias for its models; nothing to say about others."""
        return stac_settings.DATABASE if model._meta.app_label == APP_LABEL else None

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool | None:
        """Rows of the catalogue may be related, wherever they were read."""
        both = {one._meta.app_label, other._meta.app_label} == {APP_LABEL}
        return True if both else None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """Our tables on our alias only; on an alias of its own no other tables."""
        if app_label == APP_LABEL:
            return db == stac_settings.DATABASE
        return False if db == stac_settings.DATABASE != DEFAULT_DB_ALIAS else None
