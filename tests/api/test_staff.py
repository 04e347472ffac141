"""Links to the forms of the admin (RFC 6861), as STAC Browser follows them: for those alone who may use the form."""

from urllib.parse import urlsplit

import pytest
from django.test import Client

from django_stac import transactions
from django_stac.access import AccessPolicy
from django_stac.api.views.items import ItemViewSet
from django_stac.models import Catalog, Collection, Item
from tests.api.asking import ask, asker, follow, href, hrefs, url
from tests.api.people import PERMISSIONS, group, person
from tests.api.sending import a_user, send
from tests.factories import an_item, put, put_catalog

pytestmark = pytest.mark.django_db

FORMS = [
    (("landing",), "create-form"),
    (("collections",), "create-form"),
    (("collections-search",), "create-form"),
    (("catalogs",), "create-form"),
    (("items", "scenes"), "create-form"),
    (("collection", "scenes"), "create-form"),
    (("collection", "scenes"), "edit-form"),
    (("catalog", "shelf"), "edit-form"),
    (("item", "scenes", "a"), "edit-form"),
]
EDITED = [("item", "scenes", "a"), ("collection", "scenes"), ("catalog", "shelf")]


@pytest.fixture(autouse=True)
def stored(db):
    put(an_item("a"))
    put_catalog("shelf")


def forms(user):
    """The forms that the API leads to: {(route, relation): URLs}."""
    found = {(route, rel): hrefs(ask(*route, user=user).json(), rel) for route, rel in FORMS}
    return {place: targets for place, targets in found.items() if targets}


def form(*route, rel, user):
    """The URL of the only form of a resource."""
    return href(ask(*route, user=user).json(), rel)


@pytest.mark.parametrize("who", PERMISSIONS)
def test_every_form_that_a_person_is_led_to_opens(who):
    transactions.set_rights("scenes", owner_groups=[group("owner").pk])
    user = person(who)
    targets = [target for found in forms(user).values() for target in found]
    assert [target for target in targets if follow(target, user=user).status_code != 200] == []


def test_superusers_are_led_to_every_form(admin_user):
    assert set(forms(admin_user)) == set(FORMS)


@pytest.mark.parametrize("user", [None, {"is_staff": False}])
def test_who_is_not_of_staff_is_led_to_none(user):
    assert forms(user and a_user(**user)) == {}


def test_staff_that_may_read_only_is_led_to_none():
    assert forms(person("viewer")) == {}


def test_forms_of_new_rows_are_for_those_who_may_add_them():
    user = a_user("add_item", "view_item", is_staff=True)
    assert set(forms(user)) == {(("items", "scenes"), "create-form"), (("collection", "scenes"), "create-form")}


def test_owners_are_led_to_the_forms_of_their_collection_and_of_no_other():
    put(an_item("a", collection="others"))
    transactions.set_rights("scenes", owner_groups=[group("owner").pk])
    owner = person("owner")
    assert set(forms(owner)) == {place for place in FORMS if "scenes" in place[0]}
    for route in (("collection", "others"), ("items", "others"), ("item", "others", "a")):
        assert "-form" not in ask(*route, user=owner).content.decode()


def test_forms_are_pages_of_this_site(admin_user):
    links = ask("item", "scenes", "a", user=admin_user).json()["links"]
    assert [each for each in links if each["rel"] == "edit-form"] == [
        {
            "rel": "edit-form",
            "href": f"http://testserver/admin/django_stac/item/{Item.objects.get().pk}/change/",
            "type": "text/html",
            "title": "Edit this item in the admin",
        }
    ]


@pytest.mark.parametrize("route", [("collection", "scenes"), ("items", "scenes")])
def test_the_form_of_a_new_item_knows_its_collection(route, admin_user):
    page = follow(form(*route, rel="create-form", user=admin_user), user=admin_user).content.decode()
    assert f'<option value="{Collection.objects.get().pk}" selected>' in page


def test_forms_are_where_a_trusted_proxy_shows_the_site(settings, admin_user):
    settings.DJANGO_STAC = settings.DJANGO_STAC | {"TRUST_FORWARDED_PREFIX": True}
    landing = ask("landing", user=admin_user, headers={"x-forwarded-prefix": "/maps"}).json()
    assert [urlsplit(target).path for target in hrefs(landing, "create-form")] == [
        "/maps/admin/django_stac/collection/add/", "/maps/admin/django_stac/catalog/add/",
    ]  # fmt: skip


def test_a_site_without_the_admin_leads_to_none(settings, admin_user):
    settings.ROOT_URLCONF = "tests.api.without_admin"
    assert forms(admin_user) == {}


# What caches and writers see of it


@pytest.mark.parametrize(("route", "rel"), FORMS, ids=str)
def test_what_leads_to_forms_is_for_one_person_whatever_a_policy_says(route, rel, settings, admin_user):
    settings.DJANGO_STAC = settings.DJANGO_STAC | {"ACCESS_POLICY": f"{__name__}.SameForAll"}
    answer = ask(*route, user=admin_user)
    assert answer["Cache-Control"] == "private, max-age=0"
    assert {"Authorization", "Cookie"} <= set(answer["Vary"].split(", "))


class SameForAll(AccessPolicy):
    """A site's own, where everybody gets the same."""

    def is_public(self, user):
        return True


@pytest.mark.parametrize("route", EDITED, ids=str)
def test_the_state_that_was_read_with_a_form_is_the_one_that_is_written(route, admin_user):
    client = asker(Client(), admin_user)
    read = client.get(url(*route))
    written = send(client, "put", *route, body=read.json(), if_match=read["ETag"])
    assert (written.status_code, written["ETag"]) == (204, read["ETag"])


@pytest.mark.parametrize("route", EDITED, ids=str)
def test_forms_are_not_stored_with_the_document_that_is_sent_back(route, admin_user):
    client = asker(Client(), admin_user)
    document = client.get(url(*route)).json() | {"title": "Changed", "properties": {"datetime": "2024-01-01T00:00:00Z"}}
    assert send(client, "put", *route, body=document).status_code == 204
    rows = [*Item.objects.all(), *Collection.objects.all(), *Catalog.objects.all()]
    assert "-form" not in str([row.document for row in rows])


def test_a_person_is_sent_what_has_changed_in_their_rights(admin_user):
    etag = ask("item", "scenes", "a", user=admin_user)["ETag"]
    assert ask("item", "scenes", "a", user=admin_user, headers={"if-none-match": etag}).status_code == 304
    assert ask("item", "scenes", "a", headers={"if-none-match": etag}).status_code == 200


def test_an_item_that_goes_while_its_form_is_asked_for_is_not_there(admin_user, monkeypatch):
    find = ItemViewSet.find

    def found_and_deleted(*args, **kwargs):
        row = find(*args, **kwargs)
        transactions.delete_item("scenes", "a")
        return row

    monkeypatch.setattr(ItemViewSet, "find", found_and_deleted)
    assert ask("item", "scenes", "a", user=admin_user).status_code == 410
