"""A filter that is slow by construction: it is stopped, that is said, and the site's connection is as it was."""

import pytest
from django.db import connection

from tests.api.asking import ask
from tests.factories import an_item, put, put_collection

pytestmark = pytest.mark.django_db(transaction=True)

SLOW = f"CASEI(ACCENTI(title)) LIKE CASEI(ACCENTI('{'%a' * 2_000}b'))"
"""Each part of the pattern may begin at each letter of the text."""
ROUTES = [("search",), ("items", "scenes"), ("aggregate",), ("collections",)]


@pytest.fixture
def long_titles(settings):
    """Titles of many letters, on a site with little patience."""
    settings.DJANGO_STAC = {"STATEMENT_TIMEOUT": 100}
    for number in range(20):
        put_collection(f"c{number}", title="a" * 50_000)
    put(*(an_item(f"{number}", properties={"title": "a" * 50_000}) for number in range(20)))


@pytest.fixture
def own_timeout(long_titles):
    """The timeout that the site has set on its connection."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 54321")
    yield "54321ms"
    with connection.cursor() as cursor:
        cursor.execute("RESET statement_timeout")


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_a_slow_filter_is_stopped_and_the_connection_keeps_its_own_timeout(own_timeout, route):
    further = {"aggregations": "total_count"} if route == ("aggregate",) else {}
    response = ask(*route, filter=SLOW, **further)
    assert (response.status_code, response.json()["code"]) == (503, "QueryTimeout")
    assert "narrow it" in response.json()["description"]
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == (own_timeout,)


def test_what_narrows_a_slow_filter_is_answered(long_titles):
    assert ask("search", filter=SLOW, bbox="-10,-10,-9,-9").json()["features"] == []
