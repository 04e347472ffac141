"""Migration operations, and the migrations that they are for."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from django_stac.models import Asset, operations
from django_stac.models.operations import CompressColumn, CreateAssetView, DropAssetView, RequireExtension
from django_stac.transactions import staging, upsert_items
from tests.factories import an_item, put, put_collection


def require(extension):
    with connection.schema_editor(atomic=False) as editor:
        RequireExtension(extension).forwards(editor)


def test_an_extension_that_stands_is_left_alone(db):
    require("postgis")


def test_a_user_without_the_right_reads_the_line_for_a_dba(dba):
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE stac_nobody NOLOGIN; SET LOCAL ROLE stac_nobody")
        with pytest.raises(ImproperlyConfigured, match=r'run in database .*: CREATE EXTENSION IF NOT EXISTS "hstore";'):
            require("hstore")
        cursor.execute("RESET ROLE; DROP ROLE stac_nobody")


def test_an_extension_that_the_server_does_not_have_is_told_so(db):
    with pytest.raises(ImproperlyConfigured, match="nonsense"):
        require("nonsense")


@pytest.mark.django_db(transaction=True)
def test_migrations_go_back_to_nothing_and_forward_again():
    call_command("migrate", "django_stac", "zero", verbosity=0)
    assert not [
        name for name in connection.introspection.table_names(include_views=True) if name.startswith("django_stac")
    ]
    call_command("migrate", "django_stac", verbosity=0)
    put(an_item())
    assert Asset.objects.get().key == "data"


def test_the_migrations_are_complete(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("walk", [("forwards", "backwards"), ("backwards", "forwards")])
def test_the_view_of_assets_is_taken_away_and_put_back(db, walk):
    put(an_item())
    operation = DropAssetView() if walk[0] == "forwards" else CreateAssetView()
    with connection.schema_editor(atomic=False) as editor:
        getattr(operation, walk[0])(editor)
        assert "django_stac_asset" not in connection.introspection.table_names(include_views=True)
        getattr(operation, walk[1])(editor)
    assert Asset.objects.get().key == "data"


@pytest.mark.parametrize("answer", [(False,), (None,), None])
def test_a_server_without_lz4_compresses_in_its_own_way(db, monkeypatch, answer):
    """The server says no, knows no such kind, or knows no such setting at all."""
    asked = "SELECT 1 WHERE false" if answer is None else f"SELECT {str(answer[0]).replace('None', 'NULL')}::bool"
    monkeypatch.setattr(operations, "SERVER_HAS_LZ4", asked)
    with CaptureQueriesContext(connection) as sent, connection.schema_editor(atomic=False) as editor:
        CompressColumn("django_stac_item", "document").forwards(editor)
    assert not [query for query in sent if "ALTER" in query["sql"]]


def test_an_upsert_on_a_server_without_lz4_stores_all_the_same(db, monkeypatch):
    monkeypatch.setattr(staging, "has_lz4", lambda using: False)
    put_collection()
    with CaptureQueriesContext(connection) as sent:
        assert upsert_items([an_item()]).created == 1
    assert not [query for query in sent if "lz4" in query["sql"]]
