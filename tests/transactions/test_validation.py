"""The verb by which owners say how strictly a collection's documents are judged."""

import pytest

from django_stac import signals, transactions
from django_stac.exceptions import InvalidDocument, NotFound
from django_stac.models import Collection, Validation
from tests.factories import a_collection, an_item, put, put_collection
from tests.transactions.extension import GRADE, graded, keep_schemas

pytestmark = pytest.mark.django_db

WRONG = {"properties": {"gsd": -1}}


def is_taken(document):
    try:
        put(document)
    except InvalidDocument:
        return False
    return True


@pytest.mark.parametrize(
    ("level", "taken"),
    [
        ("", [False, True]),
        (Validation.OFF, [True, True]),
        (Validation.CORE, [False, True]),
        (Validation.EXTENSIONS, [False, False]),
    ],
)
def test_each_collection_has_a_level_of_its_own(level, taken):
    keep_schemas()
    put_collection()
    put_collection("others")
    transactions.set_validation("scenes", level=level)
    assert [is_taken(an_item("a", **WRONG)), is_taken(graded(an_item("b"), 0))] == taken
    assert is_taken(graded(an_item("c", collection="others"), 0))


def test_a_level_concerns_the_collection_itself():
    put_collection()
    keep_schemas()
    transactions.set_validation("scenes", level="off")
    assert transactions.replace_collection(a_collection(license=7)).document["license"] == 7


def test_what_is_none_stays_and_what_is_empty_is_taken_back():
    put_collection()
    transactions.set_validation("scenes", level="off", rules={"extensions": [GRADE]})
    kept = transactions.set_validation("scenes")
    assert (kept.validation, kept.rules) == ("off", {"extensions": [GRADE]})
    back = transactions.set_validation("scenes", level="", rules={})
    assert (back.validation, back.rules) == ("", {})


def test_rules_are_kept_beside_the_document_and_outlive_it():
    digest = put_collection().digest
    transactions.set_validation("scenes", rules={"item_assets": "keys"})
    assert Collection.objects.get().digest == digest
    transactions.replace_collection(a_collection(title="Other"))
    assert Collection.objects.get().rules == {"item_assets": "keys"}


@pytest.mark.parametrize(
    ("rules", "pointer"),
    [
        ({"extensions": [GRADE]}, "/stac_extensions"),
        ({"schema": {"properties": {"properties": {"required": ["mission"]}}}}, "/properties/mission"),
        ({"item_assets": "keys"}, "/assets/data"),
    ],
)
def test_items_must_keep_the_rules_by_every_verb(rules, pointer):
    put(an_item("old"))
    transactions.set_validation("scenes", rules=rules)
    for write in (transactions.create_item, transactions.replace_item):
        with pytest.raises(InvalidDocument) as caught:
            write(an_item("old" if write is transactions.replace_item else "new", **{"x:y": 1}))
        assert [problem.pointer for problem in caught.value.problems] == [pointer]
    report = transactions.upsert_items([an_item("new")])
    assert (report.failed, pointer in report.failures[0].message) == (1, True)


def test_item_assets_are_those_of_the_collection_as_it_stands():
    put_collection(item_assets={"data": {"type": "image/tiff; application=geotiff", "title": "Data"}})
    transactions.set_validation("scenes", rules={"item_assets": "match"})
    assert is_taken(an_item("fits"))
    assert not is_taken(an_item("differs", assets={"data": {"href": "https://a.b/c.png", "type": "image/png"}}))


def test_at_the_level_off_no_rule_is_asked():
    put_collection()
    transactions.set_validation("scenes", level="off", rules={"item_assets": "keys"})
    assert is_taken(an_item())


def test_wrong_rules_are_refused_whole_with_their_places():
    put_collection()
    with pytest.raises(InvalidDocument) as caught:
        transactions.set_validation("scenes", level="off", rules={"assets": 1, "schema": {"type": "x"}})
    assert [problem.pointer for problem in caught.value.problems] == ["/assets", "/schema"]
    assert Collection.objects.get().validation == ""


def test_an_unknown_level_is_refused():
    put_collection()
    with pytest.raises(ValueError, match="strict"):
        transactions.set_validation("scenes", level="strict")


def test_an_unknown_collection_has_no_level():
    with pytest.raises(NotFound, match="nowhere"):
        transactions.set_validation("nowhere", level="off")


def test_it_is_announced_once(django_capture_on_commit_callbacks):
    put_collection()
    heard = []

    def hear(updated, **kwargs):
        heard.append(updated)

    signals.collections_changed.connect(hear)
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            transactions.set_validation("scenes", level="off")
    signals.collections_changed.disconnect(hear)
    assert heard == [["scenes"]]
