"""Errors of schemas in words; the words of the core rules are tested with ``core``."""

import jsonschema_rs

from django_stac.validation.messages import in_words
from django_stac.validation.problems import Problem


def words(schema, document):
    return in_words(document, jsonschema_rs.validator_for(schema).iter_errors(document))


def test_a_rule_without_words_of_its_own_speaks_as_the_schema_does():
    assert words({"properties": {"n": {"multipleOf": 5}}}, {"n": 7}) == [Problem("/n", "7 is not a multiple of 5")]


def test_a_constant_is_named():
    assert words({"properties": {"n": {"const": "x"}}}, {"n": 7}) == [Problem("/n", "must be x; got 7")]


def test_a_pattern_without_words_of_its_own_is_shown():
    schema = {"properties": {"n": {"type": "string", "pattern": "^[a-z]+$"}}}
    assert words(schema, {"n": "A"}) == [Problem("/n", "must match ^[a-z]+$; got 'A'")]


def test_each_place_has_one_problem_the_plainest():
    schema = {"properties": {"n": {"anyOf": [{"type": "string"}, {"type": "null"}], "type": "string"}}}
    assert words(schema, {"n": 7}) == [Problem("/n", "must be text; got 7")]
