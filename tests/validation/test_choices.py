"""What is behind "none of these matched"."""

import jsonschema_rs
import pytest

from django_stac.validation.choices import innermost, wanted_members

A, B = {"type": {"const": "A"}}, {"type": {"const": "B"}}


def told(schema, document):
    errors = jsonschema_rs.validator_for(schema).iter_errors(document)
    return sorted((error.kind.name, "/".join(map(str, error.instance_path))) for error in innermost(errors))


def test_other_errors_stay_as_they_are():
    assert told({"properties": {"n": {"maximum": 1}}, "required": ["m"]}, {"n": 2}) == [
        ("maximum", "n"),
        ("required", ""),
    ]


@pytest.mark.parametrize("word", ["oneOf", "anyOf"])
def test_of_a_choice_the_alternative_for_the_type_is_told(word):
    schema = {word: [{"properties": A}, {"properties": {**B, "n": {"maximum": 1}, "m": {"maximum": 1}}}]}
    assert told(schema, {"type": "B", "n": 2, "m": 2}) == [("maximum", "m"), ("maximum", "n")]


def test_among_the_others_the_nearest_is_told():
    far, near = {"required": ["a", "b"]}, {"properties": {"n": {"maximum": 1}}}
    assert told({"anyOf": [far, near]}, {"n": 2}) == [("maximum", "n")]


def test_an_alternative_that_only_forbids_is_told_last():
    schema = {"anyOf": [{"not": {"required": ["n"]}}, {"properties": {"n": {"maximum": 1}}, "required": ["m"]}]}
    assert told(schema, {"n": 2}) == [("maximum", "n"), ("required", "")]


def test_choices_within_choices_are_opened():
    schema = {"oneOf": [{"properties": A}, {"anyOf": [{"properties": {"n": {"maximum": 1}}}]}]}
    assert told(schema, {"type": "B", "n": 2}) == [("maximum", "n")]


def test_a_choice_among_members_stays_whole():
    schema = {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}
    (error,) = innermost(jsonschema_rs.validator_for(schema).iter_errors({}))
    assert wanted_members(error) == ["a", "b"]


def test_a_choice_among_other_types_stays_whole():
    assert told({"oneOf": [{"properties": A}, {"properties": B}]}, {"type": "C"}) == [("oneOf", "")]


def test_a_choice_that_several_match_stays_whole():
    assert told({"oneOf": [{}, True]}, {"type": "C"}) == [("oneOf", "")]
