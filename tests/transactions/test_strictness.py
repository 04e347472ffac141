"""How strictly a document is judged, levels and rules together."""

import pytest

from django_stac.transactions.strictness import Strictness, site_strictness
from django_stac.validation.extensions import ExtensionSchemas
from django_stac.validation.rules import ItemRules
from tests.transactions.extension import GRADE, SCHEMAS, graded
from tests.validation.documents import collection, item

RULES = ItemRules(rules={"item_assets": "keys"})


def wrong():
    """An item that breaks a rule of the core, of an extension and of its owner."""
    return graded(item(id=""), 0)


def told(document, **strictness):
    return [problem.pointer for problem in Strictness(**strictness).findings(document).problems]


@pytest.mark.parametrize(
    ("level", "pointers"),
    [
        ("off", []),
        ("core", ["/id", "/assets/data"]),
        ("extensions", ["/id", "/properties/grade:value", "/assets/data"]),
    ],
)
def test_each_level_asks_what_the_one_below_asks_and_more(level, pointers):
    schemas = ExtensionSchemas(SCHEMAS.get) if level == "extensions" else None
    assert told(wrong(), level=level, schemas=schemas, rules=RULES) == pointers


def test_rules_of_items_are_not_asked_of_their_collection():
    assert told(collection(assets={"x": {"href": "y"}}), level="core", rules=RULES) == []


def test_what_cannot_be_checked_is_a_problem_only_where_the_site_says_so(settings):
    strict = Strictness(level="extensions", schemas=ExtensionSchemas({}.get))
    document = graded(item(), 0) | {"stac_extensions": ["https://example.com/a", GRADE]}
    assert (strict.findings(document).problems, list(strict.findings(document).unchecked)) == (
        [],
        ["https://example.com/a", GRADE],
    )
    settings.DJANGO_STAC = {"REQUIRE_SCHEMAS": True}
    assert [problem.pointer for problem in strict.findings(document).problems] == [
        "/stac_extensions/0",
        "/stac_extensions/1",
    ]


def test_the_site_says_what_is_asked_of_documents_that_belong_nowhere(settings):
    settings.DJANGO_STAC = {"VALIDATION": "off"}
    assert site_strictness().level == "off"
