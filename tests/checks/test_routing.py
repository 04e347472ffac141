"""The alias that the settings name, and the one that the routers choose."""

import pytest

from django_stac.checks.routing import check_database


def test_a_site_that_names_no_database_passes():
    assert check_database(None) == []


def test_the_alias_that_the_routers_choose_passes(settings):
    settings.DJANGO_STAC = {"DATABASE": "default"}
    assert check_database(None) == []


@pytest.mark.parametrize("routers", [[], ["django_stac.routers.CatalogRouter"]])
def test_an_alias_that_is_none_is_compared_with_those_that_are(settings, routers):
    settings.DATABASE_ROUTERS, settings.DJANGO_STAC = routers, {"DATABASE": "nowhere"}
    (message,) = check_database(None)
    assert (message.id, message.hint) == ("django_stac.E015", "Choose one of 'default'.")


def test_an_alias_that_no_router_heeds_comes_with_the_router(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES, "geo", {})
    settings.DJANGO_STAC = {"DATABASE": "geo"}
    (message,) = check_database(None)
    assert (message.id, "django_stac.routers.CatalogRouter" in message.hint) == ("django_stac.E015", True)
