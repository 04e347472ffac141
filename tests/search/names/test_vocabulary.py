"""All that a search of items may name."""

import random

import jsonschema_rs
import pytest
from django.test import override_settings

from django_stac import transactions
from django_stac.cql2.queryables import Kind
from django_stac.documents.queryables import present_queryables
from django_stac.models import Collection, ExtentMode, Item
from django_stac.models.gate import open_gate
from django_stac.search.names.vocabulary import vocabulary_of
from tests.factories import a_collection, an_item, put, put_collection
from tests.statements import statements

pytestmark = pytest.mark.django_db


def declare(collection_id, **schemas):
    with open_gate():
        Collection.objects.filter(collection_id=collection_id).update(queryables=schemas)


def vocabulary(*ids):
    transactions.derive()
    return vocabulary_of(Collection.objects.all(), ids)


def described(name, *ids):
    found = vocabulary(*ids).known[name]
    return found.kind, dict(found.schema)


def test_the_core_is_there_without_any_item():
    found = vocabulary()
    assert list(found.known) == [
        "id", "collection", "geometry", "datetime", "start_datetime", "end_datetime", "created", "updated",
    ]  # fmt: skip
    assert (found.known["datetime"].kind, found.is_open) == (Kind.PERIOD, False)


def test_collections_are_listed_while_they_are_few():
    put_collection("b")
    put_collection("a")
    assert described("collection")[1]["enum"] == ["a", "b"]
    assert described("collection", "b")[1]["enum"] == ["b"]


def test_one_property_of_several_collections_is_described_once():
    put(an_item("a", **{"x:y": 1}), an_item("b", collection="others", **{"x:y": 2.5}))
    assert described("x:y") == (Kind.NUMBER, {"type": "number", "minimum": 1, "maximum": 2.5})
    assert described("x:y", "scenes") == (Kind.NUMBER, {"type": "integer", "minimum": 1, "maximum": 1})


def untold(*ids):
    transactions.derive()
    return vocabulary_of(Collection.objects.all().without_derived(), ids)


def test_where_nothing_derived_is_told_there_may_be_more_than_the_owner_declares():
    put(an_item("a", **{"x:y": "secret", "x:z": 1}))
    declare("scenes", **{"x:z": {"type": "integer"}})
    assert {"x:y", "x:z"} <= vocabulary().known.keys()
    assert ("x:y" in untold().known, "x:z" in untold().known, untold().is_open) == (False, True, True)


def test_a_known_name_has_a_title_and_its_type_with_the_values_that_are_seen():
    put(an_item("a", **{"eo:cloud_cover": 7, "sat:orbit_state": "ascending"}))
    kind, schema = described("eo:cloud_cover")
    assert (kind, schema["title"], schema["type"], schema["maximum"]) == (Kind.NUMBER, "Cloud cover", "number", 7)
    assert described("sat:orbit_state")[1]["enum"] == ["ascending"]


def test_kinds_in_conflict_are_any():
    put(an_item("a", **{"x:y": 1}), an_item("b", collection="others", **{"x:y": "one"}))
    assert described("x:y") == (Kind.ANY, {"type": ["integer", "string"]})


def test_a_known_name_settles_a_conflict():
    put(an_item("a", **{"eo:cloud_cover": 1}), an_item("b", **{"eo:cloud_cover": "3.14"}))
    kind, schema = described("eo:cloud_cover")
    assert (kind, schema["type"], schema["maximum"]) == (Kind.NUMBER, "number", 100)


def test_what_is_seen_goes_before_what_is_known():
    put(an_item("a", **{"eo:cloud_cover": "few"}))
    assert described("eo:cloud_cover")[1] == {
        "title": "Cloud cover", "description": "In per cent.", "type": "string", "enum": ["few"],
    }  # fmt: skip


def test_what_an_owner_declares_goes_before_what_is_seen():
    put(an_item("a", **{"x:y": "2020"}))
    declare("scenes", **{"x:y": {"type": "string", "format": "date"}, "x:new": {"type": "boolean"}})
    assert described("x:y") == (Kind.DATE, {"type": "string", "format": "date"})
    assert described("x:new")[0] is Kind.BOOLEAN


@override_settings(DJANGO_STAC={"QUERYABLES": {"x:y": {"type": "integer", "title": "Y"}}})
def test_what_the_site_declares_goes_before_all():
    put(an_item("a", **{"x:y": "2020"}))
    declare("scenes", **{"x:y": {"type": "boolean"}})
    assert described("x:y") == (Kind.NUMBER, {"type": "integer", "title": "Y"})


def test_summaries_name_what_no_item_has():
    summaries = {"x:range": {"minimum": 1, "maximum": 2.5}, "x:list": ["a"], "x:times": ["2020-01-01T00:00:00Z"]}
    put_collection(summaries=summaries, keywords=["k"])
    known = vocabulary().known
    assert [known[name].kind for name in summaries] == [Kind.NUMBER, Kind.TEXT, Kind.INSTANT]
    assert known["x:range"].schema == {"type": "number", "minimum": 1, "maximum": 2.5}
    assert known["x:list"].schema == {"type": "string", "enum": ["a"]}
    assert not {"keywords", "title", "license"} & known.keys()


def test_summaries_of_arrays_are_no_texts():
    put_collection(summaries={"instruments": ["msi"], "platform": ["a"]})
    known = vocabulary().known
    assert known["instruments"].schema["items"] == {"type": "string", "enum": ["msi"]}
    assert known["platform"].schema["enum"] == ["a"]


def test_summaries_of_another_type_than_is_known_say_nothing():
    put_collection(summaries={"eo:cloud_cover": ["few"]})
    assert "eo:cloud_cover" not in vocabulary().known


def test_summaries_are_told_where_they_are_the_documents_own():
    put_collection(summaries={"x:list": ["a"]})
    transactions.create_collection(a_collection("made"), extent_mode=ExtentMode.DERIVED)
    put(an_item("a", collection="made", properties={"platform": "secret"}))
    assert untold().known["x:list"].schema["enum"] == ["a"]
    assert ("platform" in vocabulary().known, "platform" in untold().known) == (True, False)


def test_what_was_not_derived_leaves_it_open():
    put_collection("done")
    transactions.derive()
    assert not vocabulary_of(Collection.objects.all()).is_open
    put(an_item("a"))
    assert vocabulary_of(Collection.objects.all()).is_open
    assert not vocabulary_of(Collection.objects.all(), ["done"]).is_open


def test_what_was_not_kept_leaves_it_open():
    put(an_item("a", properties={f"x:{number}": 1 for number in range(600)}))
    assert vocabulary().is_open


def test_many_collections_cost_one_statement():
    put(*(an_item("a", collection=f"c{number}") for number in range(3)))
    transactions.derive()
    with statements() as seen:
        vocabulary_of(Collection.objects.all())
    assert len(seen) == 1


def any_value(chance):
    """A value of a JSON type, or null."""
    return chance.choice([
        chance.randrange(-5, 5), chance.random(), 1e20, chance.choice("abc"), "é" * 201, str(chance.random()), True,
        None, [], [1, "a"], [None], {"a": 1}, "2020-02-30", f"20{chance.randrange(10, 30)}-01-01",
        f"20{chance.randrange(10, 30)}-01-01T00:00:00.{chance.randrange(10)}Z",
    ])  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_every_item_fits_what_is_said_of_all(seed):
    chance = random.Random(seed)
    for number in range(40):
        held = {f"x:{name}": any_value(chance) for name in "abcdef" if chance.random() < 0.4}
        put(an_item(f"i{number}", collection=chance.choice("abc"), properties=held, **{"x:few": chance.choice("pq")}))
    for ids in ("a", "bc", "abc"):
        schema = jsonschema_rs.validator_for(present_queryables(vocabulary(*ids), "", ""))
        for item in Item.objects.in_collections(ids):
            schema.validate({name: value for name, value in item.properties.items() if value is not None})
