"""Statistics of one band."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.raster.statistics import statistics_of


def test_values_are_counted_without_the_masked():
    values = np.ma.masked_equal(np.array([0, 1, 2, 3], "uint8"), 0)
    assert statistics_of(values) == {
        "minimum": 1,
        "maximum": 3,
        "mean": 2.0,
        "stddev": pytest.approx(0.8165, abs=1e-4),
        "valid_percent": 75.0,
    }


def test_no_valid_pixel_no_statistics():
    assert statistics_of(np.ma.masked_all((3, 3))) is None


def test_complex_numbers_have_no_order():
    assert statistics_of(np.ma.array([1 + 2j, 3])) is None


def test_what_overflows_is_left_out():
    found = statistics_of(np.ma.array([-1.7e308, 1.7e308]))
    assert set(found) == {"minimum", "maximum", "mean", "valid_percent"}


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_statistics_are_always_plain_json(values):
    json.dumps(statistics_of(np.ma.array(values)), allow_nan=False)
