"""Nobody overwrites what he has not seen: If-Match, If-None-Match, on everything that is written."""

import pytest

from django_stac import transactions
from django_stac.models import Catalog, Collection, Item
from tests.api.asking import ask
from tests.api.sending import send, writer
from tests.factories import a_catalog, a_collection, an_item, put, put_catalog

__all__ = ["writer"]

ROUTES = {
    ("item", "scenes", "a"): an_item("a", title="new"),
    ("collection", "scenes"): a_collection("scenes", title="new"),
    ("catalog", "shelf"): a_catalog("shelf", title="new"),
}
MODELS = {"item": Item, "collection": Collection, "catalog": Catalog}

every_route = pytest.mark.parametrize(("route", "body"), ROUTES.items(), ids=str)
every_method = pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])


@pytest.fixture(autouse=True)
def stored(db):
    put(an_item("a"))
    put_catalog("shelf")


def digest(route):
    return MODELS[route[0]].objects.get().digest


@every_route
@every_method
def test_a_state_that_is_gone_is_412_and_nothing_is_written(writer, method, route, body):
    before = digest(route)
    response = send(writer, method, *route, body=body, if_match='"other.state", "another"', query="")
    assert (response.status_code, response.json()["code"]) == (412, "PreconditionFailed")
    assert digest(route) == before


@every_route
@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', '"{digest}"', '"{digest}.elsewhere"', "*"])
def test_a_tag_counts_by_its_digest_however_it_came_here(writer, route, body, form):
    tag = form.format(ask(*route)["ETag"], digest=digest(route))
    assert send(writer, "PUT", *route, body=body, if_match=tag).status_code == 204


@every_route
def test_the_tag_of_an_answer_serves_for_the_next_write(writer, route, body):
    first = send(writer, "PUT", *route, body=body)
    second = send(writer, "PATCH", *route, body={"title": "newer"}, if_match=first["ETag"])
    assert (second.status_code, second["ETag"]) == (204, ask(*route, client=writer)["ETag"])
    assert send(writer, "DELETE", *route, if_match=first["ETag"]).status_code == 412


@pytest.mark.parametrize("tag", ["", "no quotes", '"', "W/"])
def test_a_header_that_names_no_tag_matches_nothing(writer, tag):
    assert send(writer, "PUT", "item", "scenes", "a", body=an_item("a"), if_match=tag).status_code == 412


@every_route
@every_method
def test_who_wants_that_there_is_none_does_not_overwrite_one(writer, method, route, body):
    assert send(writer, method, *route, body=body, if_none_match="*").status_code == 412
    assert send(writer, method, *route, body=body, if_none_match=ask(*route)["ETag"]).status_code == 412


@every_route
@every_method
def test_a_site_may_demand_the_state_that_was_read(writer, settings, method, route, body):
    settings.DJANGO_STAC = {"REQUIRE_IF_MATCH": True}
    refused = send(writer, method, *route, body=body)
    assert (refused.status_code, refused.json()["code"]) == (428, "PreconditionRequired")
    query = "?cascade=true" if route[0] == "collection" and method == "DELETE" else ""
    assert send(writer, method, *route, body=body, if_match="*", query=query).status_code == 204


@pytest.mark.parametrize(
    ("route", "body"),
    [(("items", "scenes"), an_item("a")), (("collections",), a_collection()), (("catalogs",), a_catalog())],
    ids=str,
)
def test_an_id_that_is_taken_is_409_and_412_for_who_has_said_so(writer, route, body):
    taken = send(writer, "POST", *route, body=body)
    assert (taken.status_code, taken.json()["code"]) == (409, "AlreadyExists")
    assert send(writer, "POST", *route, body=body, if_none_match="*").status_code == 412
    assert send(writer, "POST", *route, body=body | {"id": "new"}, if_none_match="*").status_code == 201


def test_what_is_new_has_no_state_to_match(writer):
    assert send(writer, "POST", "items", "scenes", body=an_item("new"), if_match="*").status_code == 412
    assert Item.objects.count() == 1


def test_what_changes_between_the_look_and_the_write_is_412(writer, monkeypatch):
    tag, looked = ask("item", "scenes", "a")["ETag"], transactions.replace_item

    def change_first(document, **kwargs):
        monkeypatch.undo()
        transactions.patch_item("scenes", "a", {"title": "of another"})
        return looked(document, **kwargs)

    monkeypatch.setattr(transactions, "replace_item", change_first)
    assert send(writer, "PUT", "item", "scenes", "a", body=an_item("a"), if_match=tag).status_code == 412
    assert Item.objects.get().document["title"] == "of another"
