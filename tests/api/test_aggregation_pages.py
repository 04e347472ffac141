"""Aggregations as pages for people."""

import re

import pytest

from tests.api.asking import ask, follow
from tests.factories import an_item, put

pytestmark = pytest.mark.django_db


def page(*route, **params):
    return ask(*route, f="html", **params).content.decode()


@pytest.fixture(autouse=True)
def four():
    put(*(an_item(f"{cover}", **{"eo:cloud_cover": cover}) for cover in (1, 2, 90)), an_item("bare"))


def test_buckets_are_rows_with_bars_as_long_as_they_are_full():
    shown = page("aggregate", aggregations="cloud_cover_frequency")
    assert "<h2>Cloud cover (%)</h2>" in shown
    assert re.findall(r'<meter min="0" max="2" value="(\d)">', shown) == ["2", "0", "0", "1"]
    assert "1 item is in none of these." in shown


def test_single_values_stand_alone():
    shown = page("aggregate", aggregations="total_count,datetime_max")
    assert '<p class="figure">4</p>' in shown
    assert '<p class="figure">2024-06-01T10:00:00Z</p>' in shown


def test_days_are_told_without_their_hours():
    assert '<th scope="row">2024-06-01</th>' in page("aggregate", aggregations="datetime_frequency")


def test_numbers_of_attributes_are_those_of_html_in_every_language(settings):
    settings.USE_THOUSAND_SEPARATOR = True
    assert 'max="2"' in page("aggregate", aggregations="cloud_cover_frequency", lang="de")


@pytest.mark.parametrize("route", [("aggregations",), ("collection-aggregations", "scenes")])
def test_what_may_be_asked_for_is_linked(route):
    links = re.findall(r'<li><a href="([^"]+aggregate\?[^"]+)">', page(*route))
    assert len(links) == 16
    answers = [follow(link.replace("&amp;", "&")) for link in links]
    assert {answer.status_code for answer in answers} == {200}
    assert b"<h2>" in answers[0].content


def test_who_asks_for_nothing_is_led_to_what_there_is():
    assert '<a href="http://testserver/stac/aggregations?f=html">' in page("aggregate")
    assert "/collections/scenes/aggregations?f=html" in page("collection-aggregate", "scenes")


def test_a_page_of_a_collection_leads_back_to_it():
    assert 'href="http://testserver/stac/collections/scenes"' in page("collection-aggregate", "scenes")


def test_where_nothing_is_found_the_page_says_so():
    shown = page("aggregate", aggregations="platform_frequency,datetime_min", ids="absent")
    assert shown.count("Nothing to count.") == 2
