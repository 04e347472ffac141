"""Every item exactly once along any keys, forward and back: whatever is absent, ties, or runs the other way."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cmp_to_key
from itertools import count
from unittest import mock

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from django_stac.cql2.tree import Operation, Property, Value
from django_stac.exceptions import InvalidParameter
from django_stac.models import Collection, Item
from django_stac.models.gate import open_gate
from django_stac.search.pages.cursor import MAX_LENGTH, decode, digest, fingerprint, packed
from django_stac.search.query import SearchQuery, SortKey
from django_stac.search.run import search_items
from django_stac.spec.datetimes import Interval
from tests.search.asking import a_home, a_row, ids, point, search, store, walked, walked_back

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)
# Values of other kinds than their property's count as absent.
CLOUD = [None, 0, 0.1, 1, 1.0, 10, 9.999999999999999e22, -5, "5", True, [1], 1e-300]
PLATFORM = [None, "", "a", "A", "é", "z", "a\tb", "😀", "\uffff", 5, {"a": "a"}]
UPDATED = [None, "2024-06-01T00:00:00.000000Z", "2024-06-01T00:00:00.000001Z", "9999-12-31T23:59:59.000000Z", 5]
ABSENT = "absent"

properties = st.fixed_dictionaries(
    {},
    optional={
        "eo:cloud_cover": st.sampled_from(CLOUD),
        "platform": st.sampled_from(PLATFORM),
        "updated": st.sampled_from(UPDATED),
    },
)
rows = st.lists(
    st.tuples(
        properties,
        st.sampled_from([NOW, NOW, NOW + DAY]),
        st.sampled_from([None, None, DAY]),
        st.sampled_from([None, (0, 0), (179.5, 0), (-179.5, 0)]),
        st.sampled_from(["one", "two"]),
        st.sampled_from("abc"),
    ),
    max_size=25,
)
NAMES = ["eo:cloud_cover", "platform", "updated", "datetime", "id", "collection", "start_datetime"]
sorts = st.lists(
    st.tuples(st.sampled_from(NAMES), st.booleans()), min_size=1, max_size=3, unique_by=lambda key: key[0]
).map(lambda keys: tuple(SortKey(*key) for key in keys))
CLEAR = Operation("<", (Property("eo:cloud_cover"), Value(5)))
searches = st.fixed_dictionaries(
    {
        "bbox": st.sampled_from([None, None, (-1.0, -1.0, 1.0, 1.0), (179.0, -1.0, -179.0, 1.0)]),
        "interval": st.sampled_from([None, None, Interval(start=NOW, end=NOW), Interval(start=NOW + DAY, end=None)]),
        "collections": st.sampled_from([(), ("one",)]),
        "filter": st.sampled_from([None, None, CLEAR]),
        "ids": st.sampled_from([(), (), ("0-a", "1-a", "2-b", "3-c", "4-a")]),
    }
)
lax = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def homes(db):
    return {name: a_home(name) for name in ("one", "two")}


def stored(drawn, homes):
    """Replace all items by the drawn ones."""
    with open_gate():
        Item.objects.all().delete()
    made = []
    for number, (held, moment, length, place, home, letter) in enumerate(drawn):
        row = a_row(
            f"{number}-{letter}",
            homes[home],
            moment,
            end=None if length is None else moment + length,
            geometry=place and point(*place),
        )
        row.properties = held
        made.append(row)
    store(*made)


def kept(item, asked) -> bool:
    """Whether an item matches, by the words of the specification."""
    cloud = value_of(item, "eo:cloud_cover")
    if asked["filter"] and (cloud is None or cloud >= 5):
        return False
    if asked["ids"] and item.item_id not in asked["ids"]:
        return False
    if asked["collections"] and item.collection.collection_id not in asked["collections"]:
        return False
    return fits(item, asked["bbox"], asked["interval"])


def fits(item, bbox, interval) -> bool:
    x = item.geometry and item.geometry.x
    if bbox and (x is None or not (bbox[0] <= x <= bbox[2] if bbox[0] < bbox[2] else x >= bbox[0] or x <= bbox[2])):
        return False
    start, end = item.datetime, item.end_datetime or item.datetime
    return interval is None or ((interval.end is None or start <= interval.end) and interval.start <= end)


def value_of(item, name):
    """What an item is sorted by; None when it is absent or of another kind."""
    if name in ("datetime", "start_datetime"):
        return getattr(item, name)
    if name in ("id", "collection"):
        return item.item_id if name == "id" else item.collection.collection_id
    value = item.properties.get(name)
    kind = (int, float) if name == "eo:cloud_cover" else str
    return value if isinstance(value, kind) and not isinstance(value, bool) else None


def expected(sort, asked):
    """The ids in the order asked for, as Python sorts them."""

    def compare(one, other):
        for key in sort:
            first, second = value_of(one, key.name), value_of(other, key.name)
            if first == second:
                continue
            if first is None or second is None:
                return 1 if first is None else -1
            return (1 if first > second else -1) * (-1 if key.descending else 1)
        return (one.pk - other.pk) * (-1 if sort[0].descending else 1)

    found = [item for item in Item.objects.select_related("collection") if kept(item, asked)]
    return [item.item_id for item in sorted(found, key=cmp_to_key(compare))]


@lax
@given(drawn=rows, sort=sorts, asked=searches, limit=st.sampled_from([1, 2, 3, 7]))
def test_every_item_is_met_exactly_once_forward_and_back(homes, drawn, sort, asked, limit):
    stored(drawn, homes)
    pages = walked(limit=limit, sort=sort, **asked)
    assert ids(pages) == expected(sort, asked)
    assert pages[0].matched == len(ids(pages))
    back = walked_back(pages[-1], limit=limit, sort=sort, **asked)
    assert [page.rows for page in back] == [page.rows for page in reversed(pages[:-1])]


@lax
@given(
    drawn=rows,
    sort=st.sampled_from([(SortKey("datetime", descending=True),), (SortKey("datetime"),)]),
    asked=searches,
    limit=st.sampled_from([1, 2, 3, 7]),
    far=st.tuples(st.sampled_from([1, 3, 8, 100]), st.sampled_from([1, 3, 8, 100])),
)
def test_however_far_a_filter_is_walked_along_time(homes, drawn, sort, asked, limit, far):
    stored(drawn, homes)
    walk, stroll = far
    asked = asked | {"filter": CLEAR}
    with (
        mock.patch("django_stac.search.pages.wanted.MOST_WALKED", walk),
        mock.patch("django_stac.search.pages.along_time.STROLLED", stroll),
        mock.patch("django_stac.search.plan.WALKABLE", -1),
    ):
        pages = walked(limit=limit, sort=sort, **asked)
        back = walked_back(pages[-1], limit=limit, sort=sort, **asked)
    assert ids(pages) == expected(sort, asked)
    assert [page.rows for page in back] == [page.rows for page in reversed(pages[:-1])]


@lax
@given(
    drawn=rows,
    sort=sorts,
    limit=st.sampled_from([1, 2, 3]),
    changes=st.lists(st.tuples(st.booleans(), st.integers(0, 24), properties), max_size=8),
    backwards=st.booleans(),
)
def test_what_stays_is_met_exactly_once_while_others_come_and_go(homes, drawn, sort, limit, changes, backwards):
    stored(drawn, homes)
    before = present()
    pages = [walked(limit=limit, sort=sort)[-1] if backwards else search(limit=limit, sort=sort)]
    while token := pages[-1].prev if backwards else pages[-1].next:
        if changes:
            change(*changes.pop(), homes["one"])
        pages.append(search(limit=limit, sort=sort, token=token))
    met = ids(pages)
    assert len(met) == len(set(met))
    assert before & present() <= set(met)
    again = ids(turned(pages[-1], sort, limit, forth=backwards))
    assert len(again) == len(set(again))
    assert before & present() <= set(again)


def turned(page, sort, limit, *, forth):
    """A page and all before it, or all behind it."""
    pages = [page]
    while token := pages[-1].next if forth else pages[-1].prev:
        pages.append(search(limit=limit, sort=sort, token=token))
    return pages


def present() -> set[str]:
    return set(Item.objects.values_list("item_id", flat=True))


late = count()


def change(is_deletion, number, held, home):
    """Delete the item of this number, if it is there, or store another one."""
    if is_deletion:
        with open_gate():
            Item.objects.filter(item_id__startswith=f"{number}-").delete()
        return
    row = a_row(f"late-{next(late)}", home, NOW)
    row.properties = held
    store(row)


LONG = "x" * 5_000


@pytest.fixture
def long_texts(homes):
    """Five items whose platforms differ only at their ends, and tie in pairs."""
    stored([({"platform": LONG + end}, NOW, None, None, "one", "a") for end in "baabb"], homes)
    return {"sort": (SortKey("platform"),), "limit": 1}


def test_texts_too_long_for_a_token_are_walked_too(long_texts):
    pages = walked(**long_texts)
    assert ids(pages) == ["1-a", "2-a", "0-a", "3-a", "4-a"]
    assert ids(walked_back(pages[-1], **long_texts)) == ["3-a", "0-a", "2-a", "1-a"]
    assert all(len(page.next or "") <= MAX_LENGTH for page in pages)


@pytest.mark.parametrize("change", ["DELETE FROM django_stac_item", "UPDATE django_stac_item SET properties = '{}'"])
def test_a_place_at_such_a_text_is_lost_with_it_instead_of_guessed(long_texts, change):
    token = search(**long_texts).next
    connection.cursor().execute(f"{change} WHERE item_id = '1-a'")
    with pytest.raises(InvalidParameter, match=r"^token: marks an item that is changed or gone"):
        search(token=token, **long_texts)


pieces = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False) | st.text(max_size=9)
forged = st.lists(pieces | st.lists(pieces, max_size=2) | st.sampled_from(["1", "0.5", "true", 0]), max_size=4)


@lax
@given(sort=sorts, keys=forged, key=pieces | st.integers(0, 2**63 - 1), ahead=st.sampled_from(["next", "prev"]))
def test_a_forged_place_is_refused_or_a_place(homes, sort, keys, key, ahead):
    stored([({"eo:cloud_cover": 1, "platform": "a"}, NOW, DAY, (0, 0), "one", "a")], homes)
    query = fingerprint(SearchQuery(limit=1, sort=sort))
    token = packed(d=ahead, k=keys, i=key if type(key) is not int else key % 2**63, m=None, q=query)
    with suppress(InvalidParameter):
        assert len(search(limit=1, sort=sort, token=token).rows) <= 1


@pytest.mark.parametrize("sort", [(), (SortKey("collection"),), (SortKey("platform"),)], ids=str)
def test_a_policy_that_joins_or_slices_is_kept_to_in_any_order(homes, monkeypatch, sort):
    monkeypatch.setattr("django_stac.search.plan.WALKABLE", -1)
    stored(
        [({"eo:cloud_cover": 1, "platform": "a"}, NOW, None, None, name, "a") for name in ("one", "two", "two")], homes
    )
    joining = Item.objects.filter(collection__collection_id="two", collection__parents=None)
    for visible in (joining, Item.objects.order_by("-item_id")[:2], joining.union(joining)):
        for limit in (1, 2):
            query = SearchQuery(limit=limit, filter=CLEAR, sort=sort)
            page = search_items(query, visible=visible, collections=Collection.objects.all())
            assert (
                sorted(row.item_id for row in page.rows) in (["1-a", "2-a"], ["1-a"], ["2-a"])[: 3 if limit == 1 else 1]
            )


def test_a_token_tells_nothing_of_a_hidden_item():
    home = a_home()
    store(*(a_row(name, home, NOW, published=name != "hidden") for name in ("a", "b", "hidden")))
    asked = {"sort": (SortKey("id"),), "limit": 1}
    cursor = decode(search(**asked).next, query=fingerprint(SearchQuery(**asked)))
    hidden = Item.objects.get(item_id="hidden").pk
    place = {"d": "next", "i": hidden, "m": None, "q": cursor.query, "s": cursor.seen, "b": False}
    with pytest.raises(InvalidParameter, match="changed or gone"):
        search(token=packed(k=[[digest("hidden")]], **place), **asked)
