"""What items are grouped by, and how buckets look."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from django_stac.models import Collection
from django_stac.search.aggregation import statement as aggregate_statement
from django_stac.search.aggregation.distributions import LONGEST
from tests.search.asking import a_home, a_row, at, store
from tests.search.counting import JUNE, asked, counts, nothing_stored, some

pytestmark = pytest.mark.django_db


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
