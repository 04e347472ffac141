"""What differs between two states of a document, for people."""

from django_stac.documents.differences import LONGEST, Difference, differences


def test_places_are_told_with_what_stood_and_stands_there():
    before, after = {"title": "old", "bbox": [1, 2], "gone": None}, {"title": "new", "bbox": [1, 3], "new": {"a": "ä"}}
    shown, left_out = differences(before, after, most=9)
    assert set(shown) == {
        Difference("/title", '"old"', '"new"'),
        Difference("/bbox", "[1, 2]", "[1, 3]"),
        Difference("/gone", "null", None),
        Difference("/new", None, '{"a": "ä"}'),
    }
    assert left_out == 0


def test_the_first_are_shown_and_the_rest_is_counted():
    shown, left_out = differences({}, {str(number): number for number in range(10)}, most=3)
    assert ([each.place for each in shown], left_out) == (["/0", "/1", "/2"], 7)


def test_long_values_are_shortened():
    ((change,), _) = differences({}, {"a": "x" * LONGEST}, most=1)
    assert change.after == f'"{"x" * (LONGEST - 1)}…'
