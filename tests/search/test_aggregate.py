"""What aggregations count: which items, by which keys, in which order."""

from math import atan, degrees, pi, sinh

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from django_stac.exceptions import InvalidParameter, QueryTimeout
from django_stac.models import Collection, Item
from django_stac.search import aggregate_statement
from django_stac.search.aggregate import aggregate
from django_stac.search.aggregate_query import from_params
from django_stac.search.aggregations import AGGREGATIONS, LONGEST
from django_stac.spec.geometry import bbox_polygon
from django_stac.spec.grids import BASE32, Geohash, Geotile
from tests.factories import box
from tests.search.asking import a_home, a_row, at, point, search, store
from tests.statements import statements

pytestmark = pytest.mark.django_db

JUNE = at("2024-06-01")
SQUARES = {
    "type": "MultiPolygon",
    "coordinates": [box(179, 0, 180, 1)["coordinates"], box(-180, 0, -179, 1)["coordinates"]],
}
"""A square that was cut at the antimeridian."""


def asked(*names, **params):
    """The aggregations of these names of what everybody may see, by name."""
    query = from_params({"aggregations": ",".join(names), **params})
    found = aggregate(query, visible=Item.objects.published(), collections=Collection.objects.published())
    return {each["name"]: each for each in found}


def counts(name, **params):
    """The frequencies of a distribution by key, and how many items are in no bucket."""
    found = asked(name, **params)[name]
    return {bucket["key"]: bucket["frequency"] for bucket in found["buckets"]}, found["overflow"]


def some(name, values, home=None):
    """One item for each value of a property; None has none."""
    home = home or a_home()
    rows = [a_row(f"{number}", home, JUNE) for number, _ in enumerate(values)]
    for row, value in zip(rows, values, strict=True):
        row.properties = {} if value is None else {name: value}
    store(*rows)


def places(*geometries):
    home = a_home()
    store(*(a_row(f"{number}", home, JUNE, geometry=each) for number, each in enumerate(geometries)))


# Single values


def test_a_total_counts_all_items():
    some("platform", ["a", "b", None])
    assert asked("total_count") == {"total_count": {"name": "total_count", "data_type": "integer", "value": 3}}


def test_extremes_are_the_first_and_the_last_datetime():
    home = a_home()
    store(a_row("range", home, at("2024-05-01"), end=at("2025-01-01")), a_row("instant", home, JUNE))
    found = asked("datetime_min", "datetime_max")
    assert found["datetime_min"] == {"name": "datetime_min", "data_type": "datetime", "value": "2024-05-01T00:00:00Z"}
    assert found["datetime_max"]["value"] == "2024-06-01T00:00:00Z"


@pytest.mark.parametrize("params", [{}, {"collections": "absent"}, {"ids": "absent"}])
def test_where_nothing_is_found_nothing_is_counted(params):
    found = asked(*AGGREGATIONS, **params)
    assert [each["value"] for each in found.values() if "value" in each] == [0, None, None]
    assert not [bucket for each in found.values() for bucket in each.get("buckets", []) if bucket["frequency"]]
    assert {each.get("overflow", 0) for each in found.values()} == {0}


# Keys


def test_aggregations_come_in_the_order_in_which_they_are_asked_for():
    assert list(asked("platform_frequency", "total_count", "datetime_min")) == [
        "platform_frequency",
        "total_count",
        "datetime_min",
    ]


def test_the_fullest_terms_come_first_and_of_equals_the_lesser():
    some("platform", ["b", "c", "a", "c"])
    found = asked("platform_frequency")["platform_frequency"]
    assert found["data_type"] == "frequency_distribution"
    assert found["buckets"][0] == {"key": "c", "data_type": "string", "frequency": 2}
    assert [bucket["key"] for bucket in found["buckets"]] == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("name", "property", "strangers"),
    [
        ("platform_frequency", "platform", [3, True, ["a"], {"a": 1}, None]),
        ("cloud_cover_frequency", "eo:cloud_cover", ["3", True, [3], {}, None]),
        ("sun_azimuth_frequency", "view:sun_azimuth", ["3", False, [], None]),
    ],
)
def test_values_of_other_kinds_are_in_no_bucket(name, property, strangers):  # noqa: A002
    some(property, strangers)
    found, overflow = counts(name)
    assert (sum(found.values()), overflow) == (0, len(strangers))


def test_a_range_holds_its_lower_bound_and_not_its_upper():
    some("eo:cloud_cover", [0, 4.999, 5, 14, 15, 40, 100, -3])
    found = asked("cloud_cover_frequency")["cloud_cover_frequency"]["buckets"]
    assert found[0] == {"key": "*-5.0", "data_type": "numeric", "frequency": 3, "to": 5.0}
    assert found[1] == {"key": "5.0-15.0", "data_type": "numeric", "frequency": 2, "from": 5.0, "to": 15.0}
    assert [bucket["frequency"] for bucket in found[2:]] == [1, 2]
    assert "to" not in found[3]


def test_steps_are_five_units_wide_and_ordered():
    some("view:sun_elevation", [12, -0.1, 10, 14.9, 15, 1e300])
    found = asked("sun_elevation_frequency")["sun_elevation_frequency"]["buckets"]
    assert [(bucket["from"], bucket["to"], bucket["frequency"]) for bucket in found[:3]] == [
        (-5.0, 0.0, 1),
        (10.0, 15.0, 3),
        (15.0, 20.0, 1),
    ]
    assert found[3]["from"] == pytest.approx(1e300)


@pytest.mark.parametrize(
    ("interval", "keys"),
    [
        ("year", ["2023-01-01T00:00:00Z", "2024-01-01T00:00:00Z"]),
        ("quarter", ["2023-10-01T00:00:00Z", "2024-04-01T00:00:00Z"]),
        ("month", ["2023-12-01T00:00:00Z", "2024-05-01T00:00:00Z"]),
        ("week", ["2023-12-25T00:00:00Z", "2024-05-13T00:00:00Z"]),
        ("day", ["2023-12-31T00:00:00Z", "2024-05-15T00:00:00Z"]),
        ("hour", ["2023-12-31T23:00:00Z", "2024-05-15T12:00:00Z"]),
        ("minute", ["2023-12-31T23:59:00Z", "2024-05-15T12:30:00Z"]),
        ("second", ["2023-12-31T23:59:59Z", "2024-05-15T12:30:15Z"]),
    ],
)
def test_spans_are_those_of_the_calendar_in_utc(interval, keys):
    home = a_home()
    moments = ["2023-12-31T23:59:59.999999", "2024-05-15T12:30:15.5"]
    store(*(a_row(moment, home, at(moment)) for moment in moments))
    found, overflow = counts("datetime_frequency", datetime_frequency_interval=interval)
    assert (list(found), overflow) == (keys, 0)


def test_texts_that_are_too_long_for_a_key_are_in_no_bucket():
    some("platform", ["a" * LONGEST, "a" * (LONGEST + 1)])
    assert counts("platform_frequency") == ({"a" * LONGEST: 1}, 1)


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_all_years_have_spans(year):
    store(a_row("far", a_home(), at(f"{year}-01-01")))
    assert list(counts("datetime_frequency")[0]) == [f"{year}-01-01T00:00:00Z"]


def test_collections_go_by_their_ids():
    store(*(a_row(f"{number}", a_home(f"home {number // 2}"), JUNE) for number in (0, 2, 4)))
    assert counts("collection_frequency") == ({"home 0": 1, "home 1": 1, "home 2": 1}, 0)


def test_buckets_are_bounded_and_the_fullest_are_kept(monkeypatch):
    monkeypatch.setattr(aggregate_statement, "MOST_BUCKETS", 2)
    some("platform", ["a", "b", "b", "c", "c", "c", None])
    assert counts("platform_frequency") == ({"c": 3, "b": 2}, 2)


# Grids


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


# Which items


def test_conditions_of_a_search_hold():
    home, other = a_home(), a_home("others")
    store(a_row("a", home, JUNE, geometry=point(5, 5)), a_row("b", home, at("2023-01-01"), geometry=point(50, 5)))
    store(a_row("a", other, JUNE), a_row("range", other, at("2022-12-01"), end=at("2023-02-01")))
    for params, count in [
        ({"collections": "scenes"}, 2),
        ({"ids": "a"}, 2),
        ({"bbox": "0,0,10,10"}, 1),
        ({"intersects": '{"type": "Point", "coordinates": [50, 5]}'}, 1),
        ({"datetime": "2023-01-01T00:00:00Z"}, 2),
        ({"datetime": "../2023-12-31T00:00:00Z", "collections": "others"}, 1),
    ]:
        assert asked("total_count", **params)["total_count"]["value"] == count, params


def test_an_item_in_both_parts_of_a_box_over_the_antimeridian_counts_once():
    places(SQUARES, {"type": "MultiPoint", "coordinates": [[179, 0], [-179, 0]]}, point(0, 0))
    assert asked("total_count", bbox="170,-10,-170,10")["total_count"]["value"] == 2


def test_what_is_hidden_counts_nowhere():
    home = a_home()
    store(a_row("shown", home, JUNE, geometry=point(1, 1)))
    before = asked(*AGGREGATIONS)
    store(a_row("hidden", home, at("1999-01-01"), geometry=point(50, 50), published=False))
    store(a_row("hidden", a_home("hidden", published=False), at("1999-01-01"), geometry=point(50, 50)))
    assert asked(*AGGREGATIONS) == before


@pytest.mark.parametrize(
    "visible",
    [
        lambda items: items.filter(Q(item_id="0") | Q(item_id__startswith="1") | Q(item_id="100%")).distinct(),
        lambda items: items.order_by("item_id")[:2],
        lambda items: items.filter(item_id="0").union(items.filter(item_id="1")),
        lambda items: items.filter(item_id__in=["0", "1"], collection__description="").exclude(collection__parents=5),
    ],
)
def test_a_policy_may_narrow_with_any_queryset(visible):
    some("platform", ["a", "b", "a", "a"])
    query = from_params({"aggregations": ",".join(AGGREGATIONS)})
    found = aggregate(query, visible=visible(Item.objects.all()), collections=Collection.objects.all())
    assert found[0]["value"] == 2
    assert [bucket["key"] for bucket in found[5]["buckets"]] == ["a", "b"]


@pytest.mark.django_db(transaction=True)
def test_all_aggregations_cost_one_statement_with_a_timeout_of_its_own():
    some("platform", ["a"])
    with statements() as seen:
        asked(*AGGREGATIONS)
    assert [text.split()[0] for text in seen] == ["BEGIN", "SET", "WITH", "COMMIT"]


def test_what_takes_too_long_is_given_up(settings):
    settings.DJANGO_STAC = {"STATEMENT_TIMEOUT": 1}
    places(*(box(-60, -60, 60, 60) for _ in range(30)))
    with pytest.raises(QueryTimeout):
        counts("geometry_geotile_grid_frequency", geometry_geotile_grid_frequency_precision="5")


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


def nothing_stored():
    """No items: examples share a database."""
    Item.objects.all()._raw_delete("default")


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


NUMBERS = st.sampled_from([None, -5, 0, 4.999, 5, 14.9999, 15.0, 40, 1e-300, "7", True]) | st.floats(-20, 120)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(NUMBERS, max_size=8))
@pytest.mark.parametrize(
    ("name", "source"),
    [("cloud_cover_frequency", "eo:cloud_cover"), ("sun_elevation_frequency", "view:sun_elevation")],
)
def test_a_range_has_as_many_items_as_a_filter_by_its_bounds_finds(values, name, source):
    nothing_stored()
    some(source, values, Collection.objects.first())
    found = asked(name, "total_count")
    assert sum(bucket["frequency"] for bucket in found[name]["buckets"]) + found[name]["overflow"] == len(values)
    for bucket in found[name]["buckets"]:
        bounds = [f"{source} {op} {bucket[end]}" for end, op in (("from", ">="), ("to", "<")) if end in bucket]
        assert asked("total_count", filter=" AND ".join(bounds))["total_count"]["value"] == bucket["frequency"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(geometries(), max_size=6), precision=st.integers(1, 12))
def test_every_item_with_a_geometry_has_its_centre_in_one_cell(drawn, precision):
    stored(drawn)
    for name in ("centroid_geohash_grid_frequency", "centroid_geotile_grid_frequency"):
        found, overflow = counts(name, **{f"{name}_precision": str(precision)})
        assert (sum(found.values()), overflow) == (len(drawn) - drawn.count(None), drawn.count(None))


def test_a_filter_restricts_what_is_counted():
    some("eo:cloud_cover", [1, 50, None])
    assert asked("total_count", filter="eo:cloud_cover < 5")["total_count"]["value"] == 1
    assert asked("total_count", query='{"eo:cloud_cover": {"gt": 5}}')["total_count"]["value"] == 1
