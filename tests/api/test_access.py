"""Nothing that is not published leaks: every route of the URL table is walked, as everybody and as somebody.

What is hidden holds the word "secret" and the year 1999 wherever it can. A route without a rule fails.
"""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from django_stac import transactions
from django_stac.api.urls import urlpatterns
from django_stac.models import Catalog, Collection, ExtentMode
from django_stac.search.aggregations import AGGREGATIONS
from tests.api.asking import ask, asker, url
from tests.api.stored import STORAGE, put_scene
from tests.factories import a_collection, an_item, box, put, put_catalog, put_collection

OPEN = {
    "landing": [()],
    "conformance": [()],
    "api": [()],
    "api-html": [()],
    "catalogs": [()],
    "catalog": [("shelf",)],
    "catalog-children": [("shelf",)],
    "children": [()],
    "more": [("collections",), ("catalogs",)],
    "collections": [()],
    "collections-search": [()],
    "collection": [("shown",)],
    "dates": [("shown",)],
    "date": [("shown", "2024")],
    "items": [("shown",)],
    "item": [("shown", "shown")],
    "functions": [()],
    "aggregate": [()],
    "aggregations": [()],
    "collection-aggregate": [("shown",)],
    "collection-aggregations": [("shown",)],
    "queryables": [()],
    "sortables": [()],
    "collection-queryables": [("shown",)],
    "collection-sortables": [("shown",)],
    "collections-queryables": [()],
    "collections-sortables": [()],
    "search": [()],
    "file": [(STORAGE, "shown.tif")],
    "unknown": [("nothing",), ("collections/",), ("collections/shown/items/",), ("search/",)],
}
"""What everybody may ask for: it answers the same whether or not anything is hidden."""
CLOSED = {
    "collection-queryables": [("secret",)],
    "collection-sortables": [("secret",)],
    "collection-aggregate": [("secret",)],
    "collection-aggregations": [("secret",)],
    "collection": [("secret",)],
    "dates": [("secret",)],
    "date": [("secret", "1999"), ("shown", "1999")],
    "items": [("secret",)],
    "item": [("secret", "shown"), ("secret", "secret"), ("shown", "secret")],
    "file": [(STORAGE, "secret.tif"), (STORAGE, "secret-too.tif")],
    "unknown": [("collections/secret/",), ("collections/shown/items/secret//",)],
}
"""What is there only for those who may see it."""
NEVER_HIDDEN = {"catalog", "catalog-children", "more"}
"""Catalogues are seen by all; what they list is not."""
SEARCHES = [
    {"limit": "1"},
    {"ids": "secret"},
    {"collections": "secret"},
    {"collections": "secret,shown"},
    {"bbox": "-180,-90,180,90"},
    {"bbox": "100,0,110,10"},
    {"datetime": "../2000-01-01T00:00:00Z"},
    {"intersects": '{"type": "Point", "coordinates": [105, 5]}'},
    {"filter": "id LIKE 'secret%'"},
    {"filter": "x:secret = 'secret'"},
    {"filter": "x:secrte = 'secret'"},
    {"filter": "collection = 'secret' OR x:secret IS NOT NULL"},
    {"filter": "S_INTERSECTS(geometry, POINT(105 5)) AND datetime < DATE('2000-01-01')"},
    {"query": '{"x:secret": {"startsWith": "s"}}'},
    {"sortby": "+datetime", "limit": "1"},
    {"sortby": "-id", "limit": "1"},
    {"sortby": "x:secret"},
    {"x:secret": "secret"},
]
SEARCHES_OF_COLLECTIONS = [
    {"limit": "1"},
    {"bbox": "100,0,110,10"},
    {"datetime": "../2000-01-01T00:00:00Z"},
    {"q": "secret"},
    {"q": "-shown"},
    {"filter": "title LIKE '%ecret%'"},
    {"filter": "x:secret = 'secret'"},
    {"filter": "datetime < DATE('2000-01-01')"},
    {"query": '{"id": {"contains": "secret"}}'},
    {"sortby": "-id", "limit": "1"},
    {"sortby": "x:secret"},
    {"fields": "x:secret"},
]
HIDDEN = {"geometry": box(100, 0, 110, 10), "datetime": "1999-09-09T09:09:09Z", "x:secret": "secret"}


@pytest.fixture
def published(db):
    """What everybody may see."""
    transactions.create_collection(a_collection("shown"), extent_mode=ExtentMode.DERIVED)
    put_scene("shown", "shown.tif", collection="shown")
    put(an_item("other", collection="shown"))
    transactions.add_child(put_catalog("shelf"), Collection.objects.get())
    transactions.derive()


def hide():
    """Add what only some may see, wherever it could show."""
    secret = put_collection("secret", published=False, summaries={"x:secret-too": ["secret"]}, **{"x:secret": "secret"})
    put_scene("secret", "secret.tif", collection="shown", published=False)
    put_scene("shown", "secret-too.tif", collection="secret")
    put(an_item("secret", collection="secret", **HIDDEN), an_item("secret-too", collection="secret", **HIDDEN))
    put(an_item("secret-too", collection="shown", **HIDDEN), published=False)
    transactions.add_child(Catalog.objects.get(), secret)
    transactions.derive()


def routes(table):
    return [(name, *args) for name, places in table.items() for args in places]


def answers(user):
    """Everything that a user gets from the open routes, in both forms: (status, body, ETag)."""
    asked = [(route, {"f": form}) for route in routes(OPEN) if route[0] != "file" for form in ("json", "html")]
    asked += [(("search",), params) for params in SEARCHES]
    asked += [(("items", "shown"), params) for params in SEARCHES if "collections" not in params]
    asked += [(route, {"aggregations": ",".join(AGGREGATIONS)}) for route in routes(OPEN) if "aggregate" in route[0]]
    asked += [((name,), params) for name in ("collections", "collections-search") for params in SEARCHES_OF_COLLECTIONS]
    found = {}
    for route, params in asked:
        response = ask(*route, user=user, **params)
        found[str((route, params))] = (response.status_code, response.content, response.get("ETag"))
    posts = [("search", {}), ("search", {"collections": ["secret"]}), ("search", {"ids": ["secret"]})]
    for name, body in [*posts, ("collections-search", {})]:
        posted = asker(Client(), user).post(url(name), body, content_type="application/json")
        found[f"POST {name} {body}"] = (posted.status_code, posted.content, None)
    return found


def test_every_route_has_a_rule():
    assert {pattern.name for pattern in urlpatterns} == set(OPEN)
    assert {pattern.name for pattern in urlpatterns if "<" in str(pattern.pattern)} - NEVER_HIDDEN == set(CLOSED)


@pytest.mark.parametrize("who", ["anonymous", "staff"])
def test_pages_counts_extents_links_and_etags_do_not_tell_of_what_is_hidden(published, staff, who):
    user = {"anonymous": AnonymousUser(), "staff": staff}[who]
    before = answers(user)
    hide()
    after = answers(user)
    assert [place for place in before if after[place] != before[place]] == []


@pytest.mark.parametrize("who", ["anonymous", "staff"])
@pytest.mark.parametrize("route", routes(CLOSED), ids=str)
def test_what_is_hidden_is_404(published, staff, who, route):
    hide()
    assert ask(*route, user={"anonymous": None, "staff": staff}[who]).status_code == 404


@pytest.mark.parametrize("route", [route for route in routes(CLOSED) if "//" not in str(route)], ids=str)
def test_what_is_hidden_is_there_for_those_who_may_see_it(published, viewer, route):
    hide()
    response = ask(*route, user=viewer)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, max-age=0"


def test_pages_and_links_hold_what_is_hidden_for_those_who_may_see_it(published, viewer):
    hide()
    for route in [("catalog", "shelf"), ("collections",), ("collections-search",), ("items", "shown"), ("search",)]:
        assert b"secret" in ask(*route, user=viewer).content


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
