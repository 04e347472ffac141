"""The feed of a catalogue in a second database, for people of the first, under another prefix and in another zone."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from django_stac import transactions
from tests.factories import an_item, put
from tests.host_site.asking import get

pytestmark = pytest.mark.django_db(databases=["default", "geo"], transaction=True)


def follow(page, **kwargs):
    """The page behind one."""
    url = next(link["href"] for link in page["links"] if link["rel"] == "next")
    return get(url.partition("/geo/stac/")[2], **kwargs).json()


def told(page):
    return [(change["type"], change["id"]) for change in page["changes"]]


def test_what_stands_and_then_what_changes_is_told():
    put(an_item("a"))
    stands = get("changes").json()
    transactions.delete_item("scenes", "a")
    changed = follow(stands)
    while not changed["changes"]:
        changed = follow(changed)
    assert told(stands) == [("created", "scenes"), ("created", "a")]
    assert told(changed) == [("deleted", "a")]
    assert stands["changes"][1]["href"] == "http://testserver/geo/stac/collections/scenes/items/a"


def test_times_are_utc_whatever_the_zone_of_the_site():
    put(an_item("a"))
    at = datetime.fromisoformat(get("changes").json()["changes"][0]["at"])
    assert (at.tzinfo, abs(datetime.now(UTC) - at).days) == (UTC, 0)


def test_groups_of_the_first_database_are_told_what_is_for_them(person):
    eve, browser, surveyors = person(), Client(), Group.objects.create(name="surveyors")
    browser.force_login(eve)
    put(an_item("a"))
    transactions.set_rights("scenes", visibility="groups", viewer_groups=[surveyors.pk])
    begun = get("changes", client=browser).json()
    eve.groups.add(surveyors)
    assert get("changes").json()["changes"] == []
    assert follow(begun, client=browser)["code"] == "StartAgain"
    assert told(get("changes", client=browser).json()) == [("created", "scenes"), ("created", "a")]
