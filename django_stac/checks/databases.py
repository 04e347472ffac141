"""The database of the items: its engine, its version, its options."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.core.checks import Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError, connections

from django_stac.checks.messages import Apps, Messages, error, warning
from django_stac.models.alias import write_alias

POSTGRESQL, POSTGIS = (14,), (3, 2)
"""The oldest versions that serve."""
ENGINE = "django.contrib.gis.db.backends.postgis"
ROUTER = "django_stac.routers.CatalogRouter"
QUICK = "-c jit=off -c max_parallel_workers_per_gather=0"
UNREACHED = (OperationalError, InterfaceError)

Ask = Callable[[str, Any], Messages]


@register
def check_engine(app_configs: Apps, **kwargs: Any) -> Messages:
    """E002: items need PostGIS."""
    alias = write_alias()
    if not is_alias(alias):
        return []
    connection = connections[alias]
    if connection.vendor == "postgresql" and getattr(connection.features, "gis_enabled", False):
        return []
    message = (
        f"django-stac needs PostGIS; the database {alias!r} has the engine {settings.DATABASES[alias]['ENGINE']!r}."
    )
    return [error("django_stac.E002", message, hint_for_engine(alias))]


def is_alias(name: object) -> bool:
    """Whether there is such a database; one that is not there is E015, and no check can ask it."""
    return isinstance(name, str) and name in settings.DATABASES


def hint_for_engine(alias: str) -> str:
    """A site may have PostGIS under another alias, beside the database of its users."""
    others = [name for name, facts in settings.DATABASES.items() if facts.get("ENGINE") == ENGINE and name != alias]
    if others:
        return f'Set DJANGO_STAC["DATABASE"] = "{others[0]}", and add "{ROUTER}" to DATABASE_ROUTERS.'
    return f'Set DATABASES["{alias}"]["ENGINE"] = "{ENGINE}".'


def can_ask(alias: str, databases: Sequence[str] | None) -> bool:
    """Whether a check may ask the database of the items: it is there, is asked for, and has the engine."""
    return is_alias(alias) and alias in (databases or ()) and not check_engine(None)


def asked_for(ask: Ask, *, deploy: bool = False) -> Callable[..., Messages]:
    """Let a check ask the database of the items, if it is asked for, has the engine, and answers."""

    def check(app_configs: Apps, databases: Sequence[str] | None = None, **kwargs: Any) -> Messages:
        alias = write_alias()
        if not can_ask(alias, databases):
            return []
        try:
            return ask(alias, connections[alias])
        except UNREACHED:
            return []

    # Not functools.wraps: Django would see the arguments of the function inside.
    check.__name__, check.__doc__ = ask.__name__, ask.__doc__
    registered: Callable[..., Messages] = register(check, Tags.database, deploy=deploy)
    return registered


@register(Tags.database)
def check_reached(app_configs: Apps, databases: Sequence[str] | None = None, **kwargs: Any) -> Messages:
    """W003: the database does not answer, so that nothing is known of it."""
    alias = write_alias()
    if not can_ask(alias, databases):
        return []
    try:
        connections[alias].ensure_connection()
    except UNREACHED as failure:
        message = f"The database {alias!r} does not answer: {' '.join(str(failure).split())}"
        hint = f'Start the server, or see HOST, PORT, NAME, USER and PASSWORD in DATABASES["{alias}"].'
        return [warning("django_stac.W003", message, hint)]
    return []


@asked_for
def check_versions(alias: str, connection: Any) -> Messages:
    """E006: PostgreSQL or PostGIS is too old."""
    found = {"PostgreSQL": (connection.get_database_version(), POSTGRESQL), "PostGIS": (postgis(connection), POSTGIS)}
    return [
        error(
            "django_stac.E006",
            f"django-stac needs {name} {dotted(least)}; the database {alias!r} has {dotted(version)}.",
            "Upgrade the server, or name another database.",
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


@asked_for
def check_planner(alias: str, connection: Any) -> Messages:
    """W002: compiling a query takes longer than a page of items."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('jit')::bool OR current_setting('max_parallel_workers_per_gather') <> '0'"
        )
        (is_slow,) = cursor.fetchone()
    message = f"The database {alias!r} compiles queries or shares them among processes, which short ones do not repay."
    hint = f'Set DATABASES["{alias}"]["OPTIONS"] = {{"options": "{QUICK}"}}.'
    return [warning("django_stac.W002", message, hint)] if is_slow else []


@partial(asked_for, deploy=True)
def check_timeout(alias: str, connection: Any) -> Messages:
    """W009: a statement may hold a connection for ever."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout') = '0'")
        (is_endless,) = cursor.fetchone()
    message = f"No statement on the database {alias!r} is ever given up, also when its client has gone."
    hint = (
        f'Where requests are served, add to DATABASES["{alias}"]["OPTIONS"]["options"]: -c statement_timeout=60000 '
        "(milliseconds); not where migrate and the stac_ commands run."
    )
    return [warning("django_stac.W009", message, hint)] if is_endless else []
