"""The states of a thing: what stands is the last of them, and what is not seen is passed over."""

import pytest
from django.db.models import Q

from django_stac import transactions
from django_stac.exceptions import NotFound
from django_stac.history.chronicle import Chronicle, Neighbors
from django_stac.history.names import Name
from django_stac.models import Item, Version
from tests.factories import an_item, put

pytestmark = pytest.mark.django_db
NAME = Name.of_item("scenes", "a")
ALL, SEEN = Q(), Q(item_published=True)


def states(*titles, told=ALL):
    """An item that has had these titles, one after the other."""
    put(an_item("a", title=titles[0]))
    for title in titles[1:]:
        transactions.patch_item("scenes", "a", {"title": title})
    return Chronicle(name=NAME, row=Item.objects.select_related("collection").get(), told=told)


def titles(found):
    return [state.document["title"] for state in found]


def test_what_stands_is_the_last_state():
    chronicle = states("one", "two", "three")
    assert (chronicle.newest, chronicle.present.number, chronicle.last) == (3, 3, 2)
    assert titles([chronicle.state(number) for number in (1, 2, 3)]) == ["one", "two", "three"]


def test_what_is_gone_ends_with_its_last_version():
    states("one", "two")
    transactions.delete_item("scenes", "a")
    chronicle = Chronicle(name=NAME, row=None, told=Q())
    assert (chronicle.newest, chronicle.present) == (2, None)


@pytest.mark.parametrize("number", [0, 4, 2**40])
def test_a_state_that_never_was_is_not_found(number):
    with pytest.raises(NotFound, match=f"no version {number} of item 'a' in collection 'scenes'"):
        states("one", "two", "three").state(number)


def test_what_is_not_seen_is_passed_over():
    chronicle = states("one", "two", "three", "four", told=SEEN)
    Version.objects.filter(number=2).update(item_published=False)
    assert titles([chronicle.state(1), *chronicle.page(9, documents=True)]) == ["one", "four", "three", "one"]
    assert chronicle.neighbors(3) == Neighbors(1, 4)
    assert chronicle.neighbors(1) == Neighbors(None, 3)
    with pytest.raises(NotFound):
        chronicle.state(2)


def test_a_purged_document_is_passed_over_and_its_number_stays():
    chronicle = states("one", "two")
    Version.objects.update(document=None)
    assert [state.number for state in chronicle.page(9)] == [2]
    assert chronicle.neighbors(2) == Neighbors(None, None)


def test_sizes_are_those_of_stored_documents():
    chronicle = states("one", "a longer title")
    now, before = chronicle.page(9)
    assert now.size - before.size == len("a longer title") - len("one")


def test_documents_are_read_only_when_they_are_wanted(django_assert_num_queries):
    chronicle = states("one", "two", "three")
    with django_assert_num_queries(2):
        assert titles(chronicle.page(9, documents=True)) == ["three", "two", "one"]
    assert "document" in chronicle.page(9)[1].get_deferred_fields()


@pytest.mark.parametrize("limit", range(1, 7))
def test_pages_hold_every_state_once(limit):
    chronicle, found, below = states("one", "two", "three", "four", "five"), [], None
    while page := chronicle.page(limit, below):
        found += [state.number for state in page[:limit]]
        below = found[-1]
    assert found == [5, 4, 3, 2, 1]
