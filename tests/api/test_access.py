"""Nothing that is hidden leaks: every route of the URL table is walked, by all kinds of people, however it is hidden.

What is hidden holds the word "secret" and the year 1999 wherever it can. A route without a rule fails.
"""

import pytest
from django.test import Client

from django_stac import transactions
from django_stac.api.urls import urlpatterns
from django_stac.models import Catalog, Collection, ExtentMode
from tests.api.asking import ask, asker, follow, href, ids, url
from tests.api.people import group, person
from tests.api.questions import OPEN, bodies, questions, routes
from tests.api.stored import STORAGE, put_scene
from tests.factories import a_collection, an_item, box, put, put_catalog, put_collection

CLOSED = {
    "collection-queryables": [("secret",)],
    "collection-sortables": [("secret",)],
    "collection-aggregate": [("secret",)],
    "collection-aggregations": [("secret",)],
    "collection": [("secret",)],
    "dates": [("secret",)],
    "date": [("secret", "1999")],
    "items": [("secret",)],
    "item": [("secret", "shown"), ("secret", "secret")],
    "file": [(STORAGE, "secret-too.tif")],
    "unknown": [("collections/secret/",)],
}
"""What is there only for those who may see the collection."""
REMEMBERED = {
    "collection-history": [("secret",)],
    "item-history": [("secret", "secret"), ("secret", "gone")],
    "collection-version": [(1, "secret"), (2, "secret")],
    "item-version": [(1, "secret", "secret"), (2, "secret", "secret"), (1, "secret", "gone")],
}
"""What is there only for those of them who may write in it."""
UNPUBLISHED = {
    "date": [("shown", "1999")],
    "item": [("shown", "secret")],
    "file": [(STORAGE, "secret.tif")],
    "unknown": [("collections/shown/items/secret//",)],
}
"""What is there only for those who may see items that are not published, in a collection that everybody sees."""
BLIND = {
    "unpublished": ("anonymous", "reader", "member", "stranger", "writer"),
    "groups": ("anonymous", "reader", "stranger", "writer"),
    "signed-in": ("anonymous",),
}
"""How a collection is hidden → from whom."""
SEEING = {
    "unpublished": ("owner", "viewer", "curator", "superuser"),
    "groups": ("member", "owner", "viewer", "curator", "superuser"),
    "signed-in": ("reader", "member", "owner", "stranger", "writer"),
}
ASKING_ALL = {("unpublished", "anonymous"), ("groups", "stranger")}
"""Whose every question is asked; of the others one a kind, for the machine's sake."""
FROM = [(way, who) for way, people in BLIND.items() for who in people]
FOR = [(way, who) for way, people in SEEING.items() for who in people]
NEVER_HIDDEN = {"catalog", "catalog-children", "more", "catalog-history", "catalog-version"}
"""Catalogues are seen by all; what they list is not."""
ONLY_WRITTEN = {"bulk-items"}
"""Answer no GET; what they tell of what is hidden is tested with the writes."""
HIDDEN = {
    "geometry": box(100, 0, 110, 10), "datetime": "1999-09-09T09:09:09Z", "x:secret": "secret", "eo:cloud_cover": 99,
}  # fmt: skip


@pytest.fixture
def published(db):
    """What everybody may see; strangers own what is none of the rest's business."""
    put_collection("aside")
    transactions.set_rights("aside", owner_groups=[group("stranger").pk])
    transactions.create_collection(a_collection("shown"), extent_mode=ExtentMode.DERIVED)
    put_scene("shown", "shown.tif", collection="shown")
    put(an_item("other", collection="shown", **{"eo:cloud_cover": 5}))
    transactions.add_child(put_catalog("shelf"), Collection.objects.get(collection_id="shown"))
    change("shown", "shown")
    transactions.patch_catalog("shelf", {"title": "Changed"})
    transactions.derive()


def hide(way="unpublished"):
    """Add what only some may see, wherever it could show."""
    told = {"summaries": {"x:secret-too": ["secret"]}, "x:secret": "secret"}
    secret = put_collection("secret", published=way != "unpublished", **told)
    rights = {"viewer_groups": [group("member").pk], "owner_groups": [group("owner").pk]}
    transactions.set_rights("secret", visibility="groups" if way == "unpublished" else way, **rights)
    put_scene("shown", "secret-too.tif", collection="secret")
    put(an_item("secret", collection="secret", **HIDDEN), an_item("secret-too", collection="secret", **HIDDEN))
    transactions.add_child(Catalog.objects.get(), secret)
    change("secret", "secret")
    if way == "unpublished":
        put_scene("secret", "secret.tif", collection="shown", published=False)
        put(an_item("secret-too", collection="shown", **HIDDEN), published=False)
        put(an_item("secret-gone", collection="shown", **HIDDEN), published=False)
        transactions.delete_item("shown", "secret-gone")
    transactions.derive()


def change(collection_id, item_id):
    """Let there be a version of both, and something that is gone."""
    transactions.patch_collection(collection_id, {"keywords": ["changed"]})
    transactions.patch_item(collection_id, item_id, {"properties": {"title": "Changed"}})
    put(an_item("gone", collection=collection_id))
    transactions.delete_item(collection_id, "gone")


def one_a_kind(asked):
    """The last question of each route."""
    return list({route: (route, params) for route, params in asked}.values())


def answers(user, some=list):
    """What a user gets from the open routes, in both forms, asking ``some`` of the questions: (status, body, ETag)."""
    found = {}
    for route, params in some(questions()):
        response = ask(*route, user=user, **params)
        found[str((route, params))] = (response.status_code, response.content, response.get("ETag"))
    for route, body in some(bodies()):
        posted = asker(Client(), user).post(url(*route), body, content_type="application/json")
        found[f"POST {route} {body}"] = (posted.status_code, posted.content, None)
    return found


def test_every_route_has_a_rule():
    assert {pattern.name for pattern in urlpatterns} == set(OPEN)
    with_places = {pattern.name for pattern in urlpatterns if "<" in str(pattern.pattern)}
    assert with_places - NEVER_HIDDEN - ONLY_WRITTEN == {*CLOSED, *REMEMBERED}


@pytest.mark.parametrize(("way", "who"), FROM)
def test_pages_counts_extents_links_and_etags_do_not_tell_of_what_is_hidden(published, way, who):
    user, some = person(who), list if (way, who) in ASKING_ALL else one_a_kind
    before = answers(user, some)
    hide(way)
    after = answers(user, some)
    assert [place for place in before if after[place] != before[place]] == []


@pytest.mark.parametrize(("way", "who"), FROM)
def test_what_is_hidden_is_404(published, way, who):
    hide(way)
    user = person(who)
    asked = routes(CLOSED) + routes(REMEMBERED) + (routes(UNPUBLISHED) if way == "unpublished" else [])
    assert [route for route in asked if ask(*route, user=user).status_code != 404] == []


@pytest.mark.parametrize(("way", "who"), FOR)
def test_what_is_hidden_is_there_for_those_who_may_see_it(published, way, who):
    hide(way)
    user = person(who)
    found = {route: ask(*route, user=user) for route in routes(CLOSED)}
    assert {response.status_code for response in found.values()} == {200}
    assert {response["Cache-Control"] for response in found.values()} == {"private, max-age=0"}


@pytest.mark.parametrize(("way", "who"), FOR)
def test_what_was_is_there_for_those_of_them_who_may_write(published, way, who):
    hide(way)
    user = person(who)
    status = 200 if who in ("owner", "curator", "superuser", *(["writer"] if way == "signed-in" else [])) else 403
    assert {ask(*route, user=user).status_code for route in routes(REMEMBERED)} == {status}


@pytest.mark.parametrize("who", ["viewer", "curator", "superuser"])
def test_items_that_are_not_published_are_there_for_those_who_may_see_them(published, who):
    hide()
    user = person(who)
    asked = [route for route in routes(UNPUBLISHED) if "//" not in str(route)]
    assert [route for route in asked if ask(*route, user=user).status_code != 200] == []


def test_owners_of_one_collection_see_nothing_that_is_not_published_in_another(published):
    hide()
    user = person("owner")
    assert [route for route in routes(UNPUBLISHED) if ask(*route, user=user).status_code != 404] == []


def test_pages_and_links_hold_what_is_hidden_for_those_who_may_see_it(published, viewer):
    hide()
    for route in [("catalog", "shelf"), ("collections",), ("collections-search",), ("items", "shown"), ("search",)]:
        assert b"secret" in ask(*route, user=viewer).content


def test_a_place_in_pages_tells_others_nothing_of_what_its_owner_sees(published, viewer):
    hide()
    for params in ({"sortby": "x:secret"}, {"sortby": "-id"}, {}):
        page = ask("search", user=viewer, limit=1, **params).json()
        answer = follow(href(page, "next")).json()
        assert not answer.get("features") or set(ids(answer)) <= {"shown", "other"}


def test_permission_for_items_alone_opens_no_hidden_collection(published, viewer):
    viewer.user_permissions.remove(viewer.user_permissions.get(codename="view_collection"))
    hide()
    assert ask("item", "shown", "secret", user=viewer).status_code == 200
    assert ask("item", "secret", "secret", user=viewer).status_code == 404


def test_inactive_user_sees_what_everybody_sees(published, viewer):
    viewer.is_active = False
    viewer.save()
    hide()
    assert ask("item", "shown", "secret", user=viewer).status_code == 404


def test_a_count_that_comes_with_a_link_is_told_to_those_alone_who_may_see_what_was_counted(published, viewer):
    put(*(an_item(f"more-{number}", collection="shown") for number in range(3)))
    hide()
    for route in (("search",), ("collections",)):
        page = ask(*route, user=viewer, limit=1).json()
        link = next(link["href"] for link in page["links"] if link["rel"] == "next")
        assert follow(link, user=viewer).json()["numberMatched"] == page["numberMatched"]
        assert "numberMatched" not in follow(link).json()
