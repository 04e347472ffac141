"""Extensions that are absent, or that cannot be seen. What ``migrate`` makes of it is tested by the second site."""

import pytest
from django.core.checks import run_checks
from django.db import connection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dba")]


def checked(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    return [
        message
        for message in run_checks(databases=["default"])
        if message.id in ("django_stac.E013", "django_stac.E014")
    ]


WITHOUT = "DROP EXTENSION btree_gist CASCADE"


def test_a_database_that_has_them_passes():
    assert checked() == []


def test_one_that_the_user_may_create_is_none_of_our_business():
    assert checked(WITHOUT) == []


def test_one_that_the_user_may_not_create_comes_with_the_sql_for_a_dba():
    (message,) = checked(WITHOUT, "CREATE ROLE stac_unable NOLOGIN", "SET LOCAL ROLE stac_unable")
    assert (message.id, "permission denied" in message.msg) == ("django_stac.E013", True)
    assert 'CREATE EXTENSION IF NOT EXISTS "btree_gist";' in message.hint.splitlines()


def test_a_try_leaves_nothing_behind():
    checked(WITHOUT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_extension WHERE extname = 'btree_gist'")
        assert cursor.fetchone() == (0,)


def test_those_beside_the_search_path_are_named_with_their_schema():
    # Kept from then on: asked below it would fail, and end the transaction of the test.
    assert connection.ops.spatial_version
    postgis, btree_gist = checked("CREATE SCHEMA elsewhere", "SET LOCAL search_path = elsewhere")
    assert (postgis.id, "'postgis' lies in the schema 'public'" in postgis.msg) == ("django_stac.E014", True)
    assert btree_gist.hint.endswith("-c search_path=elsewhere,public")
