"""Many items at once."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from django_stac import transactions
from django_stac.models import Item, Mark
from django_stac.transactions import Incoming
from tests.factories import an_item, put_collection


@pytest.fixture
def collection(db):
    return put_collection()


def counts(report):
    return report.created, report.updated, report.unchanged, report.skipped, report.failed


def test_new_changed_and_unchanged_items_are_told_apart(collection):
    transactions.upsert_items([an_item("same"), an_item("changed")])
    report = transactions.upsert_items([an_item("same"), an_item("changed", **{"eo:cloud_cover": 1}), an_item("new")])
    assert counts(report) == (1, 1, 1, 0, 0)


def test_bulk_stores_what_a_single_write_stores(collection):
    transactions.upsert_items([an_item("a", geometry={"type": "Point", "coordinates": [10, 45, 3]})])
    bulk = Item.objects.values("geometry", "datetime", "properties", "digest").get()
    Item.objects.all()._raw_delete("default")
    transactions.create_item(an_item("a", geometry={"type": "Point", "coordinates": [10, 45, 3]}))
    assert Item.objects.values("geometry", "datetime", "properties", "digest").get() == bulk


def test_the_last_of_several_with_one_id_counts(collection):
    report = transactions.upsert_items([an_item(), an_item(**{"eo:cloud_cover": 1})])
    assert counts(report) == (1, 0, 0, 1, 0)
    assert Item.objects.get().properties["eo:cloud_cover"] == 1
    assert "more than once" in report.notes[0]


def test_what_is_refused_is_named_and_the_rest_goes_in(collection):
    report = transactions.upsert_items(
        [an_item("good"), an_item("bad", datetime="never"), "no item", an_item(collection="x")]
    )
    assert counts(report) == (1, 0, 0, 0, 3)
    assert [failure.source for failure in report.failures] == ["bad", "?", "scene"]


@pytest.mark.parametrize(
    "odd",
    [an_item(collection="a\0b"), an_item(collection="\ud800"), an_item("\0"), an_item("x" * 3000), an_item("é" * 501)],
)
def test_what_the_database_cannot_hold_is_refused_and_the_rest_goes_in(collection, odd):
    assert counts(transactions.upsert_items([odd, an_item("good")])) == (1, 0, 0, 0, 1)


@pytest.mark.parametrize("name", ["datetime", "start_datetime", "end_datetime"])
def test_a_time_that_is_no_text_is_refused_with_validation_off_too(collection, settings, name):
    settings.DJANGO_STAC = {"VALIDATION": "off"}
    assert counts(transactions.upsert_items([an_item(**{name: 5}), an_item("good")])) == (1, 0, 0, 0, 1)


def test_published_concerns_new_items_only(collection):
    transactions.upsert_items([an_item()], published=False)
    transactions.upsert_items([an_item(**{"eo:cloud_cover": 1})], published=True)
    assert not Item.objects.get().published


def test_an_unchanged_batch_leaves_no_mark(collection):
    transactions.upsert_items([an_item()])
    Mark.objects.all().delete()
    transactions.upsert_items([an_item()])
    assert not Mark.objects.exists()


def test_the_years_one_and_9999_and_missing_places_are_stored(collection):
    report = transactions.upsert_items(
        [
            an_item("first", datetime="0001-01-01T00:00:00Z"),
            an_item("last", datetime="9999-12-31T23:59:59Z", geometry=None),
        ]
    )
    assert report.created == 2
    assert {item.datetime.year for item in Item.objects.all()} == {1, 9999}


@given(
    texts=st.lists(
        st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), min_size=1).filter(
            lambda t: not {".", ".."} & set(t.split("/"))
        ),
        unique=True,
        max_size=5,
    )
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_ids_of_any_printable_characters_are_stored(collection, texts):
    report = transactions.upsert_items([an_item(text) for text in texts])
    assert report.failed == 0
    assert Item.objects.filter(item_id__in=texts).count() == len(texts)


def test_documents_are_compressed_as_the_table_says(collection):
    transactions.upsert_items([an_item(**{"my:text": "long " * 5000})])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_column_compression(document), pg_column_compression(properties) FROM django_stac_item"
        )
        assert cursor.fetchone() == ("lz4", "lz4")


def test_who_does_not_replace_is_told_which_ids_are_taken(collection):
    transactions.upsert_items([an_item("taken")])
    report = transactions.upsert_items([an_item("new"), an_item("taken"), an_item("new")], replace=False)
    assert counts(report) == (1, 0, 0, 0, 2)
    assert {(failure.source, failure.code) for failure in report.failures} == {
        ("taken", "AlreadyExists"),
        ("new", "AlreadyExists"),
    }


def test_an_item_is_replaced_only_in_the_state_that_its_writer_has_read(collection):
    transactions.upsert_items([an_item("read"), an_item("changed"), an_item("same"), an_item("free")])
    read = dict(Item.objects.values_list("item_id", "digest"))
    transactions.patch_item("scenes", "changed", {"title": "of another"})
    conditional = [
        Incoming(document=an_item(name, title="new"), if_match=read.get(name, "0" * 32))
        for name in ("read", "changed", "gone")
    ]
    same = Incoming(document=an_item("same"), if_match=read["same"])
    report = transactions.upsert_items([*conditional, same, an_item("free", title="new")])
    assert counts(report) == (0, 2, 1, 0, 2)
    assert [(failure.source, failure.code) for failure in report.failures] == [
        ("changed", "PreconditionFailed"),
        ("gone", "PreconditionFailed"),
    ]
    titles = {item.item_id: item.document.get("title") for item in Item.objects.all()}
    assert titles == {"read": "new", "changed": "of another", "same": None, "free": "new"}


def test_an_item_that_is_as_it_is_sent_still_has_to_be_in_the_state_that_was_read(collection):
    transactions.upsert_items([an_item("a")])
    report = transactions.upsert_items([Incoming(document=an_item("a"), if_match="0" * 32)])
    assert (counts(report), report.failures[0].code) == ((0, 0, 0, 0, 1), "PreconditionFailed")
