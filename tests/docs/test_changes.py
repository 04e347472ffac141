"""The consumer of the page on changes does what it says it does."""

from unittest.mock import Mock

import pytest

from django_stac import transactions
from django_stac.models import Collection, Item
from tests.api import asking
from tests.docs.blocks import DOCS, blocks_of
from tests.factories import an_item, put
from tests.history.consuming import settle

pytestmark = pytest.mark.django_db(transaction=True)


class Session:
    """Asks the site as ``requests`` would ask a server."""

    def get(self, url):
        answer = asking.follow(url)
        return Mock(status_code=answer.status_code, ok=answer.status_code < 400, json=answer.json)


def consumer():
    """The functions of the page."""
    (block,) = (block for block in blocks_of(DOCS / "howto/changes.md") if block.language == "python")
    names = {}
    exec(block.text, names)
    return names


def caught_up(url, copy):
    """Follow the feed to its end; return where to go on."""
    settle()
    follow, is_more = consumer()["follow"], True
    while is_more:
        url, is_more = follow(url, copy, Session())
    return url


def ids(copy):
    return {name: sorted(items) for name, items in copy.items() if items}


def test_the_copy_of_the_page_is_what_may_be_seen():
    copy = {}
    put(*(an_item(name) for name in "abc"), an_item("d", collection="other"))
    url = caught_up("http://testserver/stac/changes?limit=2", copy)
    assert ids(copy) == {"scenes": ["a", "b", "c"], "other": ["d"]}
    transactions.delete_item("scenes", "a")
    transactions.set_published(Item.objects.filter(item_id="b"), published=False)
    transactions.replace_item(an_item("c", title="new"))
    transactions.set_published(Collection.objects.filter(collection_id="other"), published=False)
    url = caught_up(url, copy)
    assert (ids(copy), copy["scenes"]["c"]["title"]) == ({"scenes": ["c"]}, "new")
    transactions.set_published(Collection.objects.filter(collection_id="other"), published=True)
    caught_up(url, copy)
    assert ids(copy) == {"scenes": ["c"], "other": ["d"]}


def test_who_is_to_start_again_is_told_so(db):
    with pytest.raises(LookupError, match="start again"):
        consumer()["follow"]("http://testserver/", {}, Mock(get=lambda url: Mock(status_code=410)))
