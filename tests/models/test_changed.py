"""The transaction that last changed a row."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from django_stac.models import Collection, Item
from django_stac.models.changed import CurrentTransaction
from tests.factories import an_item, put, put_catalog, put_collection

BEFORE, AFTER = [("django_stac", "0008_answers_are_kept")], [("django_stac", "0009_history")]


def current():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return cursor.fetchone()[0]


def one(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def test_what_is_new_has_the_transaction_that_made_it(db):
    (item,) = put(an_item())
    assert {item.changed, put_collection().changed, put_collection("more").shown, put_catalog().changed} == {current()}


@pytest.mark.django_db(transaction=True)
def test_update_says_it_by_an_expression():
    put(an_item())
    made = Item.objects.values_list("changed", flat=True).get()
    with transaction.atomic():
        Item.objects.all()._update([(Item._meta.get_field("changed"), None, CurrentTransaction())])
        assert Item.objects.get().changed == current() > made


@pytest.mark.django_db(transaction=True)
def test_a_filled_table_is_not_written_anew_and_its_rows_have_no_transaction():
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    put_in(executor.loader.project_state(BEFORE).apps)
    before = one("SELECT pg_relation_filenode('django_stac_item')")
    MigrationExecutor(connection).migrate(AFTER)
    after = one("SELECT pg_relation_filenode('django_stac_item')")
    call_command("migrate", verbosity=0)
    assert after == before
    assert list(Item.objects.values_list("changed", "written_by")) == [(None, None)]
    assert list(Collection.objects.values_list("changed", "shown")) == [(None, None)]
    assert put(an_item("later", collection="old"))[0].changed


def put_in(apps):
    """Store an item as the models were."""
    collection = apps.get_model("django_stac", "Collection").objects.create(
        collection_id="old", description="", license="", document={"id": "old"}, digest=""
    )
    apps.get_model("django_stac", "Item").objects.create(
        collection=collection, item_id="a", datetime="2024-01-01T00:00Z", properties={}, document={"id": "a"}, digest=""
    )
