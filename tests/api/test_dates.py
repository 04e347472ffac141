"""Items by date: every item is reached by links (STAC API - Browseable)."""

import pytest
from django.test import override_settings

from django_stac import transactions
from django_stac.search import dates
from tests.api.asking import ask, follow, href, hrefs
from tests.factories import an_item, put, put_catalog, put_collection

ROOT = "http://testserver/stac/"
DAYS = [
    "2022-12-31T23:59:59Z",
    "2023-01-01T00:00:00Z",
    "2024-05-17T10:00:00Z",
    "2024-05-17T10:00:00Z",
    "2024-05-18T01:00:00Z",
    "2024-06-01T10:00:00Z",
]


@pytest.fixture
def few_together(monkeypatch):
    monkeypatch.setattr(dates, "MOST_ITEMS", 2)


@pytest.fixture
def scenes(db):
    """Six items of three years."""
    put_collection("scenes")
    put(*(an_item(f"item-{number}", datetime=moment) for number, moment in enumerate(DAYS)))


def walk(start):
    """The ids of all items that are reached by child and item links, as often as they are."""
    waiting, found = [start], []
    while waiting:
        document = follow(waiting.pop()).json()
        if document["type"] == "Feature":
            found.append(document["id"])
        else:
            waiting += hrefs(document, "child") + hrefs(document, "item")
    return sorted(found)


def titles(*route, **params):
    document = ask(*route, **params).json()
    return [link["title"] for link in document["links"] if link["rel"] in ("child", "item")]


def test_conforms_to_browseable(scenes, few_together):
    transactions.add_child(put_catalog("shelf"), put_collection("nested"))
    put(an_item("deep", collection="nested"))
    assert walk(f"{ROOT}") == ["deep", *(f"item-{number}" for number in range(6))]


def test_a_collection_of_few_items_lists_them_newest_first(scenes):
    assert titles("dates", "scenes") == [f"item-{number}" for number in (5, 4, 3, 2, 1, 0)]


def test_a_collection_of_many_items_is_divided_by_years_months_and_days(scenes, few_together):
    assert titles("dates", "scenes") == ["2024", "2023", "2022"]
    assert titles("date", "scenes", "2024") == ["June 2024", "May 2024"]
    assert titles("date", "scenes", "2024-05") == ["18 May 2024", "17 May 2024"]
    assert titles("date", "scenes", "2024-05-17") == ["item-3", "item-2"]


def test_a_crowded_day_is_divided_by_ids(scenes, few_together):
    put(*(an_item(name, datetime="2024-05-17T10:00:00Z") for name in ("a b", "c&d", "z")))
    assert len(titles("date", "scenes", "2024-05-17")) == 3
    assert walk(f"{ROOT}collections/scenes/dates/2024-05-17") == ["a b", "c&d", "item-2", "item-3", "z"]


def test_a_part_that_has_grown_is_divided_again(scenes, few_together):
    put(*(an_item(name, datetime="2024-05-17T10:00:00Z") for name in ("a", "z")))
    first, *_ = hrefs(ask("date", "scenes", "2024-05-17").json(), "child")
    put(*(an_item(name, datetime="2024-05-17T10:00:00Z") for name in ("b", "c")))
    assert walk(first) == ["a", "b", "c", "item-2"]


def test_the_parts_of_a_crowded_day_have_ids_of_their_own(scenes, few_together):
    put(*(an_item(name, datetime="2024-05-17T10:00:00Z") for name in ("a", "z")))
    day = ask("date", "scenes", "2024-05-17").json()
    ids = [day["id"], *(follow(each).json()["id"] for each in hrefs(day, "child"))]
    assert ids == ["scenes-2024-05-17", "scenes-2024-05-17-before-item-3", "scenes-2024-05-17-item-3"]


def test_parents_lead_back_to_the_collection(scenes, few_together):
    place = f"{ROOT}collections/scenes/dates/2024-05-17"
    seen = []
    while place != f"{ROOT}collections/scenes":
        place = href(follow(place).json(), "parent")
        seen.append(place.removeprefix(f"{ROOT}collections/scenes"))
    assert seen == ["/dates/2024-05", "/dates/2024", "/dates", ""]


def test_an_item_with_a_range_stands_where_it_starts(db):
    put_collection("scenes")
    put(
        an_item(
            "long",
            properties={
                "datetime": None,
                "start_datetime": "2020-02-01T00:00:00Z",
                "end_datetime": "2024-01-01T00:00:00Z",
            },
        )
    )
    assert titles("date", "scenes", "2020-02") == ["long"]


@override_settings(TIME_ZONE="Pacific/Auckland")
def test_dates_are_those_of_utc_wherever_the_site_is(scenes, few_together):
    assert titles("dates", "scenes") == ["2024", "2023", "2022"]


@pytest.mark.parametrize("date", ["1999", "2024-07", "2024-13", "today", "2024-05-17T10"])
def test_a_date_without_items_is_404(scenes, date):
    assert ask("date", "scenes", date).status_code == 404


def test_dates_of_an_unknown_collection_are_404(db):
    assert ask("dates", "none").status_code == ask("date", "none", "2024").status_code == 404


def test_a_collection_without_items_has_an_empty_list(db):
    put_collection("empty")
    assert titles("dates", "empty") == []


def test_hidden_items_stand_nowhere(scenes, few_together, viewer):
    put(an_item("hidden", datetime="1999-09-09T00:00:00Z"), published=False)
    assert titles("dates", "scenes") == ["2024", "2023", "2022"]
    assert titles("dates", "scenes", user=viewer) == ["2024", "2023", "2022", "1999"]
    assert ask("date", "scenes", "1999").status_code == 404


@override_settings(DJANGO_STAC={"LANDING_CHILDREN": 1})
def test_what_the_landing_page_has_no_room_for_is_reached_by_links_too(scenes):
    for name in ("a", "b/ä?".replace("/", ""), "z"):
        put_collection(name)
        put(an_item(f"item of {name}", collection=name))
    assert walk(ROOT)[:3] == ["item of a", "item of bä?", "item of z"]


def test_page_for_people_links_to_every_item(scenes):
    page = ask("dates", "scenes", f="html").content.decode()
    assert all(f"{ROOT}collections/scenes/items/item-{number}" in page for number in range(6))
