"""The rates that a site sets for searching, reading and writing."""

import pytest
from django.core.cache import cache
from django.test import override_settings

from tests.api.asking import ask, search
from tests.api.sending import a_user, send
from tests.factories import an_item, put

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    """Nobody has asked anything yet."""
    cache.clear()
    yield
    cache.clear()


def rates(**rates):
    given = {f"stac-{name}": rate for name, rate in rates.items()}
    return override_settings(REST_FRAMEWORK={"DEFAULT_THROTTLE_RATES": given})


def statuses(action, times=3):
    return [action().status_code for _ in range(times)]


@rates(search="2/hour")
def test_searches_have_a_rate_of_their_own():
    put(an_item("a"))
    assert statuses(search) == [200, 200, 429]
    assert statuses(lambda: ask("landing")) == [200, 200, 200]


@rates(search="2/hour")
def test_all_that_searches_counts_together():
    put(an_item("a"))
    assert statuses(search, 1) + statuses(lambda: ask("items", "scenes"), 1) == [200, 200]
    assert statuses(lambda: ask("aggregate"), 1) == [429]


@rates(search="1/hour")
@pytest.mark.parametrize("name", ["search", "collections", "collections-search", "aggregate", "changes"])
def test_each_of_these_searches(db, name):
    assert statuses(lambda: ask(name), 2) == [200, 429]


@rates(read="2/hour")
def test_reading_has_a_rate_of_its_own_and_the_client_hears_when_to_come_back():
    assert statuses(lambda: ask("landing"), 2) == [200, 200]
    refused = ask("conformance")
    assert (refused.status_code, refused.json()["code"]) == (429, "TooManyRequests")
    assert int(refused["Retry-After"]) > 3000


@rates(write="2/hour")
def test_writing_has_a_rate_of_its_own(client):
    put(an_item("a"))
    client.force_login(a_user())
    assert statuses(lambda: send(client, "delete", "item", "scenes", "a")) == [204, 204, 429]
    assert ask("item", "scenes", "a", client=client).status_code == 410


@rates(search="1/hour")
def test_people_are_counted_by_themselves():
    assert statuses(search, 2) == [200, 429]
    assert [search(user=a_user(name=name)).status_code for name in ("ada", "eve")] == [200, 200]


def test_a_site_without_rates_has_no_bound():
    assert statuses(search, 5) == [200] * 5
