"""The verbs of single items."""

import functools
from contextlib import nullcontext

import pytest

from django_stac import signals, transactions
from django_stac.exceptions import AlreadyExists, InvalidDocument, NotFound, PreconditionFailed
from django_stac.models import Collection, Item, Mark
from tests.factories import a_collection, an_item, put, put_collection


@pytest.fixture
def collection(db):
    return put_collection()


def refused(document, **options):
    before = Item.objects.count()
    with pytest.raises(InvalidDocument) as caught:
        transactions.create_item(document, **options)
    assert Item.objects.count() == before
    return {problem.pointer: problem.message for problem in caught.value.problems}


def test_a_created_item_stands(collection):
    item = transactions.create_item(an_item())
    assert Item.objects.get().digest == item.digest


@pytest.mark.parametrize("version", ["1.0.0", "1.0.1", "1.1.0"])
def test_documents_stay_in_their_version(collection, version):
    assert transactions.create_item(an_item(stac_version=version)).document["stac_version"] == version


def test_links_of_the_server_are_stripped_and_others_kept(collection):
    foreign = {"rel": "license", "href": "https://example.com/license"}
    own = {"rel": "self", "href": "https://elsewhere.example.com/item"}
    assert transactions.create_item(an_item(links=[own, foreign])).document["links"] == [foreign]


def test_a_missing_bbox_is_computed(collection):
    document = an_item()
    del document["bbox"]
    assert transactions.create_item(document).document["bbox"] == [10, 45, 11, 46]


def test_times_lose_their_offset_and_nothing_else(collection):
    document = an_item(datetime="2024-06-01T12:00:00.50+02:00", **{"my:time": "2024-06-01T12:00:00+02:00"})
    properties = transactions.create_item(document).document["properties"]
    assert properties == {"datetime": "2024-06-01T10:00:00.50Z", "my:time": "2024-06-01T12:00:00+02:00"}


def test_the_collection_is_filled_in(collection):
    document = an_item()
    del document["collection"]
    assert transactions.create_item(document, collection="scenes").document["collection"] == "scenes"


def test_another_collection_than_the_one_written_to_is_refused(collection):
    put_collection("other")
    assert "/collection" in refused(an_item(collection="other"), collection="scenes")


def test_an_item_without_collection_is_refused(collection):
    document = an_item()
    del document["collection"]
    assert "/collection" in refused(document)


def test_an_unknown_collection_is_not_found(db):
    with pytest.raises(NotFound, match="'scenes'"):
        transactions.create_item(an_item())


def test_an_id_is_taken_once(collection):
    transactions.create_item(an_item())
    with pytest.raises(AlreadyExists, match="'scene'"):
        transactions.create_item(an_item())


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        (an_item(**{"eo:cloud_cover": float("nan")}), "/properties/eo:cloud_cover"),
        (an_item(**{"my:number": 2**64}), "/properties/my:number"),
        (an_item(**{"my:text": "a\0b"}), "/properties/my:text"),
        (an_item(**{"my:deep": nested(100)}), None),
        (an_item(geometry={"type": "Point", "coordinates": [200, 0]}), "/geometry/coordinates/0"),
        (an_item(assets=[]), "/assets"),
        (an_item(""), "/id"),
        (an_item("a\nb"), "/id"),
        (an_item("a/../b"), "/id"),
        (an_item(type="Collection"), "/type"),
        (an_item(stac_version="0.5.2"), "/stac_version"),
        (an_item(datetime="yesterday"), "/properties/datetime"),
        (an_item(datetime=None), None),
        (an_item(start_datetime="2024-01-02T00:00:00Z", end_datetime="2024-01-01T00:00:00Z"), "/properties/datetime"),
        (an_item(properties={"datetime": "2024-06-01T10:00:00Z", 5: "x"}), None),
    ],
)
def test_what_cannot_be_stored_is_refused_by_its_place(collection, document, pointer):
    problems = refused(document)
    assert pointer is None or pointer in problems


@pytest.mark.parametrize("document", [None, [], "text", {}, {"type": "Feature"}])
def test_what_is_no_item_is_refused(collection, document):
    with pytest.raises((InvalidDocument, NotFound)):
        transactions.create_item(document, collection="scenes")


@pytest.mark.parametrize("document", [None, [], "text", {}, {"id": 5}, {"id": "a\0"}])
@pytest.mark.parametrize(
    "verb",
    [
        functools.partial(transactions.create_item, collection="scenes"),
        functools.partial(transactions.replace_item, collection="scenes"),
        transactions.create_collection,
        transactions.replace_collection,
        transactions.create_catalog,
        transactions.replace_catalog,
    ],
)
def test_every_verb_refuses_what_is_no_document(collection, verb, document):
    with pytest.raises(InvalidDocument):
        verb(document)


@pytest.mark.parametrize(
    "verb",
    [
        lambda odd: transactions.delete_item("scenes", odd),
        lambda odd: transactions.delete_item(odd, "scene"),
        lambda odd: transactions.create_item(an_item(collection=odd)),
        transactions.delete_collection,
        transactions.delete_catalog,
    ],
)
@pytest.mark.parametrize("odd", ["\0", "\ud800", "x" * 3000])
def test_ids_that_nothing_can_have_are_not_found(collection, verb, odd):
    with pytest.raises(NotFound):
        verb(odd)


def test_ids_have_at_most_a_thousand_bytes(collection):
    assert transactions.create_item(an_item("é" * 500)).pk
    assert "1000 bytes" in refused(an_item("é" * 501))["/id"]


def test_unsound_documents_are_refused_with_validation_off(collection, settings):
    settings.DJANGO_STAC = {"VALIDATION": "off"}
    assert refused(an_item(**{"eo:cloud_cover": float("inf")}))
    assert refused(an_item(datetime=None))


def test_validation_can_be_off(collection, settings):
    settings.DJANGO_STAC = {"VALIDATION": "off"}
    assert transactions.create_item(an_item(links=[{"href": "https://example.com"}])).pk


def test_the_scheme_of_stored_files_is_reserved(collection):
    assert "stac-file:" in refused(an_item(assets={"x": {"href": "stac-file:scenes/secret.tif"}}))[""]


def test_replacing_keeps_published_and_created(collection):
    first = transactions.create_item(an_item(), published=False)
    second = transactions.replace_item(an_item(**{"eo:cloud_cover": 3}))
    assert (second.pk, second.published, second.created) == (first.pk, False, first.created)
    assert Item.objects.get().properties["eo:cloud_cover"] == 3


def test_replacing_what_is_not_there_is_not_found(collection):
    with pytest.raises(NotFound):
        transactions.replace_item(an_item())


def test_a_stale_writer_is_refused(collection):
    transactions.create_item(an_item())
    with pytest.raises(PreconditionFailed):
        transactions.replace_item(an_item(**{"eo:cloud_cover": 3}), if_match="0" * 32)
    assert Item.objects.get().properties == {"datetime": "2024-06-01T10:00:00.000000Z"}


def test_deleting_asks_for_the_digest_that_was_read(collection):
    item = transactions.create_item(an_item())
    with pytest.raises(PreconditionFailed):
        transactions.delete_item("scenes", "scene", if_match="0" * 32)
    transactions.delete_item("scenes", "scene", if_match=item.digest)
    assert not Item.objects.exists()


def test_changes_are_announced_after_the_commit(collection, django_capture_on_commit_callbacks):
    heard = []
    signals.items_changed.connect(lambda **news: heard.append(news), weak=False, dispatch_uid="test")
    with django_capture_on_commit_callbacks(execute=True):
        transactions.create_item(an_item())
        assert not heard
    signals.items_changed.disconnect(dispatch_uid="test")
    assert heard[0]["created"] == [("scenes", "scene")]


def test_a_write_marks_its_collection_and_an_unchanged_one_does_not(collection):
    Mark.objects.all().delete()
    transactions.create_item(an_item())
    assert Mark.objects.count() == 1
    transactions.replace_item(an_item())
    assert Mark.objects.count() == 1


def test_put_stores_through_the_gate(db):
    (item,) = put(an_item("a/b"))
    assert item.collection.document == a_collection()


# Many at once


def test_items_of_a_queryset_are_deleted(collection):
    put(*(an_item(name) for name in "abc"))
    assert transactions.delete_items(Item.objects.filter(item_id__lt="c")) == 2
    assert [item.item_id for item in Item.objects.all()] == ["c"]


def test_items_are_deleted_by_row_and_by_primary_key(collection):
    one, other, _ = put(*(an_item(name) for name in "abc"))
    assert transactions.delete_items([one, other.pk, one, 2**40]) == 2
    assert [item.item_id for item in Item.objects.all()] == ["c"]


def test_deleted_items_are_announced_and_marked_once(collection, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr("django_stac.transactions.rows.BATCH", 2)
    put(*(an_item(name) for name in "bac"), an_item("d", collection="others"))
    Mark.objects.all().delete()
    heard = []
    signals.items_changed.connect(lambda **news: heard.append(news["deleted"]), weak=False, dispatch_uid="test")
    with django_capture_on_commit_callbacks(execute=True):
        transactions.delete_items(Item.objects.all())
    signals.items_changed.disconnect(dispatch_uid="test")
    assert heard == [[("scenes", "a"), ("scenes", "b"), ("scenes", "c"), ("others", "d")]]
    assert Mark.objects.count() == 2


def test_deleting_many_that_fails_deletes_none(collection, monkeypatch):
    monkeypatch.setattr("django_stac.transactions.rows.BATCH", 1)
    put(an_item("a"), an_item("b"))
    monkeypatch.setattr("django_stac.transactions.gate.Write.mark", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        transactions.delete_items(Item.objects.all())
    assert Item.objects.count() == 2


@pytest.mark.parametrize("rows", [Collection.objects.all, lambda: [Collection.objects.get()], lambda: ["a"]])
def test_what_is_no_item_is_not_deleted(collection, rows):
    with pytest.raises((TypeError, ValueError)):
        transactions.delete_items(rows())
    assert Collection.objects.exists()


@pytest.mark.parametrize(("at_most", "left"), [(1, 2), (2, 0), (None, 0)])
def test_no_more_items_are_deleted_than_somebody_agreed_to(collection, at_most, left):
    put(an_item("a"), an_item("b"))
    with nullcontext() if not left else pytest.raises(PreconditionFailed, match="2 items would be deleted"):
        transactions.delete_items(Item.objects.all(), at_most=at_most)
    assert Item.objects.count() == left
