"""What the feed tells, and when. What it all comes to is tested over HTTP, with writers beside it."""

import pytest

from django_stac import transactions
from tests.factories import an_item, put, put_catalog
from tests.history.consuming import told

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_begins_with_what_stands():
    put_catalog()
    put(an_item("a"), an_item("b"))
    assert told()[0] == [("created", "shelf"), ("created", "scenes"), ("created", "a"), ("created", "b")]


def test_it_goes_on_with_what_is_changed():
    put(an_item("a"))
    _, token = told()
    put(an_item("b"))
    transactions.replace_item(an_item("a", title="other"))
    assert told(since=token)[0] == [("created", "b"), ("updated", "a")]


def test_what_is_deleted_is_told():
    put(an_item("a"))
    _, token = told()
    transactions.delete_item("scenes", "a")
    assert told(since=token)[0] == [("deleted", "a")]
