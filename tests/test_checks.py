"""System checks: a table of wrong settings and their ids."""

import pytest
from django.core.checks import run_checks
from django.db import connection

from django_stac import checks
from tests.settings import DJANGO_STAC, SCRATCH

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"DJANGO_STAC": {"ASET_ROOTS": {}}}, ["django_stac.E001"]),
        ({"DJANGO_STAC": {"ACCESS_POLICY": "nowhere.Policy"}}, ["django_stac.E003"]),
        ({"DJANGO_STAC": {"ACCESS_POLICY": "pathlib.Path"}}, ["django_stac.E003"]),
        ({"DJANGO_STAC": {"ASSET_STORAGES": ["nowhere"]}}, ["django_stac.E004"]),
        ({"DJANGO_STAC": {"THUMBNAIL_STORAGE": "nowhere"}}, ["django_stac.E004"]),
        ({"MEDIA_ROOT": str(SCRATCH), "DJANGO_STAC": DJANGO_STAC}, ["django_stac.W001"] * 2),
        ({"DJANGO_STAC": {"VALIDATION": "strict"}}, ["django_stac.E007"]),
        ({"USE_TZ": False}, ["django_stac.E005"]),
    ],
)
def test_wrong_settings_are_named(settings, changes, expected):
    for name, value in changes.items():
        setattr(settings, name, value)
    assert [message.id for message in run_checks() if message.id.startswith("django_stac")] == expected


def test_an_unknown_key_is_compared_with_the_known_ones(settings):
    settings.DJANGO_STAC = {"ASSET_ROOT": {}}
    (message,) = run_checks()
    assert message.hint == "Did you mean 'ASSET_ROOTS'?"


def checked_database():
    return [message for message in run_checks(databases=["default"]) if message.id.startswith("django_stac")]


def test_a_database_that_is_new_enough_and_set_for_short_queries_passes():
    assert checked_database() == []


@pytest.mark.parametrize(("name", "value"), [("POSTGRESQL", (99,)), ("POSTGIS", (99, 1))])
def test_a_database_that_is_too_old_is_named(monkeypatch, name, value):
    monkeypatch.setattr(checks, name, value)
    (message,) = checked_database()
    assert (message.id, "needs P" in message.msg, "99" in message.msg) == ("django_stac.E006", True, True)


@pytest.mark.parametrize("setting", ["jit = on", "max_parallel_workers_per_gather = 2"])
def test_options_that_slow_short_queries_are_named(setting):
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {setting}")
    (message,) = checked_database()
    assert (message.id, "jit=off" in message.hint) == ("django_stac.W002", True)


def test_databases_that_are_not_asked_for_are_left_alone(django_assert_num_queries):
    with django_assert_num_queries(0):
        run_checks()
