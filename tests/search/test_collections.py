"""Collections, searched and listed page by page."""

import pytest

from django_stac.exceptions import InvalidParameter
from django_stac.models import Collection
from django_stac.search.query import SearchQuery
from django_stac.search.run import search_collections
from django_stac.spec.datetimes import parse_interval
from tests.factories import put_collection
from tests.search.asking import a_home, search
from tests.statements import statements

pytestmark = pytest.mark.django_db


def collections(*, visible=None, limit=5, **asked):
    """One page."""
    rows = Collection.objects.all() if visible is None else visible
    return search_collections(SearchQuery(limit=limit, **asked), visible=rows)


def listed(page) -> list[str]:
    return [row.collection_id for row in page.rows]


def test_pages_follow_the_ids_forward_and_back():
    for name in ["e", "b", "a", "d", "c"]:
        a_home(name)
    first = collections(limit=2)
    second = collections(limit=2, token=first.next)
    last = collections(limit=2, token=second.next)
    assert [listed(page) for page in (first, second, last)] == [["a", "b"], ["c", "d"], ["e"]]
    assert (first.prev, last.next) == (None, None)
    back = collections(limit=2, token=last.prev)
    assert (listed(back), back.next, back.prev) == (["c", "d"], second.next, second.prev)
    start = collections(limit=2, token=back.prev)
    assert (listed(start), start.prev) == (["a", "b"], None)


def test_ids_are_ordered_as_the_database_orders_them():
    for name in ["B", "a", "é", "_"]:
        a_home(name)
    pages, token = [], None
    while not pages or token:
        page = collections(limit=1, token=token)
        pages += listed(page)
        token = page.next
    assert pages == list(Collection.objects.order_by("collection_id").values_list("collection_id", flat=True))


def test_hidden_collections_are_neither_listed_nor_counted():
    a_home("open")
    a_home("hidden", published=False)
    page = collections(visible=Collection.objects.published())
    assert (listed(page), page.matched) == (["open"], 1)


def test_the_count_is_carried_from_the_first_page():
    for name in "abc":
        a_home(name)
    first = collections(limit=1)
    a_home("d")
    assert collections(limit=1, token=first.next).matched == first.matched == 3


def test_too_many_are_not_counted(settings):
    settings.DJANGO_STAC = {"COUNT_BOUND": 2}
    for name in "abc":
        a_home(name)
    assert collections(limit=1).matched is None


def test_nothing_is_an_empty_page():
    page = collections()
    assert (page.rows, page.next, page.prev, page.matched) == ([], None, None, 0)


def test_one_statement_lists_them():
    a_home()
    with statements() as seen:
        collections()
    assert len(seen) == 1


def test_a_strange_token_is_refused():
    with pytest.raises(InvalidParameter):
        collections(token="strange")


def test_a_token_of_a_search_of_items_is_refused():
    a_home("a")
    a_home("b")
    with pytest.raises(InvalidParameter, match="token"):
        search(token=collections(limit=1).next)


def test_a_token_of_another_search_is_refused():
    a_home("a")
    a_home("b")
    with pytest.raises(InvalidParameter, match="belongs to another search"):
        collections(token=collections(limit=1).next, bbox=(0.0, 0.0, 1.0, 1.0))


@pytest.fixture
def regions():
    """One a region and a decade."""
    for name, box, interval in [
        ("alps", [10, 45, 11, 46], ["2000-01-01T00:00:00Z", "2009-12-31T00:00:00Z"]),
        ("fiji", [177, -18, -178, -16], ["2010-01-01T00:00:00Z", None]),
        ("world", [-180, -90, 180, 90], [None, None]),
    ]:
        put_collection(name, extent={"spatial": {"bbox": [box]}, "temporal": {"interval": [interval]}})


def test_a_box_finds_extents_on_both_sides_of_the_antimeridian(regions):
    assert listed(collections(bbox=(179.0, -17.0, -179.0, -16.5))) == ["fiji", "world"]


def test_time_finds_open_ends(regions):
    assert listed(collections(interval=parse_interval("2030-01-01T00:00:00Z/.."))) == ["fiji", "world"]
    assert listed(collections(interval=parse_interval("2009-12-31T00:00:00Z"))) == ["alps", "world"]


def test_all_conditions_hold_together_and_are_counted(regions):
    asked = {"bbox": (10.0, 45.0, 11.0, 46.0), "interval": parse_interval("2005-01-01T00:00:00Z")}
    first = collections(limit=1, **asked)
    second = collections(limit=1, token=first.next, **asked)
    assert (listed(first), listed(second), second.next, second.matched) == (["alps"], ["world"], None, 2)
