"""Geometries in conditions."""

import pytest
from django.db import connection

from django_stac.cql2 import json
from django_stac.cql2.compile import condition
from django_stac.cql2.tree import SPATIAL, BBox, CQL2Error, Geometry, Operation, Property
from django_stac.models import Item
from tests.cql2.asking import JUNE, TARGET, answers, compiled, found, refusal
from tests.factories import box
from tests.search.asking import a_home, a_row, point, store

pytestmark = pytest.mark.django_db

BOW = {"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}
# Two holes that overlap: PostGIS gives up on it.
HOLES = {"type": "Polygon", "coordinates": [box(0, 0, 10, 10)["coordinates"][0], box(1, 1, 5, 5)["coordinates"][0],
                                            box(2, 2, 8, 8)["coordinates"][0]]}  # fmt: skip
PLACES = {
    "square": box(0, 0, 4, 4),
    "inner": box(1, 1, 2, 2),
    "corner": point(4, 4),
    "line": {"type": "LineString", "coordinates": [[-1, 2], [5, 2]]},
    "both": {"type": "GeometryCollection", "geometries": [point(20, 20), box(1, 1, 2, 2)]},
    "east": point(179, 0),
    "west": point(-179, 0),
}


def some_places(**more):
    home = a_home()
    store(*(a_row(name, home, JUNE, geometry=place) for name, place in {**PLACES, **more}.items()))


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("S_INTERSECTS(geometry, POINT(4 4))", "square corner"),
        ("S_INTERSECTS(geometry, POINT(20 20))", "both"),
        ("S_INTERSECTS(BBOX(19, 19, 21, 21), geometry)", "both"),
        ("S_INTERSECTS(geometry, BBOX(170, -10, -170, 10))", "east west"),
        ("S_INTERSECTS(geometry, BBOX(180, -10, -170, 10))", "west"),
        ("S_INTERSECTS(geometry, BBOX(4, 4, 4, 4))", "square corner"),
        ("S_INTERSECTS(geometry, BBOX(4, 0, 4, 9))", "square corner line"),
        ("S_INTERSECTS(geometry, BBOX(1, 1, 0, 2, 2, 9))", "square inner line both"),
        ("S_DISJOINT(geometry, BBOX(-2, -2, 10, 10))", "east west"),
        ("S_WITHIN(geometry, BBOX(0, 0, 4, 4))", "square inner both"),
        ("S_WITHIN(geometry, BBOX(170, -10, -170, 10))", "east west"),
        ("S_CONTAINS(geometry, POINT(3 3))", "square"),
        ("S_CONTAINS(POLYGON((0 0, 4 0, 4 4, 0 4, 0 0)), geometry)", "square inner both"),
        ("S_EQUALS(geometry, POLYGON((1 1, 2 1, 2 2, 1 2, 1 1)))", "inner both"),
        ("S_TOUCHES(geometry, POINT(4 4))", "square"),
        ("S_TOUCHES(geometry, LINESTRING(4 4, 9 9))", "square corner"),
        ("S_CROSSES(geometry, POLYGON((0 0, 4 0, 4 4, 0 4, 0 0)))", "line"),
        ("S_OVERLAPS(geometry, BBOX(3, 3, 9, 9))", "square"),
        ("S_EQUALS(geometry, GEOMETRYCOLLECTION(POINT(50 50), POLYGON((1 1, 2 1, 2 2, 1 2, 1 1))))", "inner both"),
        ("S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(179 0), LINESTRING(19 19, 21 21)))", "both east"),
        ("S_WITHIN(geometry, GEOMETRYCOLLECTION(POINT(179 0), POINT(-179 0)))", "east west"),
        ("S_CONTAINS(BBOX(0, 0, 1, 1), POINT(0.5 0.5)) AND S_TOUCHES(geometry, POINT(4 4))", "square"),
    ],
)
def test_geometries_are_related(text, met):
    some_places()
    assert found(text) == met.split()


def test_an_item_without_a_geometry_says_neither_yes_nor_no():
    store(a_row("nowhere", a_home(), JUNE))
    for op in SPATIAL:
        assert answers(f"{op}(geometry, POINT(0 0))") == [None]
    assert found("geometry IS NULL") == ["nowhere"]


@pytest.mark.parametrize("op", SPATIAL)
@pytest.mark.parametrize("literal", ["POINT(1 1)", "BBOX(0, 0, 3, 3)", "LINESTRING(0 0, 5 5)",
                                     "GEOMETRYCOLLECTION(POINT(1 1), POLYGON((0 0, 3 0, 3 3, 0 0)))"])  # fmt: skip
def test_no_stored_geometry_makes_a_function_fail(op, literal):
    some_places(bow=BOW)
    assert len(answers(f"{op}(geometry, {literal})")) == len(PLACES) + 1
    assert len(answers(f"{op}({literal}, geometry)")) == len(PLACES) + 1
    assert len(answers(f"{op}(geometry, geometry)")) == len(PLACES) + 1


@pytest.mark.parametrize("op", [op for op in SPATIAL if op not in ("s_intersects", "s_disjoint")])
def test_stored_geometries_that_contradict_themselves_are_mended_on_the_way(op):
    some_places(holes=HOLES)
    assert len(answers(f"{op}(geometry, POLYGON((0.5 0, 3 0.3, 3 3, 0 3, 0.5 0)))")) == len(PLACES) + 1


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ("S_INTERSECTS(geometry, POLYGON((0 0, 2 2, 2 0, 0 2, 0 0)))", 23, "Self-intersection[1 1]"),
        ("S_INTERSECTS(geometry, LINESTRING(1 1, 1 1))", 23, "is no valid LineString"),
        ("S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POLYGON((0 0, 2 2, 2 0, 0 2, 0 0))))", 23, "Self-intersection"),
        ("S_INTERSECTS(platform, POINT(0 0))", 13, "a geometry is needed here; `platform` is a text."),
        ("S_INTERSECTS(odd, POINT(0 0))", 13, "a geometry is needed here; `odd` is of a kind that is not known."),
        ("S_INTERSECTS(proj, POINT(0 0))", 13, "a geometry is needed here; `proj` is an object."),
    ],
)
def test_what_has_no_place_is_refused(text, place, word):
    at, reason = refusal(text)
    assert at == place
    assert word in reason


def test_what_leaves_the_world_is_refused_however_it_was_made():
    for literal in (Geometry("Point", (90, 180), 3), BBox((0, 0, 200, 1), 3), BBox((0, 5, 1, 1), 3)):
        with pytest.raises(CQL2Error, match="at character 4: ") as caught:
            condition(Operation("s_intersects", (Property("geometry"), literal)), TARGET)
        assert caught.value.place == 3


def test_heights_are_left_out():
    some_places()
    tree = json.parse({"op": "s_intersects", "args": [{"property": "geometry"},
                                                      {"type": "Point", "coordinates": [4, 4, 100]}]})  # fmt: skip
    assert Item.objects.filter(condition(tree, TARGET)).count() == 2


@pytest.mark.parametrize("op", [op for op in SPATIAL if op != "s_disjoint"])
def test_places_are_found_by_their_index(op):
    home = a_home()
    store(*(a_row(str(number), home, JUNE, geometry=point(number / 20, 0)) for number in range(2_000)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE django_stac_item; SET LOCAL enable_seqscan = off")
    plan = Item.objects.filter(compiled(f"{op}(geometry, POLYGON((0 0, 1 0, 1 1, 0 1, 0 0)))")).explain()
    assert "stac_item_place" in plan
    assert "Index Cond: (geometry " in plan
