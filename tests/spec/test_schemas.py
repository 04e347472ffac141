"""Schemas of one property in several places, made one."""

import pytest

from django_stac.spec.schemas import united


@pytest.mark.parametrize(
    ("schemas", "one"),
    [
        ([], {}),
        ([{"type": "number", "minimum": 1, "x": 1}], {"type": "number", "minimum": 1, "x": 1}),
        ([{"type": "integer"}, {"type": "number"}], {"type": "number"}),
        ([{"type": "string"}, {"type": ["integer", "boolean"]}], {"type": ["boolean", "integer", "string"]}),
        ([{"type": "string"}, {}], {"type": "string"}),
        ([{"type": "string", "format": "date"}] * 2, {"type": "string", "format": "date"}),
        ([{"type": "string", "format": "date"}, {"type": "string"}], {"type": "string"}),
        ([{"type": "string", "title": "A"}, {"type": "string"}], {"type": "string", "title": "A"}),
        ([{"type": "array", "items": {"type": "integer"}}, {"type": "array", "items": {"type": "string"}}],
         {"type": "array", "items": {"type": ["integer", "string"]}}),
        ([{"type": "array", "items": {"type": "string"}}, {"type": "array", "items": {}}], {"type": "array"}),
        ([{"type": "array", "items": {"type": "string", "enum": [name]}} for name in "ba"],
         {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}),
    ],
)  # fmt: skip
def test_a_schema_of_all_is_made(schemas, one):
    assert united(schemas) == one


def test_ranges_span_all_and_end_where_one_is_open():
    low, high = {"type": "number", "minimum": 1, "maximum": 2}, {"type": "number", "minimum": -5, "maximum": 1.5}
    assert united([low, high]) == {"type": "number", "minimum": -5, "maximum": 2}
    assert united([low, {"type": "number", "minimum": 0}]) == {"type": "number", "minimum": 0}


def test_instants_compare_as_instants():
    early, late = "2020-01-01T00:00:00Z", "2020-01-01T00:00:00.500000Z"
    schemas = [{"type": "string", "minimum": text, "maximum": text} for text in (late, early)]
    assert united(schemas) == {"type": "string", "minimum": early, "maximum": late}


def test_numbers_and_times_have_no_common_range():
    number, time = {"type": "number", "minimum": 1}, {"type": "string", "minimum": "2020-01-01"}
    assert united([number, time]) == {"type": ["number", "string"]}


def test_values_are_those_of_all_while_they_are_few():
    first, second = ({"type": "string", "enum": values} for values in (["b", "a"], ["c", "a"]))
    assert united([first, second])["enum"] == ["a", "b", "c"]
    assert "enum" not in united([first, {"type": "string"}])
    assert "enum" not in united([first, {"type": "string", "enum": [str(number) for number in range(100)]}])
