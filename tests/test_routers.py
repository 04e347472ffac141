"""The router that comes with the package, asked as Django asks it."""

import pytest
from django.contrib.auth.models import Group
from django.db import ConnectionRouter

from django_stac.models import Catalog, CatalogChild, Item

ALIASES = {"geo": {"DATABASE": "geo"}, "default": {}}


@pytest.fixture(params=ALIASES)
def alias(request, settings):
    settings.DJANGO_STAC = ALIASES[request.param]
    return request.param


@pytest.fixture
def router():
    return ConnectionRouter(["django_stac.routers.CatalogRouter"])


def test_the_catalogue_is_read_and_written_where_the_site_says(router, alias):
    assert (router.db_for_read(Item), router.db_for_write(CatalogChild)) == (alias, alias)


def test_other_models_stay_where_they_are(router, alias):
    assert (router.db_for_read(Group), router.db_for_write(Group)) == ("default", "default")


def test_tables_are_made_where_the_rows_will_be(router, alias):
    assert router.allow_migrate(alias, "django_stac", model_name="item")
    assert not router.allow_migrate("other", "django_stac", model_name="item")


def test_an_alias_of_its_own_gets_no_other_tables(router, settings):
    settings.DJANGO_STAC = ALIASES["geo"]
    assert not router.allow_migrate("geo", "auth", model_name="group")
    assert router.allow_migrate("default", "auth", model_name="group")


def test_an_alias_that_is_shared_takes_everything(router, settings):
    settings.DJANGO_STAC = ALIASES["default"]
    assert router.allow_migrate("default", "auth", model_name="group")


def test_rows_of_the_catalogue_are_related_wherever_they_were_read(router, alias):
    one, other = Catalog(), Catalog()
    one._state.db, other._state.db = "replica", "geo"
    assert router.allow_relation(one, other)
    assert not router.allow_relation(one, Group())
