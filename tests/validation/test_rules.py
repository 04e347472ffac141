"""What owners ask of the items of a collection."""

import pytest

from django_stac.validation.rules import MOST_BYTES, ItemRules, problems_of_rules
from tests.validation.documents import item

EO = "https://stac-extensions.github.io/eo/v2.0.0/schema.json"
HIGH = {"properties": {"properties": {"required": ["mission"], "properties": {"gsd": {"maximum": 30}}}}}


def problems(document, known=None, /, **rules):
    found = ItemRules(rules=rules, item_assets=known or {}).problems(document)
    return {problem.pointer: problem.message for problem in found}


def faults(rules):
    return {problem.pointer: problem.message for problem in problems_of_rules(rules)}


def test_no_rules_ask_for_nothing():
    assert problems(item()) == {}


def test_an_extension_that_is_asked_for_must_be_named():
    assert problems(item(), extensions=[EO]) == {
        "/stac_extensions": f"must name eo v2.0.0, which the collection asks for: {EO}"
    }
    assert problems(item(stac_extensions=[EO]), extensions=[EO]) == {}


def test_an_item_must_fit_the_schema_of_its_collection():
    found = problems(item(properties={"datetime": "2020-02-29T12:00:00Z", "gsd": 60}), schema=HIGH)
    assert found == {
        "/properties/gsd": "must be at most 30; got 60 (schema of the collection)",
        "/properties/mission": "is missing (schema of the collection)",
    }


ASSETS = {"data": {"type": "image/tiff; application=geotiff", "roles": ["data", "reflectance"], "title": "Data"}}


def test_an_asset_that_the_collection_does_not_know_is_a_problem():
    found = problems(item(), {"red": {}, "blue": {}}, item_assets="keys")
    assert found == {"/assets/data": "is no asset that the collection knows; `item_assets` has red, blue"}


def test_keys_alone_leave_type_and_roles_free():
    assert problems(item(assets={"data": {"href": "x"}}), ASSETS, item_assets="keys") == {}


def test_assets_must_have_the_type_and_the_roles_that_are_told():
    assert problems(item(assets={"data": {"href": "x", "type": "image/png"}}), ASSETS, item_assets="match") == {
        "/assets/data/type": "must be image/tiff; application=geotiff, as in `item_assets`; got 'image/png'",
        "/assets/data/roles": "must have data, reflectance, as in `item_assets`",
    }


def test_more_roles_than_are_told_are_welcome():
    asset = {"href": "x", "type": ASSETS["data"]["type"], "roles": ["visual", "reflectance", "data"]}
    assert problems(item(assets={"data": asset}), ASSETS, item_assets="match") == {}


@pytest.mark.parametrize("roles", [None, "data", 7, {}])
def test_odd_roles_have_none_of_those_that_are_told(roles):
    asset = {"href": "x", "type": ASSETS["data"]["type"], "roles": roles}
    assert problems(item(assets={"data": asset}), ASSETS, item_assets="match").keys() == {"/assets/data/roles"}


def test_odd_item_assets_of_an_unchecked_collection_know_no_asset():
    assert problems(item(), {"data": "x"}, item_assets="match").keys() == {"/assets/data"}


@pytest.mark.parametrize(
    "rules", [{}, {"extensions": [EO]}, {"schema": HIGH}, {"item_assets": "keys"}, {"item_assets": "match"}]
)
def test_rules_may_be_kept(rules):
    assert faults(rules) == {}


@pytest.mark.parametrize(
    ("rules", "pointer", "words"),
    [
        ([], "", "must be an object with extensions, schema, item_assets"),
        ({"assets": "keys"}, "/assets", "is no rule"),
        ({"extensions": "eo"}, "/extensions", "must be a list"),
        ({"extensions": [7]}, "/extensions", "must be a list"),
        ({"extensions": [EO] * 101}, "/extensions", "not name more than 100; got 101"),
        ({"item_assets": True}, "/item_assets", "must be one of keys, match; got True"),
        ({"item_assets": ["keys"]}, "/item_assets", "must be one of keys, match"),
        ({"schema": {"const": float("nan")}}, "/schema/const", "must be a finite number"),
        ({"schema": True}, "/schema", "must be a JSON Schema: an object"),
        ({"schema": {"type": "thing"}}, "/schema", '"thing" is not'),
        ({"schema": {"const": "x" * MOST_BYTES}}, "/schema", f"not be longer than {MOST_BYTES} bytes"),
        ({"schema": {"$schema": "https://example.com/own"}}, "/schema", "meta-schema"),
        ({"schema": {"pattern": "^(?!x)"}}, "/schema", 'is not a "regex"'),
        ({"schema": {"$ref": "https://example.com/a.json"}}, "/schema", "must be a place of the same schema"),
        ({"schema": {"$ref": "#"}}, "/schema", "must be a place of the same schema"),
    ],
)
def test_what_is_wrong_with_rules_is_told_with_its_place(rules, pointer, words):
    found = faults(rules)
    assert (list(found), words in found[pointer]) == ([pointer], True)


def test_a_schema_that_grows_without_end_is_refused():
    doubled = {f"a{n}": {"allOf": [{"$ref": f"#/definitions/a{n + 1}"}] * 2} for n in range(40)}
    schema = {"$ref": "#/definitions/a0", "definitions": {**doubled, "a40": {"type": "object"}}}
    assert faults({"schema": schema})["/schema"].startswith("must not have more than 20000 parts")


def test_a_slow_pattern_does_not_stop_the_server():
    slow = {"properties": {"id": {"pattern": "^(a+)+$"}}}
    assert problems(item(id="a" * 5000 + "!"), schema=slow).keys() == {"/id"}
