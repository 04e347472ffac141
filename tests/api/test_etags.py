"""Conditional requests and what caches are told."""

import pytest

from django_stac import transactions
from django_stac.models import Catalog, ExtentMode, Item, StoredFile
from django_stac.models.gate import open_gate
from tests.api.asking import ROUTES, ask, asker, url
from tests.factories import a_collection, an_item, put, put_catalog, put_collection


@pytest.fixture
def stored(db):
    put(an_item("a"))
    put_catalog("shelf")


def etag(*route, **asked):
    return ask(*route, **asked)["ETag"]


@pytest.mark.parametrize("route", ROUTES, ids=str)
@pytest.mark.parametrize("mark", ["", "W/"])
def test_known_state_is_not_sent_again(stored, route, mark):
    response = ask(*route, headers={"if-none-match": f'"other", {mark}{etag(*route)}'})
    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == etag(*route)
    assert {"Vary", "Cache-Control", "Access-Control-Allow-Origin"} <= set(response.headers)


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_unknown_state_is_sent(stored, route):
    assert ask(*route, headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_state_that_is_gone_is_412_for_who_wants_no_other(stored, route):
    response = ask(*route, headers={"if-match": '"other"'})
    assert (response.status_code, response.json()["code"]) == (412, "PreconditionFailed")
    for wanted in ("*", f'"other", {etag(*route)}'):
        assert ask(*route, headers={"if-match": wanted}).status_code == 200


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_head_tells_what_get_would_send(stored, route, client):
    head, get = client.head(url(*route)), client.get(url(*route))
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(get.content))
    assert [head[name] for name in ("ETag", "Content-Type", "Vary")] == [
        get[name] for name in ("ETag", "Content-Type", "Vary")
    ]


def test_first_part_is_the_digest_of_the_stored_document(db):
    (item,) = put(an_item("a"))
    assert etag("item", "scenes", "a").startswith(f'"{item.digest}.')
    assert etag("collection", "scenes").startswith(f'"{item.collection.digest}.')


@pytest.mark.parametrize("route", [("items", "scenes"), ("search",)], ids=str)
def test_the_etag_of_a_page_changes_with_all_that_is_served(stored, route):
    tags = {etag(*route), etag(*route, fields="id"), etag(*route, fields="id,geometry")}
    transactions.replace_item(an_item("a", title="Other"))
    tags.add(etag(*route))
    put(an_item("b"))
    tags |= {etag(*route), etag(*route, limit=1)}
    assert len(tags) == 6


def test_the_etag_of_a_page_changes_when_a_file_gets_its_url(stored):
    with open_gate():
        Item.objects.update(document=an_item("a", assets={"data": {"href": "stac-file:scenes/a.tif"}}))
    before = etag("search")
    StoredFile.objects.create(storage="scenes", path="a.tif", item=Item.objects.get(), key="data", size=1)
    assert etag("search") != before


def test_etag_changes_with_the_document(stored):
    before = [etag("item", "scenes", "a"), etag("items", "scenes"), etag("search")]
    transactions.replace_item(an_item("a", title="other"))
    after = [etag("item", "scenes", "a"), etag("items", "scenes"), etag("search")]
    assert not set(before) & set(after)


def test_etag_changes_with_the_host_but_not_its_first_part(stored):
    here, there = (etag("item", "scenes", "a", headers={"host": host}) for host in ("testserver", "stac.example.com"))
    assert here != there
    assert here.partition(".")[0] == there.partition(".")[0]


def test_etag_of_a_collection_changes_with_its_derived_extent(db):
    transactions.create_collection(a_collection("scenes"), extent_mode=ExtentMode.DERIVED)
    before = etag("collection", "scenes")
    put(an_item("a"))
    transactions.derive()
    assert etag("collection", "scenes") != before


def test_etag_of_a_catalogue_changes_with_its_children(stored):
    shelf, before = Catalog.objects.get(), etag("catalog", "shelf")
    transactions.add_child(shelf, put_collection("free"))
    assert etag("catalog", "shelf") != before


def test_answers_for_everybody_may_be_kept_and_asked_again(stored):
    assert ask("search")["Cache-Control"] == "public, max-age=0"


def test_answers_for_one_user_are_private(stored, viewer):
    for route in ROUTES:
        assert ask(*route, user=viewer)["Cache-Control"] == "private, max-age=0"


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_caches_keep_forms_and_users_apart(stored, route):
    assert set(ask(*route)["Vary"].split(", ")) == {"Accept", "Authorization", "Cookie"}


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_pages_for_people_vary_by_language_too(stored, route):
    response = ask(*route, f="html")
    assert {"Accept", "Accept-Language", "Authorization", "Cookie"} <= set(response["Vary"].split(", "))
    assert "ETag" not in response


def test_search_by_post_is_never_304(stored):
    response = asker(None, None).post(
        url("search"), {}, content_type="application/json", headers={"if-none-match": "*"}
    )
    assert response.status_code == 200
