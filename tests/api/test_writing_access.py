"""Nothing that is hidden shows in what writers are told: who cannot tell by reading, cannot tell by writing either."""

from itertools import product

import pytest
from django.test import Client

from django_stac.api.urls import urlpatterns
from django_stac.models import Collection, Item
from tests.api.asking import asker
from tests.api.people import person
from tests.api.sending import send
from tests.api.test_access import FROM, hide, published
from tests.factories import a_collection, an_item

__all__ = ["published"]

PLACES = {
    "items": [("secret",), ("shown",)],
    "bulk-items": [("secret",), ("shown",)],
    "item": [("secret", "secret"), ("shown", "secret")],
    "collections": [()],
    "collection": [("secret",)],
    "item-version": [(1, "secret", "secret"), (1, "secret", "gone"), (1, "shown", "secret")],
    "collection-version": [(1, "secret")],
}
"""Where somebody who writes could hit upon something hidden."""
NEVER_HIDDEN = {"catalogs", "catalog", "catalog-version"}
ITEM, COLLECTION = an_item("secret", collection="shown"), a_collection("secret")
BODIES = {
    "items": [ITEM, {"type": "FeatureCollection", "features": [ITEM]}],
    "bulk-items": [{"items": {"secret": ITEM}, "method": "insert"}, {"items": {"secret": ITEM}, "method": "upsert"}],
    "item": [ITEM, {"properties": {"title": "x"}}],
    "collections": [COLLECTION, {"collections": [COLLECTION]}],
    "collection": [COLLECTION, {"title": "x"}],
    "item-version": [None],
    "collection-version": [None],
}
HEADERS = [{}, {"if_match": '"x"'}, {"if_none_match": "*"}]


def written_by():
    """Route → the methods that write."""
    found = {}
    for pattern in urlpatterns:
        operations = getattr(getattr(pattern.callback, "cls", None), "operations", {})
        actions = getattr(pattern.callback, "actions", None) or {}
        found[pattern.name] = [name for name, action in actions.items() if operations[action].action]
    return {name: methods for name, methods in found.items() if methods}


def requests():
    """What is tried: (method, route, body, headers)."""
    for name, places in PLACES.items():
        for place, method in product(places, written_by()[name]):
            for body, headers in product([None] if method == "delete" else BODIES[name], HEADERS):
                yield method, (name, *place), body, headers


def told(user):
    """What a user is told who tries everything: (status, body, headers)."""
    client, found = asker(Client(raise_request_exception=False), user), {}
    for method, route, body, headers in requests():
        answer = send(client, method, *route, body=body, **headers)
        kept = {name: answer.get(name) for name in ("ETag", "Location", "Allow", "Preference-Applied")}
        found[f"{method} {route} {body} {headers}"] = (answer.status_code, answer.content, kept)
    for name, places in PLACES.items():
        for place in places:
            found[f"OPTIONS {name} {place}"] = send(client, "options", name, *place).get("Allow")
    return found


def stored():
    return [*Collection.objects.order_by("pk").values_list("collection_id", "digest")], [
        *Item.objects.order_by("pk").values_list("item_id", "digest")
    ]


def test_every_route_that_writes_has_a_rule():
    assert set(written_by()) == {*PLACES, *NEVER_HIDDEN}


@pytest.mark.parametrize(("way", "who"), FROM)
def test_who_does_not_see_it_is_told_nothing_of_it_by_writing_and_changes_nothing(published, way, who):
    user, empty = person(who), stored()
    before = told(user)
    assert stored() == empty
    hide(way)
    full = stored()
    after = told(user)
    assert [place for place in before if after[place] != before[place]] == []
    assert stored() == full


@pytest.mark.parametrize("who", ["owner", "curator", "superuser"])
def test_who_sees_and_owns_it_writes_it(published, who):
    hide()
    client = asker(Client(), person(who))
    assert send(client, "patch", "item", "secret", "secret", body={"properties": {"title": "x"}}).status_code == 204
    assert send(client, "post", "items", "secret", body=an_item("new", collection="secret")).status_code == 201
    assert send(client, "post", "items", "secret", body=an_item("secret", collection="secret")).status_code == 409


@pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("member", 403), ("stranger", 404), ("writer", 404)])
def test_who_sees_it_and_may_not_write_it_is_told_so_and_others_are_not(published, who, status):
    hide("groups")
    client = asker(Client(), person(who))
    assert send(client, "put", "item", "secret", "secret", body=ITEM).status_code == status
    assert send(client, "post", "items", "secret", body=ITEM).status_code == status


@pytest.mark.parametrize(("who", "allowed"), [("member", "GET"), ("owner", "DELETE, GET, PATCH, PUT")])
def test_what_is_allowed_is_what_this_person_may(published, who, allowed):
    hide("groups")
    answer = send(asker(Client(), person(who)), "options", "item", "secret", "secret")
    assert ", ".join(sorted(set(answer["Allow"].split(", ")) - {"HEAD", "OPTIONS"})) == allowed
