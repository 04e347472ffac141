"""The list of collections, page by page."""

import pytest

from django_stac.exceptions import InvalidParameter
from django_stac.models import Collection
from django_stac.search.run import list_collections
from tests.search.asking import a_home
from tests.statements import statements

pytestmark = pytest.mark.django_db


def listed(page) -> list[str]:
    return [row.collection_id for row in page.rows]


def test_pages_follow_the_ids_forward_and_back():
    for name in ["e", "b", "a", "d", "c"]:
        a_home(name)
    first = list_collections(Collection.objects.all(), limit=2)
    second = list_collections(Collection.objects.all(), limit=2, token=first.next)
    last = list_collections(Collection.objects.all(), limit=2, token=second.next)
    assert [listed(page) for page in (first, second, last)] == [["a", "b"], ["c", "d"], ["e"]]
    assert (first.prev, last.next) == (None, None)
    back = list_collections(Collection.objects.all(), limit=2, token=last.prev)
    assert (listed(back), back.next, back.prev) == (["c", "d"], second.next, second.prev)
    start = list_collections(Collection.objects.all(), limit=2, token=back.prev)
    assert (listed(start), start.prev) == (["a", "b"], None)


def test_ids_are_ordered_as_the_database_orders_them():
    for name in ["B", "a", "é", "_"]:
        a_home(name)
    pages, token = [], None
    while not pages or token:
        page = list_collections(Collection.objects.all(), limit=1, token=token)
        pages += listed(page)
        token = page.next
    assert pages == list(Collection.objects.order_by("collection_id").values_list("collection_id", flat=True))


def test_hidden_collections_are_neither_listed_nor_counted():
    a_home("open")
    a_home("hidden", published=False)
    page = list_collections(Collection.objects.published(), limit=5)
    assert (listed(page), page.matched) == (["open"], 1)


def test_the_count_is_carried_from_the_first_page():
    for name in "abc":
        a_home(name)
    first = list_collections(Collection.objects.all(), limit=1)
    a_home("d")
    assert list_collections(Collection.objects.all(), limit=1, token=first.next).matched == first.matched == 3


def test_too_many_are_not_counted(settings):
    settings.DJANGO_STAC = {"COUNT_BOUND": 2}
    for name in "abc":
        a_home(name)
    assert list_collections(Collection.objects.all(), limit=1).matched is None


def test_nothing_is_an_empty_page():
    page = list_collections(Collection.objects.all(), limit=5)
    assert (page.rows, page.next, page.prev, page.matched) == ([], None, None, 0)


def test_one_statement_lists_them():
    a_home()
    with statements() as seen:
        list_collections(Collection.objects.all(), limit=5)
    assert len(seen) == 1


def test_a_strange_token_is_refused():
    with pytest.raises(InvalidParameter):
        list_collections(Collection.objects.all(), limit=5, token="strange")
