"""The stored schemas of extensions: each change is seen by the next write, and nothing else is read again."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from django_stac import transactions
from django_stac.exceptions import InvalidDocument
from django_stac.models import ExtensionSchema, Item
from django_stac.transactions.schemas import current_schemas, forget_schemas, store_schemas
from tests.factories import a_collection, an_item, put, put_collection
from tests.transactions.extension import GRADE, PARTS, TEXTS, graded, keep_schemas

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict(settings):
    """A site that checks extensions."""
    settings.DJANGO_STAC = {**settings.DJANGO_STAC, "VALIDATION": "extensions"}


def refused(document):
    with pytest.raises(InvalidDocument) as caught:
        put(document)
    return {problem.pointer: problem.message for problem in caught.value.problems}


def test_schemas_are_kept_once():
    assert keep_schemas().created == [PARTS, GRADE]
    stored = store_schemas({**TEXTS, PARTS: "{}"}, "default")
    assert (stored.created, stored.updated, stored.unchanged) == ([], [PARTS], [GRADE])


def test_forgotten_schemas_are_named():
    keep_schemas()
    assert forget_schemas([GRADE, "https://example.com/other"], "default") == [GRADE]
    assert ExtensionSchema.objects.get().uri == PARTS


def test_an_item_is_judged_by_stored_schemas(strict):
    keep_schemas()
    assert refused(graded(an_item(), 0)) == {"/properties/grade:value": f"must be at least 1; got 0 ({GRADE})"}
    put(graded(an_item(), 1))


def test_problems_of_the_core_come_first(strict):
    keep_schemas()
    found = refused(graded(an_item(properties={"gsd": 0}), 0))
    assert list(found) == ["/properties/gsd", "/properties/grade:value"]


def test_at_the_level_core_schemas_are_not_even_looked_for():
    keep_schemas()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        put(graded(an_item(), 0))
    assert not [query for query in queries if "extensionschema" in query["sql"]]


def test_what_nobody_can_check_is_stored(strict):
    put(graded(an_item(), 0))
    assert Item.objects.count() == 1


def test_a_site_may_refuse_what_nobody_can_check(settings, strict):
    settings.DJANGO_STAC = {**settings.DJANGO_STAC, "REQUIRE_SCHEMAS": True}
    ((pointer, message),) = refused(graded(an_item(), 1)).items()
    assert (pointer, "its schema is not in the cache" in message) == ("/stac_extensions/0", True)


def test_a_change_is_seen_by_the_next_write(strict):
    put(graded(an_item("before"), 0))
    keep_schemas()
    assert refused(graded(an_item(), 0))
    store_schemas({PARTS: json.dumps({"definitions": {"value": {"type": "integer"}}})}, "default")
    put(graded(an_item(), 0))
    forget_schemas([GRADE], "default")
    put(graded(an_item("after"), "x"))


def test_compiled_schemas_are_kept_until_one_changes():
    keep_schemas()
    current_schemas("default").findings(graded(an_item(), 1))
    with CaptureQueriesContext(connection) as queries:
        current_schemas("default").findings(graded(an_item(), 1))
    assert len(queries) == 1


def test_a_thousand_unknown_extensions_ask_the_database_nothing(strict):
    put_collection()
    schemas = current_schemas("default")
    document = an_item(stac_extensions=[f"https://example.com/{number}" for number in range(1000)])
    with CaptureQueriesContext(connection) as queries:
        assert len(schemas.findings(document).unchecked) == 1000
    assert len(queries) == 0


def test_a_batch_notes_once_what_it_could_not_check(strict):
    put_collection()
    report = transactions.upsert_items([graded(an_item(name), 0) for name in "abc"])
    assert (report.created, report.notes) == (3, [f"{GRADE} is not checked: its schema is not in the cache."])


def test_a_batch_refuses_by_name_what_a_schema_refuses(strict):
    keep_schemas()
    put_collection()
    report = transactions.upsert_items([graded(an_item("good"), 1), graded(an_item("bad"), 0)])
    assert (report.created, [failure.source for failure in report.failures]) == (1, ["bad"])


def test_a_patch_is_judged_too(strict):
    keep_schemas()
    put(graded(an_item(), 1))
    with pytest.raises(InvalidDocument, match="grade:value"):
        transactions.patch_item("scenes", "scene", {"properties": {"grade:value": 0}})


def test_collections_and_catalogues_are_judged_too(strict):
    store_schemas({GRADE: json.dumps({"required": ["grade:all"]})}, "default")
    for create, document in (
        (transactions.create_collection, a_collection(stac_extensions=[GRADE])),
        (transactions.create_catalog, a_collection(stac_extensions=[GRADE]) | {"type": "Catalog"}),
    ):
        with pytest.raises(InvalidDocument, match="/grade:all: is missing"):
            create(document)
