"""The alias that the settings name, and the one that the routers choose."""

import pytest
from django.core.checks import run_checks

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


@pytest.mark.django_db
@pytest.mark.parametrize("routers", [[], ["django_stac.routers.CatalogRouter"]])
@pytest.mark.parametrize("named", ["nope", ["x"], {}, 5, None])
def test_whatever_is_named_as_a_database_is_told_and_nothing_crashes(settings, routers, named):
    settings.DATABASE_ROUTERS, settings.DJANGO_STAC = routers, {"DATABASE": named}
    found = {message.id for message in run_checks(databases=["default"], include_deployment_checks=True)}
    assert "django_stac.E015" in found


class Elsewhere:
    """A site's own router, to a database that is not there."""

    def db_for_write(self, model, **hints):
        return "elsewhere"


@pytest.mark.parametrize("value", [None, {}])
def test_a_router_that_leads_nowhere_is_told_also_where_the_settings_say_nothing(settings, value):
    settings.DATABASE_ROUTERS, settings.DJANGO_STAC = [Elsewhere()], value
    (message,) = check_database(None)
    assert (message.id, "send items to 'elsewhere'" in message.msg) == ("django_stac.E015", True)


def test_an_alias_that_no_router_heeds_comes_with_the_router(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES, "geo", {})
    settings.DJANGO_STAC = {"DATABASE": "geo"}
    (message,) = check_database(None)
    assert (message.id, "django_stac.routers.CatalogRouter" in message.hint) == ("django_stac.E015", True)
