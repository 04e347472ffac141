"""Which items aggregations count, and what one is asked for with others."""

import pytest
from django.db.models import Q

from django_stac.exceptions import QueryTimeout
from django_stac.models import Collection, Item
from django_stac.search.aggregation.names import AGGREGATIONS
from django_stac.search.aggregation.query import from_params
from django_stac.search.aggregation.run import aggregate
from tests.factories import box
from tests.search.asking import a_home, a_row, at, point, store
from tests.search.counting import JUNE, SQUARES, asked, counts, places, some
from tests.statements import statements

pytestmark = pytest.mark.django_db


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


def test_aggregations_come_in_the_order_in_which_they_are_asked_for():
    assert list(asked("platform_frequency", "total_count", "datetime_min")) == [
        "platform_frequency",
        "total_count",
        "datetime_min",
    ]


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
    assert [text.split()[0] for text in seen] == ["BEGIN;", "WITH", "COMMIT"]


def test_what_takes_too_long_is_given_up(settings):
    settings.DJANGO_STAC = {"STATEMENT_TIMEOUT": 1}
    places(*(box(-60, -60, 60, 60) for _ in range(30)))
    with pytest.raises(QueryTimeout):
        counts("geometry_geotile_grid_frequency", geometry_geotile_grid_frequency_precision="5")


def test_a_filter_restricts_what_is_counted():
    some("eo:cloud_cover", [1, 50, None])
    assert asked("total_count", filter="eo:cloud_cover < 5")["total_count"]["value"] == 1
    assert asked("total_count", query='{"eo:cloud_cover": {"gt": 5}}')["total_count"]["value"] == 1
