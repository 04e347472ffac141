"""What differs between two documents: a patch made of it leads from one to the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.spec.changes import ABSENT, Change, changes, patch_between
from django_stac.spec.patches import MOST_OPERATIONS, patched

NUMBERS = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | NUMBERS | st.text(max_size=3)
KEYS = st.text("ab/~01-", max_size=2)
LISTS = [
    lambda inner: st.lists(inner, max_size=4),
    lambda inner: st.lists(st.sampled_from("abc") | st.dictionaries(KEYS, inner, max_size=2), max_size=5),
]
VALUES = st.recursive(
    SCALARS, lambda inner: st.one_of(*(made(inner) for made in LISTS)) | st.dictionaries(KEYS, inner, max_size=3)
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, max_size=4)


def told(before, after):
    return [(change.pointer, change.before, change.after) for change in changes(before, after)]


@given(before=DOCUMENTS, after=DOCUMENTS)
def test_the_patch_between_two_documents_leads_from_one_to_the_other(before, after):
    assert repr_of(patched(before, patch_between(before, after))) == repr_of(after)


@given(document=DOCUMENTS)
def test_a_document_does_not_differ_from_itself(document):
    assert patch_between(document, document) == []


@given(before=DOCUMENTS, after=DOCUMENTS)
def test_whatever_differs_is_told_once(before, after):
    pointers = [change.pointer for change in changes(before, after) if change.before is not ABSENT]
    assert len(set(pointers)) == len(pointers)


def repr_of(value):
    """A value with the kinds of its numbers; the order of members left out."""
    if isinstance(value, dict):
        return sorted((name, repr_of(inner)) for name, inner in value.items())
    return [repr_of(inner) for inner in value] if isinstance(value, list) else repr(value)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a": 1}, {"a": 2}, [("/a", 1, 2)]),
        ({"a": 1}, {}, [("/a", 1, ABSENT)]),
        ({}, {"a": None}, [("/a", ABSENT, None)]),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 1, "c": 3}}, [("/a/c", 2, 3)]),
        ({"a/b~c": 1}, {"a/b~c": 2}, [("/a~1b~0c", 1, 2)]),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, []),
        ({"a": True}, {"a": 1}, [("/a", True, 1)]),
        ({"a": 1}, {"a": 1.0}, [("/a", 1, 1.0)]),
        ({"a": {"b": 1}}, {"a": []}, [("/a", {"b": 1}, [])]),
    ],
)
def test_members_are_compared_by_name(before, after, expected):
    assert told(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (["a", "b", "c"], ["b", "c"], [("/l/0", "a", ABSENT)]),
        (["a", "c"], ["a", "b", "c"], [("/l/1", ABSENT, "b")]),
        (["a", "b", "c"], ["a"], [("/l/2", "c", ABSENT), ("/l/1", "b", ABSENT)]),
        ([{"rel": "x", "href": "1"}], [{"rel": "x", "href": "2"}], [("/l/0/href", "1", "2")]),
        ([], ["a", "b"], [("/l/0", ABSENT, "a"), ("/l/1", ABSENT, "b")]),
    ],
)
def test_entries_of_lists_are_told_one_by_one(before, after, expected):
    assert told({"l": before}, {"l": after}) == expected


@pytest.mark.parametrize(("before", "after"), [([1, 2, 3, 4], [1, 2, 3, 5]), ([[[1, 2], [3, 4]]], [[[1, 2], [5, 4]]])])
def test_numbers_are_told_as_one_value(before, after):
    assert told({"bbox": before}, {"bbox": after}) == [("/bbox", before, after)]


def test_more_changes_than_a_patch_may_have_are_one():
    before, after = {str(number): 1 for number in range(MOST_OPERATIONS + 1)}, {"a": 1}
    assert patch_between(before, after) == [{"op": "replace", "path": "", "value": after}]
    assert patched(before, patch_between(before, after)) == after


def test_a_change_is_an_operation():
    assert Change("/a", ABSENT, 1).operation == {"op": "add", "path": "/a", "value": 1}
    assert Change("/a", 1, ABSENT).operation == {"op": "remove", "path": "/a"}
    assert Change("/a", 1, None).operation == {"op": "replace", "path": "/a", "value": None}


def test_what_is_nested_deeply_is_compared_all_the_same():
    before = after = "x"
    for _ in range(120):
        before, after = {"a": [before]}, {"a": [after, "y"]}
    assert len(patch_between(before, after)) == 120
