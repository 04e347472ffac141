"""Where a member stands in a text."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.spec.json_places import line_of, places

TEXT = """{
  "id": "a",
  "properties": {
    "a/b": [
      1,
      {"x~y": "}, {"}
    ]
  },
  "links": []
}"""


@pytest.mark.parametrize(
    ("pointer", "line"),
    [
        ("", 1),
        ("/id", 2),
        ("/properties", 3),
        ("/properties/a~1b", 4),
        ("/properties/a~1b/0", 5),
        ("/properties/a~1b/1", 6),
        ("/properties/a~1b/1/x~0y", 6),
        ("/links", 9),
    ],
)
def test_a_member_stands_where_its_name_does(pointer, line):
    assert line_of(TEXT, pointer) == line


@pytest.mark.parametrize(("pointer", "line"), [("/properties/datetime", 3), ("/bbox", 1), ("/links/3/href", 9)])
def test_a_missing_member_stands_at_what_should_hold_it(pointer, line):
    assert line_of(TEXT, pointer) == line


def paths_in(value, path=()):
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield (*path, str(key))
        yield from paths_in(member, (*path, str(key)))


@given(
    st.recursive(
        st.none() | st.text() | st.floats(allow_nan=False),
        lambda kind: st.lists(kind) | st.dictionaries(st.text(), kind),
    )
)
def test_every_member_and_entry_has_a_place(value):
    assert [steps for steps, _ in places(json.dumps(value, indent=1))] == list(paths_in(value))
