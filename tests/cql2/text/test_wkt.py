"""Geometries as well-known text."""

import pytest
from hypothesis import given

from django_stac.cql2 import literals
from django_stac.cql2.limits import Tally
from django_stac.cql2.text import wkt
from django_stac.cql2.text.tokens import Tokens
from django_stac.cql2.tree import CQL2Error, Geometry
from tests.spec.geometries import geometries


def read(kind, source):
    tokens = Tokens(source)
    node = wkt.read(tokens, Tally(), kind.upper(), 0)
    assert (node.type, tokens.kind) == (kind, "end")
    return node.coordinates


@pytest.mark.parametrize(
    ("kind", "source", "coordinates"),
    [
        ("Point", "(7.5 49)", (7.5, 49)),
        ("Point", "( +7.5\n-49. 1E2 )", (7.5, -49.0, 100.0)),
        ("LineString", "(0 0,1 1)", ((0, 0), (1, 1))),
        ("MultiPoint", "((0 0), (1 1))", ((0, 0), (1, 1))),
        ("MultiPoint", "(0 0, ( 1 1 ))", ((0, 0), (1, 1))),
        ("Polygon", "((0 0, 1 0, 1 1, 0 0))", (((0, 0), (1, 0), (1, 1), (0, 0)),)),
        ("MultiLineString", "((0 0, 1 1), (2 2, 3 3 9))", (((0, 0), (1, 1)), ((2, 2), (3, 3, 9)))),
        ("MultiPolygon", "(((0 0, 1 0, 1 1, 0 0)))", ((((0, 0), (1, 0), (1, 1), (0, 0)),),)),
    ],
)
def test_coordinates_are_read(kind, source, coordinates):
    assert repr(read(kind, source)) == repr(coordinates)


@pytest.mark.parametrize(
    ("kind", "source", "place", "reason"),
    [
        ("Point", "7 49", 0, r"expected '\('; found '7 49'"),
        ("Point", "(7)", 1, "expected a position such as 7.5 49.25"),
        ("Point", "(7 49", 1, "expected a position"),
        ("Point", "(1 2 3 4)", 1, "expected a position"),
        ("Point", "(1 2, 3 4)", 0, "a POINT has one position; got 2"),
        ("Point", "(1 1e999)", 1, "finite"),
        ("Point", f"(1 {'1' * 301})", 1, "at most 300 digits"),
        ("Point", "(90 180)", 0, "a latitude lies between -90 and 90; got 180"),
        ("LineString", "(1 1)", 0, "a line has at least 2 positions; got 1"),
        ("LineString", "(1 1, 200 1)", 6, "a longitude lies between -180 and 180; got 200"),
        ("LineString", "((1 1), (2 2))", 1, "expected a position"),
        ("LineString", "(1 1, 2 2,)", 10, r"found '\)'"),
        ("MultiPoint", "((1 1), (1 91))", 8, "a latitude"),
        ("Polygon", "(0 0, 1 0, 1 1, 0 0)", 1, r"expected '\('"),
        ("Polygon", "((0 0, 1 0, 1 1))", 1, "a ring has at least 4 positions"),
        ("Polygon", "((0 0, 9 0, 9 9, 0 0), (0 0, 1 0, 1 1, 0 1))", 23, "a ring is closed"),
        ("Polygon", "((0 0, 1 0, 1 1, 0 0)", 21, "expected ',' or '[)]'; found the end"),
        ("MultiPolygon", "(((0 0, 9 0, 9 9, 0 0)), ((0 0, 1 0, 1 91, 0 0)))", 37, "a latitude"),
        ("MultiPolygon", "()", 1, r"expected '\('; found '\)'"),
    ],
)
def test_bad_coordinates_are_refused_where_they_are_bad(kind, source, place, reason):
    with pytest.raises(CQL2Error, match=reason) as refused:
        read(kind, source)
    assert refused.value.place == place


@given(geometries.filter(lambda content: content["type"] != "GeometryCollection"))
def test_every_geometry_comes_back(content):
    node = literals.geometry(content, lambda pointer: pointer)
    text = wkt.write(node)
    assert repr(read(node.type, text[text.index("(") :])) == repr(node.coordinates)


def test_a_geometry_with_heights_is_written_with_z():
    assert wkt.write(Geometry("MultiPoint", ((1, 2, 3.5),))) == "MULTIPOINT Z((1 2 3.5))"
    assert wkt.write(Geometry("GeometryCollection", (Geometry("Point", (1, 2)),))) == "GEOMETRYCOLLECTION(POINT(1 2))"


@pytest.mark.parametrize(("number", "text"), [(1, "1"), (1.0, "1.0"), (1e22, "1E+22"), (-1e-7, "-1E-07")])
def test_numbers_are_written_as_what_they_are(number, text):
    assert wkt.written(number) == text
