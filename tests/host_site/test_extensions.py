"""Extensions where the site's database user may create none, or where they lie in a schema of their own."""

import re

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connections
from django.test import override_settings

from django_stac import transactions
from django_stac.access import policy
from django_stac.models import Asset, Collection, Item, extensions
from django_stac.search import parse
from django_stac.search.run import search_items
from tests.factories import a_collection, an_item
from tests.host_site.databases import alias, database, run


@pytest.fixture
def bare(django_db_setup, django_db_blocker):
    """A database without extensions, in which the role may not even make tables."""
    name = f"{connections['geo'].settings_dict['NAME']}_plain"
    with django_db_blocker.unblock(), database(name), override_settings(DJANGO_STAC={"DATABASE": "plain"}):
        run(name, "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        yield name


def migrate(**options):
    call_command("migrate", database="plain", verbosity=0, skip_checks=False, **options)


def everything_works():
    """Write and read by every kind of statement that names a table, a type or a function."""
    transactions.create_collection(a_collection())
    transactions.create_item(an_item("a"))
    report = transactions.upsert_items([an_item("a", title="New"), an_item("b"), an_item("c", geometry=None)])
    assert (report.created, report.updated, report.failed) == (2, 1, 0)
    transactions.derive()
    assert Collection.objects.get().derived["count"] == 3
    assert (Item.objects.db, Asset.objects.filter(item__item_id="a").count()) == ("plain", 1)
    visible, collections = policy().visible_items(None), policy().visible_collections(None)
    for body in ({}, {"bbox": [9, 44, 12, 47]}, {"intersects": an_item()["geometry"], "limit": 1}):
        assert search_items(parse.from_body(body), visible=visible, collections=collections).rows
    transactions.delete_collection("scenes", cascade=True)


def test_a_user_without_rights_gets_the_sql_for_a_dba_and_needs_no_more(bare):
    with alias(bare), pytest.raises(SystemCheckError) as refused:
        migrate()
    wanted = re.findall(r"^\s*((?:CREATE EXTENSION|GRANT) .*;)$", str(refused.value), re.MULTILINE)
    assert len(wanted) == 3
    run(bare, *wanted)
    with alias(bare):
        migrate()
        everything_works()
        migrate(app_label="django_stac", migration_name="zero")


def test_what_the_user_may_create_is_created(bare):
    run(bare, "GRANT CREATE ON DATABASE {name} TO {name}", "GRANT CREATE ON SCHEMA public TO {name}")
    run(bare, "CREATE EXTENSION postgis")
    with alias(bare) as connection:
        assert extensions.refusal(connection, "btree_gist") == ""
        assert extensions.absent(connection) == ["btree_gist"]
        migrate()
        assert extensions.absent(connection) == []


HOSTED = (
    "CREATE SCHEMA extensions",
    "CREATE EXTENSION postgis SCHEMA extensions",
    "CREATE EXTENSION btree_gist SCHEMA extensions",
    "GRANT USAGE ON SCHEMA extensions TO {name}",
    "CREATE SCHEMA stac AUTHORIZATION {name}",
)


def test_extensions_and_tables_may_lie_in_schemas_of_their_own(bare):
    run(bare, *HOSTED)
    with alias(bare, options="-c search_path=stac,extensions") as connection:
        migrate()
        everything_works()
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT schemaname FROM pg_tables WHERE tableowner = %s", [bare])
            assert cursor.fetchall() == [("stac",)]


def test_extensions_that_are_not_in_the_search_path_are_named_with_their_schema(bare):
    run(bare, *HOSTED)
    with alias(bare, options="-c search_path=stac"):
        messages = [message for message in run_checks(databases=["plain"]) if "search path" in message.msg]
    assert [message.msg.split("'")[1:4:2] for message in messages] == [
        ["postgis", "extensions"],
        ["btree_gist", "extensions"],
    ]
    assert "search_path=stac,extensions" in messages[0].hint


def test_the_sql_for_a_dba_is_empty_where_nothing_lacks(bare):
    run(bare, *HOSTED)
    with alias(bare, options="-c search_path=stac,extensions") as connection:
        assert extensions.for_dba(connection) == ""
