"""System checks: what a site has set wrongly, and the line to change."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - the framework's name
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, InvalidStorageError
from django.db import connections, router
from django.utils.module_loading import import_string

from django_stac.conf import SETTING_NAMES, stac_settings
from django_stac.models import Item
from django_stac.models.stored_file import storage_named

POSTGRESQL, POSTGIS = (14,), (3, 2)
"""The oldest versions that serve."""
VALIDATION = ("off", "core")
QUICK = "-c jit=off -c max_parallel_workers_per_gather=0"

Messages = list[CheckMessage]
Apps = Sequence[AppConfig] | None


@register
def check_setting_names(app_configs: Apps, **kwargs: Any) -> Messages:
    """E001: a key of ``DJANGO_STAC`` that nobody reads is a typing error."""
    return [
        Error(f"DJANGO_STAC has an unknown key {name!r}.", hint=hint_for(name), id="django_stac.E001")
        for name in sorted(set(getattr(settings, "DJANGO_STAC", {})) - SETTING_NAMES)
    ]


def hint_for(name: str) -> str:
    close = get_close_matches(name.upper(), SETTING_NAMES, n=1)
    return f"Did you mean {close[0]!r}?" if close else f"Known keys: {', '.join(sorted(SETTING_NAMES))}."


@register
def check_engine(app_configs: Apps, **kwargs: Any) -> Messages:
    """E002: items need PostGIS."""
    alias = router.db_for_write(Item)
    connection = connections[alias]
    if connection.vendor == "postgresql" and getattr(connection.features, "gis_enabled", False):
        return []
    message = (
        f"django-stac needs PostGIS; the database {alias!r} has the engine {settings.DATABASES[alias]['ENGINE']!r}."
    )
    hint = f'Set DATABASES["{alias}"]["ENGINE"] = "django.contrib.gis.db.backends.postgis".'
    return [Error(message, hint=hint, id="django_stac.E002")]


@register(Tags.database)
def check_versions(app_configs: Apps, databases: Sequence[str] | None = None, **kwargs: Any) -> Messages:
    """E006: PostgreSQL or PostGIS is too old."""
    alias = router.db_for_write(Item)
    if alias not in (databases or ()) or check_engine(app_configs):
        return []
    connection: Any = connections[alias]
    found = {"PostgreSQL": (connection.get_database_version(), POSTGRESQL), "PostGIS": (postgis(connection), POSTGIS)}
    return [
        Error(
            f"django-stac needs {name} {dotted(least)}; the database {alias!r} has {dotted(version)}.",
            hint="Upgrade the server, or name another database.",
            id="django_stac.E006",
        )
        for name, (version, least) in found.items()
        if version and version < least
    ]


def postgis(connection: Any) -> tuple[int, ...]:
    """Return the version; nothing before the first ``migrate``, which installs it."""
    try:
        version: tuple[int, ...] = connection.ops.spatial_version
    except ImproperlyConfigured:
        return ()
    return version


def dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


@register(Tags.database)
def check_planner(app_configs: Apps, databases: Sequence[str] | None = None, **kwargs: Any) -> Messages:
    """W002: compiling a query takes longer than a page of items."""
    alias = router.db_for_write(Item)
    if alias not in (databases or ()) or check_engine(app_configs):
        return []
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('jit')::bool OR current_setting('max_parallel_workers_per_gather') <> '0'"
        )
        (is_slow,) = cursor.fetchone()
    message = f"The database {alias!r} compiles queries or shares them among processes, which short ones do not repay."
    hint = f'Set DATABASES["{alias}"]["OPTIONS"] = {{"options": "{QUICK}"}}.'
    return [Warning(message, hint=hint, id="django_stac.W002")] if is_slow else []


@register
def check_validation(app_configs: Apps, **kwargs: Any) -> Messages:
    """E007: an unknown level would validate something else than is meant."""
    given = stac_settings.VALIDATION
    message = f"DJANGO_STAC['VALIDATION'] = {given!r} is no level of validation."
    hint = f"Choose one of {', '.join(map(repr, VALIDATION))}."
    return [] if given in VALIDATION else [Error(message, hint=hint, id="django_stac.E007")]


@register
def check_policy(app_configs: Apps, **kwargs: Any) -> Messages:
    """E003: the access policy must be one."""
    path = stac_settings.ACCESS_POLICY
    try:
        good = hasattr(import_string(path), "visible_items")
    except ImportError:
        good = False
    hint = "Name a subclass of django_stac.access.AccessPolicy by its dotted path."
    message = f"DJANGO_STAC['ACCESS_POLICY'] = {path!r} is no access policy."
    return [] if good else [Error(message, hint=hint, id="django_stac.E003")]


@register
def check_storages(app_configs: Apps, **kwargs: Any) -> Messages:
    """E004: a storage that is named must exist. W001: one that the web server publishes is under no policy."""
    messages: Messages = []
    for alias in dict.fromkeys([*stac_settings.ASSET_STORAGES, stac_settings.THUMBNAIL_STORAGE]):
        try:
            storage = storage_named(alias)
        except InvalidStorageError:
            hint = f"Add {alias!r} to STORAGES, or take it out of DJANGO_STAC."
            messages.append(Error(f"There is no storage {alias!r}.", hint=hint, id="django_stac.E004"))
        else:
            messages += public_storage(alias, storage)
    return messages


def public_storage(alias: str, storage: Any) -> Messages:
    """Warn when a local storage lies in MEDIA_ROOT, from where MEDIA_URL serves it to everybody."""
    if not isinstance(storage, FileSystemStorage) or not settings.MEDIA_ROOT:
        return []
    if not Path(storage.location).resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve()):
        return []
    message = f"The storage {alias!r} lies in MEDIA_ROOT: unpublished files can be fetched there."
    hint = "Give it a location outside of MEDIA_ROOT; django-stac serves the files itself."
    return [Warning(message, hint=hint, id="django_stac.W001")]


@register
def check_time_zone(app_configs: Apps, **kwargs: Any) -> Messages:
    """E005: times without zone would be wrong by hours."""
    hint = "Set USE_TZ = True."
    return [] if settings.USE_TZ else [Error("django-stac needs USE_TZ.", hint=hint, id="django_stac.E005")]
