"""Where tables are made and unmade, on a site with two databases."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from django_stac.models import Asset, Collection, Item
from tests.factories import a_collection, an_item, put

pytestmark = pytest.mark.django_db(databases=["default", "geo"])

HISTORY = sorted(key for key in MigrationLoader(None).disk_migrations if key[0] == "django_stac")


def tables(alias):
    return set(connections[alias].introspection.table_names(include_views=True))


def relations_of_ours():
    """Whatever in the database has our name: tables, views, sequences, indexes, types, functions."""
    with connections["geo"].cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname ~ '^(django_)?stac' UNION ALL "
            "SELECT typname FROM pg_type WHERE typname ~ '^_?(django_)?stac' UNION ALL "
            "SELECT proname FROM pg_proc WHERE proname ~ '^(django_)?stac'"
        )
        return [name for (name,) in cursor.fetchall()]


def test_the_catalogue_has_no_table_beside_the_users():
    assert not [name for name in tables("default") if "stac" in name]


def test_the_catalogues_database_holds_nothing_of_the_site():
    assert {name for name in tables("geo") if not name.startswith("django_stac_")} <= {
        "django_migrations", "spatial_ref_sys", "geometry_columns", "geography_columns",
    }  # fmt: skip


def test_permissions_and_content_types_are_where_the_users_are():
    codenames = set(Permission.objects.filter(content_type__app_label="django_stac").values_list("codename", flat=True))
    assert {"view_item", "change_item", "view_collection", "view_catalog", "view_asset"} <= codenames
    assert ContentType.objects.get_for_model(Item)._state.db == "default"


@pytest.mark.django_db(databases=["default", "geo", "replica"])
def test_no_migration_is_missing_under_the_sites_settings():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.django_db(databases=["default", "geo"], transaction=True)
def test_migrations_go_back_to_nothing_and_forward_again():
    put(an_item())
    call_command("migrate", "django_stac", "zero", database="geo", verbosity=0)
    assert relations_of_ours() == []
    call_command("migrate", "django_stac", database="geo", verbosity=0)
    put(an_item())
    assert Asset.objects.get().key == "data"


@pytest.mark.django_db(databases=["default", "geo"], transaction=True)
def test_migrating_the_other_database_makes_nothing_and_unmakes_nothing():
    put(an_item())
    call_command("migrate", "django_stac", "zero", verbosity=0)
    call_command("migrate", verbosity=0)
    assert not [name for name in tables("default") if "stac" in name]
    assert Item.objects.count() == 1


@pytest.mark.parametrize(("backwards", "verb"), [(False, "CREATE"), (True, "DROP")])
def test_every_migration_can_be_read_as_sql_both_ways(capsys, backwards, verb):
    for app_label, name in HISTORY:
        call_command("sqlmigrate", app_label, name, database="geo", backwards=backwards)
    assert f"{verb} VIEW" in capsys.readouterr().out


@pytest.mark.django_db(databases=["default", "geo"], transaction=True)
def test_rows_of_the_first_migration_are_kept_by_all_later_ones():
    executor = MigrationExecutor(connections["geo"])
    past = executor.migrate(HISTORY[:1]).apps
    document = an_item("old")
    scenes = past.get_model("django_stac", "Collection").objects.using("geo").create(
        collection_id="scenes", description="Old.", license="other", document=a_collection(), digest="1"
    )  # fmt: skip
    past.get_model("django_stac", "Item").objects.using("geo").create(
        collection=scenes, item_id="old", datetime="2024-06-01T10:00:00Z", properties={}, document=document, digest="2"
    )
    call_command("migrate", "django_stac", database="geo", verbosity=0)
    item = Item.objects.get()
    assert (item.collection.collection_id, item.document, item.assets.get().key) == ("scenes", document, "data")


@pytest.mark.django_db(databases=["default", "geo"], transaction=True)
def test_collections_that_are_there_are_found_by_place_and_time_afterwards():
    executor = MigrationExecutor(connections["geo"])
    past = executor.migrate(HISTORY[1:2]).apps
    extent = {"spatial": {"bbox": [[1, 2, 3, 4]]}, "temporal": {"interval": [["2020-01-01T00:00:00Z", None]]}}
    derived = {"extent": {**extent, "spatial": {"bbox": [[5, 6, 7, 8]]}}, "properties": {"gsd": {"type": "string"}}}
    rows = past.get_model("django_stac", "Collection").objects.using("geo")
    for name in ("document", "derived"):
        document = a_collection(name, extent=extent, keywords=[name])
        rows.create(collection_id=name, extent_mode=name, derived=derived, document=document, digest="1")
    call_command("migrate", "django_stac", database="geo", verbosity=0)
    found = Collection.objects.order_by("collection_id")
    assert [row.geometry.extent for row in found] == [(5, 6, 7, 8), (1, 2, 3, 4)]
    assert [(row.start_datetime.year, row.properties["keywords"]) for row in found] == [
        (2020, ["derived"]),
        (2020, ["document"]),
    ]
    assert [row.disputed for row in found] == [["gsd"], ["gsd"]]
