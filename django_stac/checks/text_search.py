"""The words that ``q`` asks for: the configuration that reads them, and the index that finds them."""

from typing import Any

from django.db import DatabaseError, transaction

from django_stac.checks.databases import asked_for
from django_stac.checks.messages import Messages, error, line, warning
from django_stac.conf import stac_settings
from django_stac.models import Item
from django_stac.models.words import INDEX

KNOWN = "SELECT cfgname FROM pg_ts_config WHERE pg_ts_config_is_visible(oid) ORDER BY cfgname"
HINT = "Run `manage.py migrate`; where it has been run, first go back: `manage.py migrate django_stac 0003`."
IS_INDEXED = """
SELECT to_regclass(%(table)s) IS NULL OR EXISTS (
    SELECT FROM pg_index WHERE indexrelid = to_regclass(%(index)s) AND indisvalid
    AND position(quote_literal(%(config)s::regconfig::text) || '::regconfig' IN pg_get_indexdef(indexrelid)) > 0)
"""


@asked_for
def check_config(alias: str, connection: Any) -> Messages:
    """E016: the text search configuration is not there, so that no search for words could be run."""
    if exists(connection, stac_settings.TEXT_SEARCH_CONFIG):
        return []
    with connection.cursor() as cursor:
        cursor.execute(KNOWN)
        known = ", ".join(name for (name,) in cursor.fetchall())
    message = f"DJANGO_STAC['TEXT_SEARCH_CONFIG'] = {stac_settings.TEXT_SEARCH_CONFIG!r} is unknown to {alias!r}."
    return [error("django_stac.E016", message, f"Write {line('TEXT_SEARCH_CONFIG', 'simple')}, or one of {known}.")]


def exists(connection: Any, config: str) -> bool:
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("SELECT %s::regconfig", [config])
    except (DatabaseError, ValueError):
        return False
    return True


@asked_for
def check_index(alias: str, connection: Any) -> Messages:
    """W010: items are found by their words, but slowly: the index is absent or of another configuration."""
    config = stac_settings.TEXT_SEARCH_CONFIG
    if not exists(connection, config):
        return []
    with connection.cursor() as cursor:
        cursor.execute(IS_INDEXED, {"config": config, "table": Item._meta.db_table, "index": INDEX})
        (is_indexed,) = cursor.fetchone()
    if is_indexed:
        return []
    message = f"No index of the database {alias!r} has the words of items as {config!r} reads them: `q` is slow."
    return [warning("django_stac.W010", message, HINT)]
