"""What the gate would say of stored documents."""

import pytest

from django_stac import transactions
from django_stac.transactions.judging import Judge, findings_of
from tests.factories import a_catalog, a_collection, an_item, put, put_catalog, put_collection
from tests.transactions.extension import GRADE, graded, keep_schemas

pytestmark = pytest.mark.django_db


def test_a_row_is_judged_as_strictly_as_its_collection_is_now():
    (item,) = put(graded(an_item(), 0))
    assert transactions.problems_of(item) == ()
    keep_schemas()
    item.collection = transactions.set_validation("scenes", level="extensions")
    assert [problem.pointer for problem in transactions.problems_of(item)] == ["/properties/grade:value"]


def test_extensions_that_nobody_can_check_are_told():
    (item,) = put(graded(an_item(), 0))
    item.collection = transactions.set_validation("scenes", level="extensions")
    assert findings_of(item).unchecked == {GRADE: "its schema is not in the cache"}


def test_rows_of_every_type_are_judged():
    assert [findings_of(row).problems for row in (put_collection(), put_catalog())] == [[], []]
    with pytest.raises(TypeError, match="str is no item"):
        findings_of("x")


@pytest.mark.parametrize("document", [a_collection(), a_catalog(), an_item()])
def test_documents_that_are_not_stored_are_judged_too(document):
    judge = Judge("default")
    assert judge.document(document, None, collection_id="scenes").problems == []
    assert judge.document({**document, "id": ""}, None).problems[0].pointer == "/id"


def test_another_level_may_be_asked_for():
    (item,) = put(graded(an_item(), 0))
    keep_schemas()
    found = {level: len(next(Judge("default", level=level).items([item])).problems) for level in ("core", "extensions")}
    assert found == {"core": 0, "extensions": 1}


def test_a_thousand_items_cost_a_handful_of_statements(django_assert_num_queries):
    items = put(*(graded(an_item(str(number)), 1) for number in range(20)))
    keep_schemas()
    judge = Judge("default", level="extensions")
    list(judge.items(items[:1]))
    with django_assert_num_queries(1):
        assert [found.problems for found in judge.items(items)] == [[]] * 20
