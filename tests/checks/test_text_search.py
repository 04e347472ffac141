"""The configuration that reads words, and the column that was made with it."""

import pytest
from django.core.checks import run_checks
from django.db import connection

from django_stac.checks import text_search
from django_stac.models.words import config_of_items
from django_stac.search.names.indexes import renew_words

pytestmark = pytest.mark.django_db


def checked():
    found = run_checks(databases=["default"])
    return [message for message in found if message.id in ("django_stac.E016", "django_stac.W010", "django_stac.W011")]


@pytest.fixture
def site(settings):
    """Set the configuration; what this process remembers of the column is forgotten."""

    def set_to(config):
        settings.DJANGO_STAC = {**settings.DJANGO_STAC, "TEXT_SEARCH_CONFIG": config}

    yield set_to
    config_of_items.cache_clear()


def test_the_words_of_migrate_pass():
    assert checked() == []


@pytest.mark.parametrize("config", ["english", "pg_catalog.german"])
def test_words_pass_while_their_configuration_is_the_sites(site, config):
    site(config)
    renew_words("default")
    assert checked() == []


@pytest.mark.parametrize("config", ["klingon", "a'b", "", "a\0b", "no.such.thing"])
def test_an_unknown_configuration_is_named_with_those_there_are(site, config):
    site(config)
    (message,) = checked()
    assert (message.id, repr(config) in message.msg) == ("django_stac.E016", True)
    assert "'simple', or one of" in message.hint
    assert "english" in message.hint


def test_words_of_another_configuration_are_told(site):
    site("english")
    (message,) = checked()
    assert (message.id, "read as 'simple', and DJANGO_STAC says 'english'" in message.msg) == ("django_stac.W010", True)


def test_before_the_first_migrate_nothing_is_missed(site):
    site("english")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_stac_item RENAME TO elsewhere")
    assert checked() == []


def test_a_server_without_unicode_is_named(monkeypatch):
    monkeypatch.setattr(text_search, "COLLATION", "klingon-x-icu")
    (message,) = checked()
    assert (message.id, "no collation 'klingon-x-icu'" in message.msg) == ("django_stac.W011", True)
