"""Queryables that owners declare, and what is wrong with them."""

import pytest

from django_stac.cql2.declared import MOST, problems_of

NUMBER = {"type": "number", "title": "Quality", "minimum": 0, "maximum": 1}


@pytest.mark.parametrize(
    "schema",
    [
        NUMBER,
        {"type": ["string", "null"], "enum": ["a", None]},
        {"type": "string", "format": "date-time"},
        {"type": "array", "items": {"type": "integer"}},
        {"type": "boolean", "x-of-ours": True},
    ],
)
def test_schemas_of_one_kind_are_good(schema):
    assert problems_of({"x:y": schema}) == []


def test_names_of_a_documents_members_are_good():
    assert problems_of({"links": NUMBER, "assets": NUMBER, "type": NUMBER, "a/b": NUMBER}) == []


@pytest.mark.parametrize(
    ("declared", "pointer", "words"),
    [
        ([], "", "must be an object"),
        ({"x:y": 7}, "/x:y", "must be a JSON Schema"),
        ({"x:y": True}, "/x:y", "must be a JSON Schema"),
        ({"x:y": {}}, "/x:y/type", "must have one `type`"),
        ({"x:y": {"type": "wave"}}, "/x:y/type", "must have one `type`"),
        ({"x:y": {"type": ["string", "number"]}}, "/x:y/type", "must have one `type`"),
        ({"x:y": {"format": "geometry-any"}}, "/x:y/type", "must have one `type`"),
        ({"x:y": {"type": "number", "minimum": "a"}}, "/x:y/minimum", "is no JSON Schema"),
        ({"x:y": {"type": "string", "enum": 5}}, "/x:y/enum", "is no JSON Schema"),
        ({"x:y": {"type": "string", "$schema": "http://localhost:1/x"}}, "/x:y/$schema", "must be left out"),
        ({"x:y": {"type": "string", "$ref": "#"}}, "/x:y/$ref", "must be left out"),
        ({"geometry": {"type": "object"}}, "/geometry", "is a column of every item"),
        ({"": NUMBER}, "/", "must have a name"),
        ({"x" * 201: NUMBER}, f"/{'x' * 201}", "must have a name"),
        ({"a\nb": NUMBER}, "/a\nb", "must have a name"),
        ({"a/b~": {}}, "/a~1b~0/type", "must have one `type`"),
        ({"x:y": {"type": "number", "default": float("nan")}}, "/x:y/default", "must be a finite number"),
        ({"x:y": {"type": "string", "title": "\0"}}, "/x:y/title", "must not contain the character NUL"),
        ({7: NUMBER}, "/7", "a name of a member is text"),
        ({str(number): NUMBER for number in range(MOST + 1)}, "", "must not declare more than 500"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(declared, pointer, words):
    (problem,) = problems_of(declared)
    assert problem.pointer == pointer
    assert problem.message.startswith(words)


def test_every_schema_is_looked_at():
    assert [problem.pointer for problem in problems_of({"a": 1, "b": NUMBER, "c": 2})] == ["/a", "/c"]
