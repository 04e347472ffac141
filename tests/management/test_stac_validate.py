"""The command ``stac_validate``: what it checks, and how problems are told."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from django_stac import transactions
from django_stac.management.commands import stac_validate
from tests.factories import a_catalog, a_collection, an_item, put, put_catalog, put_collection
from tests.shared import SHARED, needs_shared
from tests.transactions.extension import GRADE, graded, keep_schemas

pytestmark = pytest.mark.django_db

WRONG = {"properties": {"gsd": -1}}


@pytest.fixture
def shelf():
    """A catalogue, two collections and four items, two of them wrong, all stored with validation off."""
    put_catalog()
    for name in ("scenes", "others"):
        put_collection(name)
        transactions.set_validation(name, level="off")
    put(an_item("a"), an_item("b", **WRONG), an_item("c", collection="others"))
    put(an_item("b", collection="others", **WRONG))


def validate(*paths, **options):
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("stac_validate", *map(str, paths), json=True, stdout=out, stderr=err, **options)
    except CommandError as error:
        code, said = error.returncode, str(error)
        err.write(said)
    return json.loads(out.getvalue() or "{}") | {"code": code, "said": err.getvalue()}


def outcome(report):
    return report["unchanged"], report["failed"], report["code"]


def test_rows_are_checked_as_their_collections_ask(shelf):
    assert outcome(validate()) == (7, 0, 0)


def test_a_level_may_be_asked_for(shelf):
    report = validate(level="core")
    assert outcome(report) == (5, 2, 1)
    assert report["problems"] == [
        {
            "pointer": "/properties/gsd",
            "message": "must be greater than 0",
            "count": 2,
            "examples": ["scenes/b", "others/b"],
        }
    ]


def test_one_collection_is_checked(shelf):
    assert outcome(validate(collections=["scenes"], level="core")) == (2, 1, 1)


def test_items_are_checked_by_their_ids(shelf):
    assert outcome(validate(items=["b"], level="core")) == (0, 2, 1)
    assert outcome(validate(items=["b"], collections=["others"], level="core")) == (0, 1, 1)


def test_an_item_that_is_not_there_fails(shelf):
    report = validate(items=["a", "z"])
    assert (outcome(report), report["failures"][0]["source"]) == ((1, 1, 1), "z")


def test_an_unknown_collection_is_wrong_usage(shelf):
    report = validate(collections=["nowhere"])
    assert (report["code"], "nowhere" in report["said"]) == (2, True)


def test_many_are_read_in_batches(shelf, monkeypatch):
    monkeypatch.setattr(stac_validate, "BATCH", 2)
    assert outcome(validate(level="core")) == (5, 2, 1)


def test_only_the_first_of_a_kind_are_named(shelf):
    for number in range(5):
        transactions.create_item(an_item(f"x{number}", **WRONG))
    report = validate(level="core")
    assert (report["failed"], len(report["failures"])) == (7, 3)


def test_extensions_that_nobody_can_check_are_told_and_fail_nothing(shelf):
    put(graded(an_item("d"), 0))
    report = validate(collections=["scenes"], items=["d"], level="extensions")
    assert outcome(report) == (1, 0, 0)
    assert report["unchecked"] == [
        {"extension": GRADE, "reason": "its schema is not in the cache", "count": 1, "examples": ["scenes/d"]}
    ]
    assert "stac_schemas" in report["said"]


def test_stored_schemas_and_rules_are_asked(shelf):
    keep_schemas()
    put(graded(an_item("d"), 0))
    transactions.set_validation("scenes", level="extensions", rules={"item_assets": "keys"})
    assert {each["pointer"] for each in validate(items=["d"])["problems"]} == {
        "/properties/grade:value",
        "/assets/data",
    }


def test_stored_collections_and_catalogues_are_checked():
    put_collection()
    transactions.set_validation("scenes", level="off")
    transactions.replace_collection(a_collection(license=7))
    report = validate(level="core")
    assert [each["examples"] for each in report["problems"]] == [["scenes"]]


# Files


def test_files_are_checked_and_nothing_is_stored(tmp_path):
    documents = [an_item("a"), an_item("b", **WRONG), a_collection(), a_catalog(), "text"]
    (tmp_path / "all.ndjson").write_text("\n".join(map(json.dumps, documents)))
    report = validate(tmp_path)
    assert outcome(report) == (3, 2, 1)
    assert [failure["source"].rpartition(":")[2] for failure in report["failures"]] == ["2", "5"]


def test_an_item_of_a_stored_collection_is_checked_as_that_one_asks(shelf, tmp_path):
    file = tmp_path / "item.json"
    file.write_text(json.dumps(an_item(**WRONG)))
    assert outcome(validate(file)) == (1, 0, 0)


def test_an_item_of_no_collection_is_valid(tmp_path):
    file = tmp_path / "item.json"
    file.write_text(json.dumps({name: value for name, value in an_item().items() if name != "collection"}))
    assert outcome(validate(file)) == (1, 0, 0)


def test_files_and_rows_are_not_checked_together(tmp_path):
    assert validate(tmp_path, items=["a"])["code"] == 2
    assert validate(tmp_path / "nowhere.json")["code"] == 2


def test_a_collection_of_an_old_version_is_known_as_one(tmp_path):
    old = a_collection(stac_version="0.9.0")
    del old["type"]
    (tmp_path / "old.json").write_text(json.dumps(old))
    assert outcome(validate(tmp_path)) == (1, 0, 0)


@needs_shared
def test_published_documents_are_valid_for_their_extensions_but_for_one():
    call_command("stac_schemas", sources=[str(SHARED / "data" / "schemas")], stderr=StringIO())
    report = validate(*(SHARED / "data" / "stac" / name for name in PUBLISHED), level="extensions")
    found = {each["pointer"]: each["message"] for each in report["problems"]}
    assert found == {"/properties/s2:sequence": "must be left out: the schema knows no such member (sentinel-2 v1.0.0)"}
    assert (report["unchanged"] > 200, report["unchecked"]) == (True, [])


PUBLISHED = ("spec-examples-v1.1.0", "spec-examples-v1.0.0", "earth-search", "landsat-c2-l2", "naip")
