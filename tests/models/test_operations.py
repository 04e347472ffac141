"""Migration operations, and the migrations that they are for."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection

from django_stac.models import Asset
from django_stac.models.operations import CreateAssetView, DropAssetView, RequireExtension
from tests.factories import an_item, put


def require(extension):
    with connection.schema_editor(atomic=False) as editor:
        RequireExtension(extension).forwards(editor)


def test_an_extension_that_stands_is_left_alone(db):
    require("postgis")


def test_a_user_without_the_right_reads_the_line_for_a_dba(db):
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
