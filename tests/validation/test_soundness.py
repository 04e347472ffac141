"""What may never be stored, even with validation off."""

import copy
import math
from collections import OrderedDict
from enum import IntEnum, StrEnum

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.spec.json_text import JSONTextError, loads
from django_stac.validation import soundness
from django_stac.validation.soundness import MAX_DEPTH, MOST, unsound
from tests.factories import box
from tests.validation.documents import EVERY, item


def problems(document):
    return [(each.pointer, each.message) for each in unsound(document)]


def nested(levels):
    value = "deep"
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize("document", EVERY, ids=lambda each: f"{each['type']} {each['stac_version']}")
def test_valid_documents_are_sound(document):
    assert unsound(document) == []


@pytest.mark.parametrize("document", [None, [], "text", 1, 1.5])
def test_a_document_is_an_object(document):
    assert problems(document) == [("", "a STAC document is an object")]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (math.nan, "must be a finite number; got nan"),
        (math.inf, "must be a finite number; got inf"),
        (-math.inf, "must be a finite number; got -inf"),
        (2**64, "is an integer beyond 64 bits"),
        (-(2**63) - 1, "is an integer beyond 64 bits"),
        ("a\0b", "must not contain the character NUL"),
        ("\ud800", "must not contain half of a surrogate pair"),
        ({1, 2}, "is not a JSON value; got set"),
        (b"bytes", "is not a JSON value; got bytes"),
        (1j, "is not a JSON value; got complex"),
    ],
)
def test_a_value_that_cannot_be_kept_is_named_with_its_place(value, message):
    assert problems(item(foreign={"a/b": [0, value]})) == [("/foreign/a~1b/1", message)]


@pytest.mark.parametrize(
    ("key", "place", "message"),
    [
        (1, "1", "a name of a member is text; got 1"),
        (None, "None", "a name of a member is text; got None"),
        ("a\0", "a\0", "must not contain the character NUL"),
        ("\udfff", "\udfff", "must not contain half of a surrogate pair"),
    ],
)
def test_a_name_of_a_member_that_cannot_be_kept_is_named(key, place, message):
    assert problems(item(foreign={key: 1})) == [(f"/foreign/{place}", message)]


@pytest.mark.parametrize("value", [2**64 - 1, -(2**63), 1.7e308, 5e-324, -0.0, "", "é€😀", True, None, [], {}])
def test_what_json_can_keep_is_sound(value):
    assert unsound(item(foreign=value)) == []


class Kind(StrEnum):
    A = "a"


class Count(IntEnum):
    ONE = 1


@pytest.mark.parametrize("value", [(1, 2), Kind.A, Count.ONE, OrderedDict(a=(1,))])
def test_relatives_of_json_types_are_sound(value):
    assert unsound(item(foreign=value)) == []


def test_bad_values_inside_relatives_are_found():
    assert problems(item(foreign=OrderedDict(a=(1, math.nan)))) == [
        ("/foreign/a/1", "must be a finite number; got nan")
    ]


def test_64_levels_are_sound_and_65_are_not():
    assert unsound(item(foreign=nested(MAX_DEPTH - 1))) == []
    [(pointer, message)] = problems(item(foreign=nested(MAX_DEPTH)))
    assert pointer == "/foreign" + "/0" * (MAX_DEPTH - 1)
    assert message == "is nested deeper than 64 levels"


def test_very_deep_documents_need_no_recursion():
    assert len(unsound(item(foreign=nested(100_000)))) == 1


def test_at_most_100_problems_are_named():
    assert len(unsound(item(foreign=[math.nan] * 5000))) == MOST


@pytest.mark.parametrize(
    ("changes", "pointer", "message"),
    [
        ({"assets": []}, "/assets", "must be an object"),
        ({"assets": None}, "/assets", "must be an object"),
        ({"assets": {"a/b": "x.tif"}}, "/assets/a~1b", "an asset is an object"),
        ({"links": {}}, "/links", "must be a list"),
        ({"links": None}, "/links", "must be a list"),
        ({"links": [{}, "x"]}, "/links/1", "a link is an object"),
        ({"properties": None}, "/properties", "must be an object"),
        ({"bbox": "0,0,1,1"}, "/bbox", "must be a list of 4 or 6 numbers"),
        ({"bbox": [0, 0, 1]}, "/bbox", "a bbox has 4 numbers, or 6 with heights; got 3."),
        ({"bbox": [0, 0, 1, 95]}, "/bbox", "latitudes of a bbox lie between -90 and 90; got 0 and 95."),
        ({"geometry": "POINT (1 2)"}, "/geometry", "a geometry is an object with `type` and `coordinates`"),
        ({"bbox": [-181, 0, 1, 5]}, "/bbox", "longitudes of a bbox lie between -180 and 180; got -181 and 1."),
        (
            {"geometry": {"type": "Point", "coordinates": [-181, 0]}},
            "/geometry/coordinates/0",
            "a longitude lies between -180 and 180; got -181",
        ),
        (
            {"geometry": {"type": "Point", "coordinates": [200, 0]}},
            "/geometry/coordinates/0",
            "a longitude lies between -180 and 180; got 200",
        ),
    ],
)
def test_a_member_that_breaks_the_views_is_named(changes, pointer, message):
    assert problems(item(**changes)) == [(pointer, message)]


def test_longitudes_may_overshoot_as_those_of_global_grids_do():
    assert problems(item(geometry=box(-180.0014, -90, -179, -89), bbox=[-180.0014, -90, -179, -89])) == []


@pytest.mark.parametrize("name", ["assets", "links", "properties", "bbox", "geometry"])
def test_a_missing_member_is_left_to_validation(name):
    document = item()
    del document[name]
    assert unsound(document) == []


def test_an_item_may_lie_nowhere():
    assert unsound(item(geometry=None, bbox=None)) == []


@pytest.mark.parametrize("kind", ["Collection", "Catalog"])
def test_a_geometry_means_nothing_outside_items(kind):
    assert unsound({"type": kind, "geometry": "somewhere", "bbox": 1, "properties": 2}) == []


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(2**65), 2**65)
    | st.floats()
    | st.text(alphabet="ab\0\ud800é/~", max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("ab\0", max_size=2) | st.integers(), inner),
)


@given(values)
def test_the_fast_look_and_the_slow_walk_agree(value):
    document = {"a": value}
    assert soundness._is_plain(document) == (list(soundness._value_problems(document)) == [])


@given(values)
def test_a_sound_document_is_written_and_read_unchanged(value):
    document = {"type": "Catalog", "a": value}
    before = copy.deepcopy(document)
    if not unsound(document):
        assert loads(orjson.dumps(document)) == document == before


@given(st.dictionaries(st.sampled_from(["type", "assets", "links", "properties", "geometry", "bbox"]), values))
def test_any_object_can_be_asked(document):
    assert all(each.pointer.startswith("/") for each in unsound(document))


def test_what_the_reader_of_json_refuses_is_unsound_as_well():
    with pytest.raises(JSONTextError):
        loads(b'{"a": 18446744073709551616}')
    assert unsound({"a": 18446744073709551616})
