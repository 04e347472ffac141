"""Documents as text that people edit."""

import json

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from django_stac.admin.document_field import DocumentFormField, readable, shown_problem
from django_stac.validation.problems import Problem

VALUES = st.recursive(
    st.none() | st.text() | st.integers(-(2**53), 2**53), lambda kind: st.lists(kind) | st.dictionaries(st.text(), kind)
)


@given(st.dictionaries(st.text(), VALUES))
def test_what_is_made_readable_is_read_back_as_it_was(document):
    assert json.loads(readable(document)) == document


def test_places_of_a_geometry_take_a_line_each():
    assert readable({"coordinates": [[10, 45], [11, 46]]}).split("\n")[2:4] == ["    [10, 45],", "    [11, 46]"]


def test_a_text_that_was_not_changed_is_no_change():
    assert not DocumentFormField().has_changed({"a": 1}, '{"a":    1}')
    assert DocumentFormField().has_changed({"a": 1}, "{")


def test_a_duplicate_key_is_refused_with_its_line():
    with pytest.raises(ValidationError, match="line 2"):
        DocumentFormField().clean('{"a": 1,\n "a": 2}')


def test_what_is_wrong_is_escaped():
    shown = shown_problem(Problem("/<b>", "<i>"), "{}", "id")
    assert "<b>" not in shown
    assert "&lt;i&gt;" in shown
