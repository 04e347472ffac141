"""What a page holds: which items match, who sees them, how they are counted."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import F, FilteredRelation, Q, Window
from django.db.models.functions import RowNumber
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from django_stac.access import policy
from django_stac.cql2.tree import Operation, Property
from django_stac.exceptions import InvalidParameter, QueryTimeout
from django_stac.models import Collection, Item
from django_stac.models.document import dump
from django_stac.search.query import Comparison, SearchQuery, SortKey
from django_stac.search.run import item_row, search_items
from django_stac.spec.datetimes import Interval, parse_interval
from tests.factories import an_item, put, put_collection
from tests.search.asking import a_home, a_row, at, found, ids, point, search, store, walked

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
UNKNOWN = Operation("isNull", (Property("eo:cloud_cover"),))
JUNE = at("2024-06-01")


def some(count, **changes):
    """Items of one collection, one a day, the newest last."""
    home = changes.pop("home", None) or a_home()
    store(*(a_row(f"{number}", home, JUNE + number * DAY, **changes) for number in range(count)))


def a_triangle():
    return {"type": "Polygon", "coordinates": [[[0, 0], [10, 0], [0, 10], [0, 0]]]}


# Rows


def test_a_row_is_the_stored_bytes_of_an_item():
    (item,) = put(an_item("scene"))
    (row,) = search().rows
    assert row == ("scenes", "scene", item.digest, dump(item.document), False)
    assert type(row.document) is bytes


def test_items_come_newest_first_and_the_later_stored_one_first_of_two():
    home = a_home()
    store(a_row("old", home, JUNE), a_row("new", home, JUNE + DAY), a_row("new too", home, JUNE + DAY))
    assert found() == ["new too", "new", "old"]


def test_nothing_stored_is_an_empty_page():
    for asked in ({}, {"bbox": (0.0, 0.0, 1.0, 1.0)}, {"ids": ("a",)}, {"collections": ("a",)}):
        page = search(**asked)
        assert (page.rows, page.next, page.prev, page.matched) == ([], None, None, 0)


# Conditions


def test_ids_and_collections_restrict_together():
    some(3, home=a_home("one"))
    some(3, home=a_home("two"))
    assert found(ids=("1", "2", "absent")) == ["2", "2", "1", "1"]
    assert [row[:2] for row in search(ids=("1",), collections=("two",)).rows] == [("two", "1")]


def test_unknown_and_hidden_collections_match_nothing():
    some(2)
    some(2, home=a_home("hidden", published=False))
    assert found(collections=("absent", "hidden")) == []
    assert len(found(collections=("absent", "scenes"))) == 2


def test_five_thousand_ids_are_searched():
    some(3)
    assert found(ids=tuple(str(number) for number in range(5_000))) == ["2", "1", "0"]


PLACES = {"pacific east": (179, 5), "pacific west": (-179, 5), "greenwich": (0, 5), "corner": (10, 5), "pole": (0, 90)}


@pytest.mark.parametrize(
    ("bbox", "met"),
    [
        ((178.0, 0.0, -178.0, 10.0), {"pacific east", "pacific west"}),
        ((180.0, 0.0, -178.0, 10.0), {"pacific west"}),
        ((10.0, 0.0, -180.0, 10.0), {"pacific east", "corner"}),
        ((-180.0, -90.0, 180.0, 90.0), {"pacific east", "pacific west", "greenwich", "corner", "pole"}),
        ((0.0, 5.0, 0.0, 5.0), {"greenwich"}),
        ((0.0, 5.0, 10.0, 5.0), {"greenwich", "corner"}),
        ((0.0, 0.0, 0.0, 90.0), {"greenwich", "pole"}),
        ((20.0, 0.0, 30.0, 10.0), set()),
    ],
)
def test_a_box_meets_what_it_touches(bbox, met):
    home = a_home()
    store(*(a_row(name, home, JUNE, geometry=point(*place)) for name, place in PLACES.items()))
    store(a_row("nowhere", home, JUNE))
    page = search(bbox=bbox)
    assert {row.item_id for row in page.rows} == met
    assert page.matched == len(page.rows) == len(met)


EDGES = st.sampled_from([0.0, 0.1, 10.1, 33.3, 59.9, 179.9])
TINY = st.sampled_from([0.0, 1e-9, 1e-7, 1e-6, 1e-5, 1e-4, 2e-4])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(west=EDGES, width=st.sampled_from([0.0, 1e-5, 2e-4, 0.1, 7.7]), beside=TINY, side=st.sampled_from([-1, 1]))
def test_a_box_is_exact_to_the_last_digit(db, west, width, beside, side):
    east = min(west + width, 180.0)
    home = Collection.objects.first() or a_home()
    connection.cursor().execute("DELETE FROM django_stac_item")
    store(a_row("west", home, JUNE, geometry=point(west - side * beside, 10.1)))
    store(a_row("east", home, JUNE, geometry=point(min(east + side * beside, 180.0), 10.1)))
    met = Item.objects.in_bbox(west, 10.0, east, 10.1).values_list("item_id", flat=True)
    assert set(found(bbox=(west, 10.0, east, 10.1))) == set(met)


def test_an_item_on_both_sides_of_the_antimeridian_is_found_and_counted_once():
    sides = {"type": "MultiPoint", "coordinates": [[179, 0], [-179, 0]]}
    home = a_home()
    store(*(a_row(f"{number}", home, JUNE, geometry=sides) for number in range(3)))
    pages = walked(limit=1, bbox=(178.0, -1.0, -178.0, 1.0))
    assert ids(pages) == ["2", "1", "0"]
    assert pages[0].matched == 3


def test_a_geometry_meets_what_lies_in_it_and_not_in_its_box():
    home = a_home()
    store(a_row("inside", home, JUNE, geometry=point(1, 1)), a_row("beside", home, JUNE, geometry=point(9, 9)))
    assert found(intersects=a_triangle()) == ["inside"]


def test_a_geometry_collection_meets_what_any_of_its_parts_meets():
    home = a_home()
    store(a_row("inside", home, JUNE, geometry=point(1, 1)), a_row("alone", home, JUNE, geometry=point(50, 5)))
    both = {"type": "GeometryCollection", "geometries": [a_triangle(), point(50, 5)]}
    assert found(intersects=both) == ["alone", "inside"]


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("2024-06-01T00:00:00Z", {"instant", "from", "to", "around", "elsewhere"}),
        ("2024-06-02T00:00:00Z", {"from", "around", "elsewhere"}),
        ("2024-05-31T00:00:00Z", {"to", "around"}),
        ("2024-05-20T00:00:00Z/2024-05-31T00:00:00Z", {"to", "around"}),
        ("2024-06-02T00:00:00Z/..", {"from", "around", "elsewhere"}),
        ("../2024-05-31T00:00:00Z", {"to", "around"}),
        ("2024-06-01T00:00:00.000001Z/2024-06-01T00:00:01Z", {"from", "around", "elsewhere"}),
        ("2030-01-01T00:00:00Z", set()),
    ],
)
def test_an_item_with_a_range_matches_by_its_range_and_others_by_their_instant(text, met):
    home = a_home()
    rows = [
        a_row("instant", home, JUNE),
        a_row("from", home, JUNE, end=JUNE + 2 * DAY),
        a_row("to", home, JUNE - 2 * DAY, end=JUNE),
        a_row("around", home, JUNE - 5 * DAY, end=JUNE + 5 * DAY),
        a_row("elsewhere", home, JUNE, end=JUNE + 5 * DAY),
    ]
    rows[-1].datetime = at("2030-01-01")
    store(*rows)
    page = search(interval=parse_interval(text))
    assert {row.item_id for row in page.rows} == met
    assert set(Item.objects.overlapping(*ends(parse_interval(text))).values_list("item_id", flat=True)) == met


def ends(interval: Interval):
    return interval.start, interval.end


# Visibility


@pytest.mark.usefixtures("analyzed")
def test_hidden_items_are_neither_found_nor_counted(viewer):
    some(3)
    put_collection("hidden", published=False)
    store(a_row("unpublished", Collection.objects.get(collection_id="scenes"), JUNE, published=False))
    store(a_row("in a hidden one", Collection.objects.get(collection_id="hidden"), JUNE))
    query = SearchQuery(limit=2)
    access = policy()
    pages = [
        search_items(query, visible=access.visible_items(user), collections=access.visible_collections(user))
        for user in (None, viewer)
    ]
    assert [page.matched for page in pages] == [3, 5]
    assert "unpublished" not in found()


@pytest.mark.parametrize(
    "visible",
    [
        lambda items: items.filter(collection__title__isnull=True, collection__description=""),
        lambda items: items.filter(Q(item_id="0") | Q(item_id__startswith="1") | Q(item_id="100%")).distinct(),
        lambda items: items.filter(item_id__in=["0", "1"]) | items.filter(item_id="0"),
        lambda items: items.order_by("item_id")[:2],
        lambda items: items.filter(item_id="0").union(items.filter(item_id="1")),
        lambda items: items.exclude(collection__parents__isnull=False),
        lambda items: items.all(),
        lambda items: items.filter(item_id__contains="%").none(),
    ],
)
def test_a_policy_may_narrow_with_any_queryset(visible):
    some(2)
    narrowed = visible(Item.objects.all())
    page = search_items(SearchQuery(limit=5), visible=narrowed, collections=Collection.objects.all())
    assert sorted(row.item_id for row in page.rows) == sorted(item.item_id for item in narrowed)


# Counting


@pytest.mark.usefixtures("analyzed")
def test_the_count_is_exact_up_to_the_bound_and_unknown_beyond(settings):
    some(5)
    settings.DJANGO_STAC = {"COUNT_BOUND": 5}
    assert search(limit=2).matched == 5
    settings.DJANGO_STAC = {"COUNT_BOUND": 4}
    assert search(limit=2).matched is None


def test_nothing_is_counted_where_the_site_says_so(settings):
    settings.DJANGO_STAC = {"COUNT_BOUND": 0}
    some(2)
    assert (search(limit=5).matched, search(limit=1).matched) == (None, None)


@pytest.mark.usefixtures("analyzed")
def test_the_count_of_the_first_page_is_carried_along():
    some(4)
    first = search(limit=1)
    store(a_row("late", Collection.objects.get(), JUNE - DAY))
    assert search(limit=1, token=first.next).matched == 4


@pytest.mark.parametrize(
    "asked",
    [
        {"bbox": (-1.0, -1.0, 1.0, 1.0)},
        {"intersects": point(0, 0)},
        {"interval": Interval(start=JUNE, end=None)},
        {"ids": ("1", "2", "3")},
        {"collections": ("scenes",)},
        {"bbox": (-1.0, -1.0, 1.0, 1.0), "interval": Interval(start=None, end=JUNE + 90 * DAY)},
    ],
)
def test_the_count_is_that_of_all_pages(asked):
    some(4, geometry=point(0, 0))
    store(a_row("far", Collection.objects.get(), JUNE - DAY, end=JUNE + DAY, geometry=point(50, 0)))
    pages = walked(limit=1, **asked)
    assert pages[0].matched == len(ids(pages))


# Tokens


def test_a_page_whose_items_have_gone_leads_back_alone():
    some(2)
    first = search(limit=1)
    connection.cursor().execute("DELETE FROM django_stac_item WHERE item_id = '0'")
    page = search(limit=1, token=first.next)
    assert (page.rows, page.next) == ([], None)
    assert search(limit=1, token=page.prev).rows == first.rows


def test_pages_survive_what_is_stored_and_deleted_between_them():
    some(5)
    first = search(limit=2)
    store(a_row("newest", Collection.objects.get(), JUNE + 90 * DAY))
    connection.cursor().execute("DELETE FROM django_stac_item WHERE item_id = '3'")
    assert found(limit=2, token=first.next) == ["2", "1"]


def test_a_page_may_change_its_size():
    some(5)
    assert found(limit=4, token=search(limit=1).next) == ["3", "2", "1", "0"]


def test_the_token_of_another_search_is_refused():
    some(3)
    with pytest.raises(InvalidParameter, match="another search"):
        search(limit=1, token=search(limit=1).next, collections=("scenes",))


# One item


def test_one_item_is_found_by_its_ids():
    (item,) = put(an_item("a/b é"))
    row = item_row("scenes", "a/b é", visible=Item.objects.published())
    assert row == ("scenes", "a/b é", item.digest, dump(item.document), False)


def test_an_absent_or_hidden_item_is_none():
    put(an_item("hidden"), published=False)
    assert item_row("scenes", "hidden", visible=Item.objects.published()) is None
    assert item_row("scenes", "absent", visible=Item.objects.all()) is None
    assert item_row("absent", "hidden", visible=Item.objects.all()) is None
    assert item_row("scenes", "\0", visible=Item.objects.all()) is None


# Timeouts


@pytest.fixture
def slow(monkeypatch):
    """A policy that takes a second an item."""
    some(3, geometry=point(0, 0))
    from django.db.models.expressions import RawSQL

    return Item.objects.annotate(slept=RawSQL("pg_sleep(1)::text", ())).filter(slept="")


@pytest.mark.parametrize(
    "asked",
    [
        {"intersects": point(0, 0)},
        {"filter": UNKNOWN},
        {"comparisons": (Comparison(name="eo:cloud_cover", operator="eq", value=None),)},
        {"sort": (SortKey("platform"),)},
    ],
    ids=lambda asked: next(iter(asked)),
)
def test_a_search_that_takes_too_long_says_so(slow, settings, asked):
    settings.DJANGO_STAC = {"STATEMENT_TIMEOUT": 20}
    query = SearchQuery(limit=1, **asked)
    with pytest.raises(QueryTimeout):
        search_items(query, visible=slow, collections=Collection.objects.all())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_nested", [True, False])
@pytest.mark.parametrize("asked", [{}, {"filter": UNKNOWN}, {"sort": (SortKey("platform"),)}], ids=str)
def test_a_count_that_takes_too_long_is_left_out(settings, monkeypatch, asked, is_nested):
    from django_stac.search.pages import statement

    some(3)
    settings.DJANGO_STAC = {"STATEMENT_TIMEOUT": 100}
    monkeypatch.setattr(statement, "COUNT", "SELECT count(*) FROM ({branches}) AS k, pg_sleep(1) WHERE %(bound)s > 0")
    with transaction.atomic() if is_nested else nullcontext():
        page = search(limit=1, **asked)
    assert (page.matched, len(page.rows)) == (None, 1)
    assert len(search(limit=3).rows) == 3


def test_other_failures_of_the_database_pass_through(monkeypatch):
    from django_stac.search.pages import along_time

    monkeypatch.setattr(along_time, "PAGE", "SELECT 1/0 {parts} {branches} {order}")
    with pytest.raises(Exception, match=r"syntax|division") as caught:
        search()
    assert not isinstance(caught.value, QueryTimeout | OperationalError)


def seen_by(visible, **asked):
    return search_items(SearchQuery(limit=1, **asked), visible=visible, collections=Collection.objects.published())


def test_a_count_is_carried_from_page_to_page_with_a_place_in_the_search_or_in_the_policy():
    some(3, geometry=point(1, 1))
    box = {"bbox": (0.0, 0.0, 2.0, 2.0)}
    for visible, asked in ((Item.objects.all(), box), (Item.objects.in_bbox(*box["bbox"]), {})):
        token = seen_by(visible, **asked).next
        assert seen_by(visible.all(), token=token, **asked).matched == 3


def test_a_count_is_not_carried_to_who_sees_other_rows_by_a_value_in_a_join():
    some(3)
    some(2, home=a_home("others"))

    def visible(name):
        own = FilteredRelation("collection", condition=Q(collection__collection_id=name))
        return Item.objects.annotate(own=own).filter(own__isnull=False)

    token = seen_by(visible("scenes")).next
    assert seen_by(visible("others"), token=token).matched is None


def test_a_policy_may_see_by_a_window():
    some(3)
    numbered = Item.objects.annotate(place=Window(RowNumber(), order_by=F("datetime").desc()))
    assert [row.item_id for row in seen_by(numbered.filter(place=2)).rows] == ["1"]
