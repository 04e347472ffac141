"""What the published items of a collection say."""

import random
from importlib import import_module

import pytest
from django.db import OperationalError, transaction

from django_stac import transactions
from django_stac.models import Collection, Item, Mark
from tests.factories import an_item, box, put, put_collection

deriving = import_module("django_stac.transactions.derive")


def derived():
    transactions.derive()
    return Collection.objects.get().derived


def bbox_of_items(*geometries):
    put(*(an_item(str(number), geometry=geometry) for number, geometry in enumerate(geometries)))
    return derived()["extent"]["spatial"]["bbox"]


def fiji():
    parts = [box(177, -18, 180, -16), box(-180, -18, -178, -16)]
    return {"type": "MultiPolygon", "coordinates": [part["coordinates"] for part in parts]}


def test_the_extent_is_that_of_the_items(db):
    put(an_item("a"), an_item("b", geometry=box(12, 40, 13, 41), datetime="2025-01-01T00:00:00Z"))
    facts = derived()
    assert facts["count"] == 2
    assert facts["extent"]["spatial"]["bbox"] == [[10, 40, 13, 46]]
    assert facts["extent"]["temporal"]["interval"] == [["2024-06-01T10:00:00Z", "2025-01-01T00:00:00Z"]]


def test_ranges_count_with_both_ends(db):
    put(an_item(datetime=None, start_datetime="2020-01-01T00:00:00Z", end_datetime="2020-12-31T00:00:00Z"))
    assert derived()["extent"]["temporal"]["interval"] == [["2020-01-01T00:00:00Z", "2020-12-31T00:00:00Z"]]


def test_an_extent_across_the_antimeridian_is_narrow(db):
    assert bbox_of_items(fiji(), box(170, -40, 172, -38)) == [[170, -40, -178, -16]]


def test_items_of_both_hemispheres_make_a_plain_box(db):
    assert bbox_of_items(box(-100, 0, -90, 10), box(90, 0, 100, 10), box(-5, 0, 5, 10)) == [[-100, 0, 100, 10]]


def test_an_item_across_longitude_zero_forbids_the_shifted_box(db):
    assert bbox_of_items(fiji(), box(-5, 0, 5, 10)) == [[-180, -18, 180, 10]]


@pytest.mark.parametrize("published", [True, False])
def test_only_published_items_count(db, published):
    put(an_item("a"))
    put(an_item("b", geometry=box(50, 0, 51, 1), **{"eo:cloud_cover": 1}), published=published)
    facts = derived()
    assert facts["count"] == 1 + published
    assert ("eo:cloud_cover" in facts["summaries"]) == published


def test_no_items_are_the_whole_world(db):
    put_collection()
    facts = derived()
    assert facts["extent"] == {"spatial": {"bbox": [[-180, -90, 180, 90]]}, "temporal": {"interval": [[None, None]]}}


def test_summaries_are_ranges_of_numbers_and_lists_of_texts(db):
    put(an_item("a", **{"eo:cloud_cover": 1.5, "my:name": "x"}), an_item("b", **{"eo:cloud_cover": 9, "my:name": "y"}))
    assert derived()["summaries"] == {"eo:cloud_cover": {"minimum": 1.5, "maximum": 9}, "my:name": ["x", "y"]}


@pytest.mark.parametrize(("count", "is_listed"), [(50, True), (51, False)])
def test_more_than_fifty_texts_are_no_summary(db, count, is_listed):
    put_collection()
    names = [f"{number:02}" for number in range(count)]
    transactions.upsert_items([an_item(name, **{"my:name": name}) for name in names])
    assert derived()["summaries"].get("my:name") == (names if is_listed else None)


def test_a_field_of_numbers_and_texts_is_summarised_once(db):
    put(an_item("a", **{"my:odd": 5}), an_item("b", **{"my:odd": "five"}), an_item("c", **{"my:odd": [1]}))
    assert derived()["summaries"]["my:odd"] in (["five"], {"minimum": 5, "maximum": 5})


def test_odd_names_and_extreme_values_are_summarised(db):
    put(an_item("a", **{"%s:'\"": "%(x)s", "my:big": 2**64 - 1, "my:small": 5e-324, "my:huge": 1e308}))
    assert derived()["summaries"]["%s:'\""] == ["%(x)s"]


def test_the_years_one_and_9999_are_an_extent(db):
    put(an_item("a", datetime="0001-01-01T00:00:00Z"), an_item("b", datetime="9999-12-31T23:59:59.999999Z"))
    assert derived()["extent"]["temporal"]["interval"] == [["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"]]


def test_items_without_a_place_are_the_whole_world(db):
    put(an_item(geometry=None))
    facts = derived()
    assert (facts["count"], facts["extent"]["spatial"]["bbox"]) == (1, [[-180, -90, 180, 90]])


def test_marks_are_consumed(db):
    put(an_item())
    assert transactions.derive() == ["scenes"]
    assert transactions.derive() == []
    assert not Mark.objects.exists()


def test_publishing_asks_for_the_facts_again(db):
    put(an_item())
    derived()
    transactions.set_published(Item.objects.get(), published=False)
    assert derived()["count"] == 0


def test_marks_of_a_named_collection_are_consumed_and_those_of_others_stay(db):
    put(an_item("a"), an_item("b", collection="others"))
    transactions.derive(collections=["scenes"])
    assert transactions.derive() == ["others"]


def test_named_collections_are_computed_without_a_mark(db):
    put(an_item())
    derived()
    assert transactions.derive(collections=["scenes", "none", "\0"]) == ["scenes"]


def test_named_collections_have_no_mark_afterwards(db):
    put(an_item("a"), an_item("b", collection="other"))
    transactions.derive(collections=["scenes"])
    assert transactions.derive() == ["other"]


# What changes


def three():
    """Items in a row from west to east, one a year, with a number and a text each."""
    put(
        *(
            an_item(
                name,
                geometry=box(number, 0, number + 1, 1),
                datetime=f"202{number}-01-01T00:00:00Z",
                **{"x:number": number, "x:name": name},
            )
            for number, name in enumerate("abc")
        )
    )
    return derived()


def without_properties(facts):
    return {name: fact for name, fact in facts.items() if name not in ("properties", "is_partial")}


def first_two(facts):
    assert facts["properties"]["x:name"] == {"count": 2, "type": "string", "enum": ["a", "b"]}
    assert without_properties(facts) == {
        "count": 2,
        "extent": {
            "spatial": {"bbox": [[0, 0, 2, 1]]},
            "temporal": {"interval": [["2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"]]},
        },
        "summaries": {"x:number": {"minimum": 0, "maximum": 1}, "x:name": ["a", "b"]},
    }
    return True


@pytest.mark.parametrize(
    "verb",
    [
        lambda items: transactions.delete_item("scenes", "c"),
        transactions.delete_items,
        lambda items: transactions.set_published(items.get(), published=False),
        lambda items: transactions.set_published(items, published=False),
    ],
)
def test_what_goes_takes_its_place_time_and_values_along(db, verb):
    assert three()["count"] == 3
    verb(Item.objects.filter(item_id="c"))
    assert first_two(derived())


@pytest.mark.parametrize("replace", [transactions.replace_item, lambda document: transactions.upsert_items([document])])
def test_an_item_that_moves_in_place_and_time_leaves_nothing_behind(db, replace):
    three()
    replace(an_item("c", geometry=box(0, 0, 2, 1), datetime="2020-06-01T00:00:00Z", **{"x:name": "a"}))
    facts = derived()
    assert facts["extent"]["spatial"]["bbox"] == [[0, 0, 2, 1]]
    assert facts["extent"]["temporal"]["interval"] == [["2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"]]
    assert facts["summaries"] == {"x:number": {"minimum": 0, "maximum": 1}, "x:name": ["a", "b"]}


def test_what_is_shown_again_counts_again(db):
    before = three()
    transactions.set_published(Item.objects.all(), published=False)
    assert derived()["count"] == 0
    transactions.set_published(Item.objects.all(), published=True)
    assert derived() == before


def test_the_last_item_leaves_the_whole_world(db):
    three()
    transactions.delete_items(Item.objects.all())
    assert derived() == {
        "count": 0,
        "extent": {"spatial": {"bbox": [[-180, -90, 180, 90]]}, "temporal": {"interval": [[None, None]]}},
        "summaries": {},
        "properties": {},
        "is_partial": False,
    }


def test_a_hidden_collection_keeps_the_facts_of_its_published_items(db):
    before = three()
    transactions.set_published(Collection.objects.get(), published=False)
    assert Mark.objects.count() == 1
    assert derived() == before


def test_replacing_the_document_of_a_collection_keeps_the_facts_of_its_items(db):
    before = three()
    transactions.replace_collection({**Collection.objects.get().document, "title": "Other"})
    assert derived() == before


def told(documents):
    """The facts of documents with boxes, by counting in Python."""
    boxes, times = zip(*((each["bbox"], each["properties"]["datetime"]) for each in documents), strict=True)
    numbers = [each["properties"]["x:number"] for each in documents]
    low, high = (min(box[:2] for box in boxes), max(box[2:] for box in boxes))
    bbox = [low[0], min(box[1] for box in boxes), high[0], max(box[3] for box in boxes)]
    return {
        "count": len(documents),
        "extent": {"spatial": {"bbox": [bbox]}, "temporal": {"interval": [[min(times), max(times)]]}},
        "summaries": {"x:number": {"minimum": min(numbers), "maximum": max(numbers)}},
    }


def any_item(chance, item_id):
    west, south, year = chance.randrange(90), chance.randrange(80), chance.randrange(1900, 2100)
    corners = [west, south, west + 1, south + 1]
    moment = f"{year}-01-01T00:00:00Z"
    return an_item(item_id, geometry=box(*corners), bbox=corners, datetime=moment, **{"x:number": chance.random()})


@pytest.mark.parametrize("seed", range(8))
def test_any_history_ends_in_the_facts_of_what_stands(db, seed):
    chance, standing, hidden = random.Random(seed), {}, set()
    put_collection()
    for _ in range(40):
        item_id = f"i{chance.randrange(12)}"
        item, is_hidden = Item.objects.filter(item_id=item_id), chance.random() < 0.5
        match chance.choice(["upsert", "upsert", "delete", "publish", "derive"]):
            case "upsert":
                standing[item_id] = any_item(chance, item_id)
                transactions.upsert_items([standing[item_id]])
            case "delete":
                assert transactions.delete_items(item) == (standing.pop(item_id, None) is not None)
                hidden.discard(item_id)
            case "publish" if item_id in standing:
                transactions.set_published(item, published=not is_hidden)
                (hidden.add if is_hidden else hidden.discard)(item_id)
            case _:
                transactions.derive()
    transactions.upsert_items([standing.setdefault("last", any_item(chance, "last"))])
    shown = [document for name, document in standing.items() if name not in hidden]
    assert without_properties(derived()) == told(shown)


# What fails


def test_a_writer_that_takes_everything_back_leaves_facts_and_no_mark(db):
    before = three()
    with transaction.atomic():
        transactions.delete_items(Item.objects.all())
        transactions.upsert_items([an_item("d")])
        transaction.set_rollback(True)
    assert not Mark.objects.exists()
    assert derived() == before


def test_a_derivation_that_dies_half_way_stores_nothing_and_loses_no_mark(db, monkeypatch):
    put(an_item("a"), an_item("b", collection="others"))
    whole, asked = deriving.facts, []

    def facts(collection, using):
        asked.append(collection)
        if len(asked) == 2:
            raise OperationalError("server closed the connection unexpectedly")
        return whole(collection, using)

    monkeypatch.setattr(deriving, "facts", facts)
    with pytest.raises(OperationalError):
        transactions.derive()
    assert set(Collection.objects.values_list("derived", flat=True)) == {None}
    assert sorted(transactions.derive()) == ["others", "scenes"]
