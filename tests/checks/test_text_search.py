"""The configuration that reads words, and the index that is made with it."""

import pytest
from django.core.checks import run_checks
from django.db import connection

from django_stac.models.operations import IndexWords

pytestmark = pytest.mark.django_db


def checked():
    found = run_checks(databases=["default"])
    return [message for message in found if message.id in ("django_stac.E016", "django_stac.W010")]


def index_with(settings, config):
    """Make the index as ``migrate`` would with this setting."""
    settings.DJANGO_STAC = {**settings.DJANGO_STAC, "TEXT_SEARCH_CONFIG": config}
    with connection.schema_editor(atomic=False) as editor:
        IndexWords().backwards(editor)
        IndexWords().forwards(editor)


def test_the_index_of_migrate_passes():
    assert checked() == []


@pytest.mark.parametrize("config", ["english", "pg_catalog.german"])
def test_an_index_of_any_configuration_passes_while_it_is_the_sites(settings, config):
    index_with(settings, config)
    assert checked() == []


@pytest.mark.parametrize("config", ["klingon", "a'b", "", "a\0b", "no.such.thing"])
def test_an_unknown_configuration_is_named_with_those_there_are(settings, config):
    settings.DJANGO_STAC = {**settings.DJANGO_STAC, "TEXT_SEARCH_CONFIG": config}
    (message,) = checked()
    assert (message.id, repr(config) in message.msg) == ("django_stac.E016", True)
    assert "'simple', or one of" in message.hint
    assert "english" in message.hint


def test_an_index_of_another_configuration_is_told(settings):
    settings.DJANGO_STAC = {**settings.DJANGO_STAC, "TEXT_SEARCH_CONFIG": "english"}
    (message,) = checked()
    assert (message.id, "'english'" in message.msg) == ("django_stac.W010", True)


def test_an_absent_index_is_told():
    with connection.schema_editor(atomic=False) as editor:
        IndexWords().backwards(editor)
    assert [message.id for message in checked()] == ["django_stac.W010"]


def test_before_the_first_migrate_nothing_is_missed():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_stac_item RENAME TO elsewhere")
    assert checked() == []
