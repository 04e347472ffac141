"""The database: engine, versions, options; and silence where it is not asked for or does not answer."""

import pytest
from django.core.checks import run_checks
from django.db import OperationalError, connection, connections

from django_stac.checks import databases

pytestmark = pytest.mark.django_db


def checked():
    return [message for message in run_checks(databases=["default"]) if message.id.startswith("django_stac")]


def test_a_database_that_is_new_enough_and_set_for_short_queries_passes():
    assert checked() == []


def test_another_engine_is_named_with_the_line_to_change(monkeypatch):
    monkeypatch.setattr(connection.features, "gis_enabled", False)
    (message,) = checked()
    assert (message.id, message.hint) == (
        "django_stac.E002",
        'Set DATABASES["default"]["ENGINE"] = "django.contrib.gis.db.backends.postgis".',
    )


def test_a_site_that_has_postgis_under_another_alias_reads_how_to_choose_it(monkeypatch, settings):
    monkeypatch.setattr(connection.features, "gis_enabled", False)
    monkeypatch.setitem(settings.DATABASES, "geo", {"ENGINE": databases.ENGINE})
    (message,) = databases.check_engine(None)
    assert message.hint == (
        'Set DJANGO_STAC["DATABASE"] = "geo", and add "django_stac.routers.CatalogRouter" to DATABASE_ROUTERS.'
    )


@pytest.mark.parametrize(("name", "value"), [("POSTGRESQL", (99,)), ("POSTGIS", (99, 1))])
def test_a_database_that_is_too_old_is_named(monkeypatch, name, value):
    monkeypatch.setattr(databases, name, value)
    (message,) = checked()
    assert (message.id, "needs P" in message.msg, "99" in message.msg) == ("django_stac.E006", True, True)


@pytest.mark.parametrize("setting", ["jit = on", "max_parallel_workers_per_gather = 2"])
def test_options_that_slow_short_queries_are_named(setting):
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {setting}")
    (message,) = checked()
    assert (message.id, "jit=off" in message.hint) == ("django_stac.W002", True)


@pytest.mark.parametrize(("timeout", "expected"), [("0", ["django_stac.W009"]), ("1min", [])])
def test_a_deployment_whose_statements_never_end_is_named(settings, timeout, expected):
    settings.STATIC_ROOT = None
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{timeout}'")
    found = run_checks(databases=["default"], include_deployment_checks=True)
    assert [message.id for message in found if message.id.startswith("django_stac")] == expected


def test_a_database_that_does_not_answer_is_one_warning(monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("connection\nrefused")

    for name in ("ensure_connection", "cursor", "get_database_version"):
        monkeypatch.setattr(connections["default"], name, refuse)
    found = [message for check in CHECKS for message in check(None, databases=["default"])]
    assert [(message.id, message.msg) for message in found] == [
        ("django_stac.W003", "The database 'default' does not answer: connection refused")
    ]


CHECKS = [
    databases.check_reached,
    databases.check_versions,
    databases.check_planner,
    databases.check_timeout,
]


def test_databases_that_are_not_asked_for_are_left_alone(django_assert_num_queries):
    with django_assert_num_queries(0):
        run_checks()
