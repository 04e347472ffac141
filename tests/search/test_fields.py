"""What ``fields`` says in a URL and in a body."""

import pytest
from django.http import QueryDict

from django_stac.documents.fields import Fields
from django_stac.exceptions import InvalidParameter
from django_stac.search.fields import MAX_LENGTH, MAX_NAMES, from_body, from_params

DEFAULT = Fields(())


def refusal(given):
    with pytest.raises(InvalidParameter) as caught:
        from_body({"fields": given})
    assert caught.value.parameter == "fields"
    return caught.value.reason


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("", None),
        ("fields=", DEFAULT),
        ("fields=a,+b,%2Bc,-d.e", Fields(("a", "b", "c"), ("d.e",))),
        ("fields=-geometry", Fields((), ("geometry",))),
        ("fields=a, a ,,", Fields(("a",))),
        ("fields=eo:cloud_cover", Fields(("eo:cloud_cover",))),
        ("fields=-,+", DEFAULT),
    ],
)
def test_a_url_lists_names_with_signs(query, fields):
    assert from_params(QueryDict(query)) == fields


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, None),
        ({"fields": None}, DEFAULT),
        ({"fields": {}}, DEFAULT),
        ({"fields": {"include": None, "exclude": None}}, DEFAULT),
        ({"fields": {"include": [], "exclude": []}}, DEFAULT),
        ({"fields": {"exclude": []}}, DEFAULT),
        ({"fields": {"include": ["a"]}}, Fields(("a",))),
        ({"fields": {"exclude": ["a"]}}, Fields(None, ("a",))),
        ({"fields": {"include": [], "exclude": ["a"]}}, Fields((), ("a",))),
        ({"fields": {"include": None, "exclude": ["a"]}}, Fields((), ("a",))),
        ({"fields": {"include": ["b"], "exclude": ["a"]}}, Fields(("b",), ("a",))),
    ],
)
def test_a_body_tells_an_absent_list_from_an_empty_one(body, fields):
    assert from_body(body) == fields


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (["id"], "must be an object with `include` and `exclude`; got list."),
        ("id", "must be an object with `include` and `exclude`; got 'id'."),
        (0, "must be an object with `include` and `exclude`; got 0."),
        ({"includes": ["id"]}, "must be an object with `include` and `exclude`; got 'includes'."),
        ({"include": "id"}, "must hold arrays of names; got 'id'."),
        ({"exclude": [1]}, "must hold arrays of names; got list."),
        ({"include": {"a": 1}}, "must hold arrays of names; got dict."),
    ],
)
def test_a_body_of_another_form_is_refused(given, reason):
    assert refusal(given) == reason


@pytest.mark.parametrize("names", [["a"] * (MAX_NAMES + 1), ["a" * (MAX_LENGTH + 1)]], ids=["many", "long"])
def test_names_are_bounded(names):
    assert "at most" in refusal({"include": names})
