"""What the gate would say of stored documents."""

import pytest

from django_stac import transactions
from django_stac.transactions.judging import findings, findings_of
from django_stac.transactions.strictness import site_strictness
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
def test_documents_of_every_type_are_judged(document):
    assert findings(document, strictness=site_strictness(), collection_id="scenes").problems == []
    broken = {**document, "id": ""}
    assert findings(broken, strictness=site_strictness(), collection_id="scenes").problems[0].pointer == "/id"
