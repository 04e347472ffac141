"""In which cells of a grid an item is counted."""

from math import atan, degrees, pi, sinh

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from django_stac.exceptions import InvalidParameter
from django_stac.models import Collection
from django_stac.search.aggregation import statement as aggregate_statement
from django_stac.search.aggregation.names import AGGREGATIONS
from django_stac.spec.geometry import bbox_polygon
from django_stac.spec.grids import BASE32, Geohash, Geotile
from tests.factories import box
from tests.search.asking import a_home, a_row, point, search, store
from tests.search.counting import JUNE, SQUARES, counts, nothing_stored, places

pytestmark = pytest.mark.django_db


def test_a_centre_is_in_one_cell():
    places(box(0, 0, 10, 10), point(5, 5), point(-100, 5), None)
    assert counts("centroid_geotile_grid_frequency", centroid_geotile_grid_frequency_precision="1") == (
        {"1/1/0": 2, "1/0/0": 1},
        1,
    )
    assert counts("centroid_geohash_grid_frequency") == ({"s": 2, "9": 1}, 1)


def test_a_geometry_is_in_every_cell_that_it_meets_and_in_none_of_its_box_alone():
    places({"type": "LineString", "coordinates": [[-100, 40], [-10, 40], [-10, -40]]}, None)
    found = counts("geometry_geotile_grid_frequency", geometry_geotile_grid_frequency_precision="2")
    assert found == ({"2/0/1": 1, "2/1/1": 1, "2/1/2": 1}, 1)


def test_a_geometry_that_only_touches_a_cell_meets_it_as_it_does_in_a_search():
    places(box(0, 10, 10, 20))
    found, _ = counts("geometry_geotile_grid_frequency", geometry_geotile_grid_frequency_precision="1")
    assert set(found) == {"1/0/0", "1/1/0"}


def test_a_square_over_the_antimeridian_is_at_both_ends_of_the_world_and_not_between():
    places(SQUARES)
    found, _ = counts("geometry_geotile_grid_frequency", geometry_geotile_grid_frequency_precision="10")
    assert {int(key.split("/")[1]) for key in found} == {0, 1, 2, 1021, 1022, 1023}
    assert set(counts("centroid_geohash_grid_frequency", centroid_geohash_grid_frequency_precision="1")[0]) <= {
        "x",
        "8",
    }


def test_tiles_reach_to_the_poles():
    places(point(0.1, 90), point(0.1, -89), point(180, 86))
    found, overflow = counts("geometry_geotile_grid_frequency", geometry_geotile_grid_frequency_precision="29")
    rows = {int(key.split("/")[2]) for key in found}
    assert (rows, overflow) == ({0, 2**29 - 1}, 0)


@pytest.mark.parametrize("name", [name for name in AGGREGATIONS if "_grid_" in name])
def test_the_world_at_the_finest_precision_explodes_nothing(name):
    finest = "12" if "geohash" in name else "29"
    places(box(-180, -90, 180, 90), point(1, 1))
    found, overflow = counts(name, **{f"{name}_precision": finest})
    assert (sum(found.values()), overflow) == ((2, 0) if "centroid" in name else (1, 1))


def test_more_cells_than_are_counted_are_refused_by_the_precision(monkeypatch):
    monkeypatch.setattr(aggregate_statement, "MOST_OF_ALL", 3)
    places(box(-10, -10, 10, 10))
    with pytest.raises(InvalidParameter, match="covers 4 cells, and 3 are counted at most") as refusal:
        counts("geometry_geotile_grid_frequency", geometry_geotile_grid_frequency_precision="1")
    assert refusal.value.parameter == "geometry_geotile_grid_frequency_precision"


def test_an_item_counts_once_in_the_overflow_of_cells_that_are_cut(monkeypatch):
    monkeypatch.setattr(aggregate_statement, "MOST_BUCKETS", 1)
    places(point(5, 5), box(-10, 5, 10, 6), SQUARES, None)
    found = counts("geometry_geotile_grid_frequency", geometry_geotile_grid_frequency_precision="2")
    assert found == ({"2/2/1": 2}, 2)


@pytest.mark.parametrize("name", [name for name in AGGREGATIONS if "_grid_" in name])
def test_numbers_that_hardly_differ_from_zero_have_cells(name):
    places(point(5e-324, -5e-324))
    found, overflow = counts(name, **{f"{name}_precision": "5"})
    assert (found != {}, overflow) == (True, 0)


# Buckets and searches agree

EDGES = st.sampled_from([-180.0, -90.0, -45.0, -11.25, 0.0, 0.001, 22.5, 66.51326044311186, 85.06, 90.0, 179.5, 180.0])
LONGITUDES, LATITUDES = EDGES | st.floats(-180, 180), EDGES.filter(lambda edge: abs(edge) <= 90) | st.floats(-90, 90)


@st.composite
def geometries(draw):
    """Points, lines and boxes, many of them on the edges of cells; or none."""
    west, east = sorted((draw(LONGITUDES), draw(LONGITUDES)))
    south, north = sorted((draw(LATITUDES), draw(LATITUDES)))
    line = {"type": "LineString", "coordinates": [[west, south], [east, north]]}
    return draw(st.sampled_from([None, point(west, south), line, SQUARES, bbox_polygon((west, south, east, north))]))


def stored(drawn):
    """These geometries, and nothing else."""
    nothing_stored()
    home = Collection.objects.first() or a_home()
    store(*(a_row(f"{number}", home, JUNE, geometry=each) for number, each in enumerate(drawn)))


def geohash_bounds(key):
    """The box of a geohash, by halving."""
    bits = "".join(f"{BASE32.index(letter):05b}" for letter in key)
    ends = [[-180.0, 180.0], [-90.0, 90.0]]
    for number, bit in enumerate(bits):
        ends[number % 2][1 - int(bit)] = sum(ends[number % 2]) / 2
    return ends[0][0], ends[1][0], ends[0][1], ends[1][1]


def geotile_bounds(key):
    """The box of a tile; those of the first and the last row reach to the poles."""
    zoom, column, row = map(int, key.split("/"))
    size = 1 << zoom
    north, south = (
        {0: 90.0, size: -90.0}.get(edge) or degrees(atan(sinh(pi * (1 - 2 * edge / size)))) for edge in (row, row + 1)
    )
    return column / size * 360 - 180, south, (column + 1) / size * 360 - 180, north


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(geometries(), max_size=6), precision=st.integers(1, 3), probes=st.lists(st.floats(0, 0.999)))
@pytest.mark.parametrize(
    ("name", "grid", "bounds"), [("geohash", Geohash, geohash_bounds), ("geotile", Geotile, geotile_bounds)]
)
def test_a_cell_has_as_many_items_as_a_search_of_its_box_finds(drawn, precision, probes, name, grid, bounds):
    stored(drawn)
    name, cells = f"geometry_{name}_grid_frequency", grid(precision)
    found, overflow = counts(name, **{f"{name}_precision": str(precision)})
    assume(overflow == drawn.count(None))  # the boxes of others cover too many cells
    others = {cells.key(int(probe * cells.columns), int(probe**2 * cells.rows)) for probe in probes}
    for key in [*list(found)[:10], *others]:
        assert found.get(key, 0) == search(bbox=bounds(key)).matched


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(geometries(), max_size=6), precision=st.integers(1, 12))
def test_every_item_with_a_geometry_has_its_centre_in_one_cell(drawn, precision):
    stored(drawn)
    for name in ("centroid_geohash_grid_frequency", "centroid_geotile_grid_frequency"):
        found, overflow = counts(name, **{f"{name}_precision": str(precision)})
        assert (sum(found.values()), overflow) == (len(drawn) - drawn.count(None), drawn.count(None))
