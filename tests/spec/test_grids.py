"""Keys of cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.spec.grids import BASE32, Geohash, Geotile


def geohash(longitude, latitude, precision):
    """The geohash of a point, by halving as its inventor describes it."""
    ends, places, bits = [[-180.0, 180.0], [-90.0, 90.0]], (longitude, latitude), ""
    for number in range(5 * precision):
        axis = ends[number % 2]
        middle = sum(axis) / 2
        is_upper = places[number % 2] >= middle
        axis[0 if is_upper else 1] = middle
        bits += str(int(is_upper))
    return "".join(BASE32[int(bits[start : start + 5], 2)] for start in range(0, len(bits), 5))


@pytest.mark.parametrize(
    ("precision", "column", "row", "key"),
    [(1, 0, 0, "0"), (1, 7, 3, "z"), (5, 3968, 3017, "ezs42"), (12, 2**30 - 1, 2**30 - 1, "zzzzzzzzzzzz")],
)
def test_a_geohash_names_a_column_from_the_west_and_a_row_from_the_south(precision, column, row, key):
    assert Geohash(precision).key(column, row) == key


@given(st.floats(-180, 179.9), st.floats(-90, 89.9), st.integers(Geohash.coarsest, Geohash.finest))
def test_a_geohash_is_that_of_the_points_in_its_cell(longitude, latitude, precision):
    grid = Geohash(precision)
    column, row = int((longitude + 180) / 360 * grid.columns), int((latitude + 90) / 180 * grid.rows)
    middle = (column + 0.5) / grid.columns * 360 - 180, (row + 0.5) / grid.rows * 180 - 90
    assert grid.key(column, row) == geohash(*middle, precision)


def test_a_tile_is_zoom_column_and_row():
    assert Geotile(3).key(4, 2) == "3/4/2"


@pytest.mark.parametrize(
    ("grid", "columns", "rows"),
    [(Geohash(1), 8, 4), (Geohash(2), 32, 32), (Geotile(0), 1, 1), (Geotile(29), 2**29, 2**29)],
)
def test_every_letter_and_every_zoom_cuts_cells(grid, columns, rows):
    assert (grid.columns, grid.rows) == (columns, rows)
