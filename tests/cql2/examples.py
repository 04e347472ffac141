"""Filters in both encodings: one for each form, and the examples of the standard where they are at hand."""

import json

from tests.shared import SHARED

EXAMPLES = {
    "NOT (a = 'it''s' OR a <> 1.5)": {"op": "not", "args": [{"op": "or", "args": [
        {"op": "=", "args": [{"property": "a"}, "it's"]}, {"op": "<>", "args": [{"property": "a"}, 1.5]}]}]},
    "TRUE = a AND 2 <= a AND a > b": {"op": "and", "args": [
        {"op": "=", "args": [True, {"property": "a"}]}, {"op": "<=", "args": [2, {"property": "a"}]},
        {"op": ">", "args": [{"property": "a"}, {"property": "b"}]}]},
    "a IS NULL": {"op": "isNull", "args": [{"property": "a"}]},
    "casei(a) LIKE casei(accenti('É%'))": {"op": "like", "args": [
        {"op": "casei", "args": [{"property": "a"}]}, {"op": "casei", "args": [{"op": "accenti", "args": ["É%"]}]}]},
    "a BETWEEN 1 AND b + 2": {"op": "between", "args": [
        {"property": "a"}, 1, {"op": "+", "args": [{"property": "b"}, 2]}]},
    "eo:cloud_cover IN (1, 'x', DATE('2020-02-29'))": {"op": "in", "args": [
        {"property": "eo:cloud_cover"}, [1, "x", {"date": "2020-02-29"}]]},
    "a IN ()": {"op": "in", "args": [{"property": "a"}, []]},
    "updated >= TIMESTAMP('2020-02-29T12:00:00Z')": {"op": ">=", "args": [
        {"property": "updated"}, {"timestamp": "2020-02-29T12:00:00Z"}]},
    "T_METBY(datetime, INTERVAL('..', '2020-02-29T12:00:00.5Z'))": {"op": "t_metBy", "args": [
        {"property": "datetime"}, {"interval": ["..", "2020-02-29T12:00:00.500000Z"]}]},
    "T_DURING(INTERVAL(starts, f(ends)), INTERVAL('2020-02-29', '..'))": {"op": "t_during", "args": [
        {"interval": [{"property": "starts"}, {"op": "f", "args": [{"property": "ends"}]}]},
        {"interval": ["2020-02-29", ".."]}]},
    "S_INTERSECTS(geometry, BBOX(170, -10, -170, 10.5))": {"op": "s_intersects", "args": [
        {"property": "geometry"}, {"bbox": [170, -10, -170, 10.5]}]},
    "S_WITHIN(geometry, POLYGON((0 0, 4 0, 4 4, 0 0), (1 1, 2 1, 2 2, 1 1)))": {"op": "s_within", "args": [
        {"property": "geometry"}, {"type": "Polygon", "coordinates": [
            [[0, 0], [4, 0], [4, 4], [0, 0]], [[1, 1], [2, 1], [2, 2], [1, 1]]]}]},
    "S_EQUALS(GEOMETRYCOLLECTION(POINT Z(1 2 3), LINESTRING(0 0, 1.5 -1)), geometry)": {"op": "s_equals", "args": [
        {"type": "GeometryCollection", "geometries": [
            {"type": "Point", "coordinates": [1, 2, 3]}, {"type": "LineString", "coordinates": [[0, 0], [1.5, -1]]}]},
        {"property": "geometry"}]},
    "A_CONTAINS(instruments, ('msi', 'oli'))": {"op": "a_contains", "args": [
        {"property": "instruments"}, ["msi", "oli"]]},
    "A_EQUALS((1, (2.5, TRUE), a), b)": {"op": "a_equals", "args": [
        [1, [2.5, True], {"property": "a"}], {"property": "b"}]},
    "Near(geometry, 10, 'km', a = 1)": {"op": "Near", "args": [
        {"property": "geometry"}, 10, "km", {"op": "=", "args": [{"property": "a"}, 1]}]},
    "a = (b - 1) * 2 ^ c % 3 div 4 / 5": {"op": "=", "args": [{"property": "a"}, {"op": "/", "args": [
        {"op": "div", "args": [{"op": "%", "args": [{"op": "*", "args": [
            {"op": "-", "args": [{"property": "b"}, 1]}, {"op": "^", "args": [2, {"property": "c"}]}]}, 3]}, 4]}, 5]}]},
}  # fmt: skip
"""CQL2 JSON by the CQL2 text that says the same."""


def _pairs():
    path = SHARED / "conformance/cql2_pairs.json"
    return json.loads(path.read_text()) if path.exists() else []


def _suite():
    path = SHARED / "conformance/cql2_ats/cases.json"
    content = json.loads(path.read_text()) if path.exists() else {}
    return [*content.get("counted_cases", ()), *content.get("counted_logical", ())]


PAIRS = _pairs()
"""The examples of OGC 21-065r2 as dicts with ``id``, ``text``, ``alt_texts`` and ``json``."""
SUITE = _suite()
"""Annex A of the same: ``id``, ``filter_text`` and ``filter_json``."""
