"""Values as they are written in filters: what is allowed, and where the bad one stands."""

import datetime as dt
import math

import pytest
from hypothesis import given

from django_stac.cql2 import literals
from django_stac.cql2.tree import CQL2Error, Date, Geometry, Timestamp
from tests.spec.geometries import geometries


def at(pointer):
    return f"/here{pointer}"


@pytest.mark.parametrize("text", ["", "é", "日本", "\N{GRINNING FACE}", "\x01\n", "\ufffd"])
def test_texts_are_taken_as_they_are(text):
    assert literals.sound(text, 0) == text


@pytest.mark.parametrize(("text", "name"), [("a\0b", "U+0000"), ("\ud83d", "U+D83D"), ("\udfff!", "U+DFFF")])
def test_what_no_database_or_encoding_holds_is_refused(text, name):
    with pytest.raises(CQL2Error, match=f"the character {name.replace('+', '[+]')} stands for no text"):
        literals.sound(text, 0)


def test_a_long_text_is_not_repeated_whole_in_messages():
    assert len(literals.shown("x" * 10_000)) == 62
    assert literals.shown("it's") == '"it\'s"'


@pytest.mark.parametrize("value", [0, -1.5, 10**299, -(10**300 - 1), 1.7e308])
def test_numbers_are_taken_as_they_are(value):
    assert literals.number(value, 0) is value


@pytest.mark.parametrize("value", [10**300, -(10**300), 10**4000, math.nan, math.inf, -math.inf])
def test_numbers_are_finite_and_bounded(value):
    with pytest.raises(CQL2Error, match="finite and has at most 300 digits"):
        literals.number(value, 0)


def test_a_date_is_a_day_of_the_calendar():
    assert literals.date("2020-02-29", 0) == Date(dt.date(2020, 2, 29))


@pytest.mark.parametrize(
    "text", ["2021-02-29", "2020-13-01", "20200229", "2020-W09-6", "2020-02-29 ", "٢٠٢٠-02-29", ""]
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(CQL2Error, match="not a date such as 2020-02-29") as refused:
        literals.date(text, 7)
    assert refused.value.place == 7


def test_a_timestamp_is_taken_to_utc():
    noon = dt.datetime(2020, 2, 29, 12, tzinfo=dt.UTC)
    assert literals.timestamp("2020-02-29T13:00:00+01:00", 0) == Timestamp(noon)


@pytest.mark.parametrize("text", ["2020-02-29", "2020-02-30T12:00:00Z", "2020-02-29T12:00:00", "now"])
def test_what_is_no_instant_is_refused(text):
    with pytest.raises(CQL2Error, match="not a RFC 3339 date-time") as refused:
        literals.timestamp(text, 7)
    assert refused.value.place == 7


def test_an_end_is_a_day_an_instant_or_open():
    assert literals.end("..", 0) is None
    assert literals.end("2020-02-29", 0) == literals.date("2020-02-29", 0)
    assert literals.end("2020-02-29T12:00:00Z", 0) == literals.timestamp("2020-02-29T12:00:00Z", 0)


def test_a_box_keeps_its_numbers_and_heights():
    assert literals.bbox([170, -10, -5, -170, 10.5, 5], 0).numbers == (170, -10, -5, -170, 10.5, 5)


@pytest.mark.parametrize("numbers", [[], [0, 0, 181, 1], [0, 2, 1, 1], [0, 0, 1, True], [0, 0, [], 1]])
def test_a_box_outside_the_world_is_refused(numbers):
    with pytest.raises(CQL2Error, match=r"a bbox|of a bbox"):
        literals.bbox(numbers, 0)


@given(geometries)
def test_a_geometry_keeps_every_number(content):
    made = literals.geometry(content, at)
    assert thawed(made) == content


def thawed(node):
    if node.type == "GeometryCollection":
        return {"type": node.type, "geometries": [thawed(member) for member in node.coordinates]}
    return {"type": node.type, "coordinates": as_lists(node.coordinates)}


def as_lists(nested):
    return [as_lists(part) for part in nested] if isinstance(nested, tuple) else nested


def test_a_geometry_and_its_members_know_their_places():
    point = {"type": "Point", "coordinates": [1, 2]}
    made = literals.geometry({"type": "GeometryCollection", "geometries": [point, point]}, at)
    assert [made.place, *(member.place for member in made.coordinates)] == [
        "/here",
        "/here/geometries/0",
        "/here/geometries/1",
    ]


@pytest.mark.parametrize(
    ("content", "place", "reason"),
    [
        ({"type": "Point", "coordinates": [181, 0]}, "/here/coordinates/0", "a longitude lies between"),
        ({"type": "LineString", "coordinates": [[0, 0], [0, 91]]}, "/here/coordinates/1/1", "a latitude lies between"),
        ({"type": "Polygon", "coordinates": [[[0, 0]] * 3]}, "/here/coordinates/0", "at least 4 positions"),
        ({"type": "Point", "coordinates": [0, 0, 0, 0]}, "/here", "a longitude, a latitude and perhaps a height"),
    ],
)
def test_a_bad_geometry_is_refused_where_it_is_bad(content, place, reason):
    with pytest.raises(CQL2Error, match=reason) as refused:
        literals.geometry(content, at)
    assert refused.value.place == place


@pytest.mark.parametrize(
    ("kind", "coordinates", "expected"),
    [
        ("Point", [0, 0], 1),
        ("MultiPoint", [[0, 0], [1, 1]], 2),
        ("Polygon", [[[0, 0]] * 4, [[0, 0]] * 5], 9),
        ("MultiPolygon", [[[[0, 0]] * 4]] * 3, 12),
        ("MultiPolygon", None, 0),
        ("Polygon", [1, "x", None], 0),
        ("Circle", [[0, 0]], 0),
    ],
)
def test_positions_are_counted_before_they_are_looked_at(kind, coordinates, expected):
    assert literals.positions(kind, coordinates) == expected


def test_a_collection_holds_geometries():
    point = Geometry("Point", (1, 2))
    assert literals.collection([point, point], 0) == Geometry("GeometryCollection", (point, point))
