"""The history of a thing: its versions, who made them when, and to whom that is told."""

import pytest
from django.test import Client

from django_stac import transactions
from django_stac.access import AccessPolicy
from django_stac.models import Collection, Version
from tests.api.asking import ask, follow, href, hrefs
from tests.api.people import group, person
from tests.api.sending import a_user, send, writer
from tests.factories import a_catalog, a_collection, an_item, put, put_catalog, put_collection

__all__ = ["writer"]

ITEM, COLLECTION, CATALOG = (
    ("item-history", "scenes", "a"),
    ("collection-history", "scenes"),
    ("catalog-history", "shelf"),
)
every_kind = pytest.mark.parametrize("route", [ITEM, COLLECTION, CATALOG], ids=lambda route: route[0])


class Open(AccessPolicy):
    """Everybody may know what was."""

    def sees_history(self, user, action, **kwargs):
        return True


@pytest.fixture
def open_history(db, settings):
    settings.DJANGO_STAC = {"ACCESS_POLICY": f"{__name__}.Open"}


@pytest.fixture
def changed(db):
    """Of each kind one that has been changed twice."""
    put(an_item("a"))
    put_catalog("shelf")
    for title in ("second", "third"):
        transactions.replace_item(an_item("a", title=title))
        transactions.replace_collection(a_collection("scenes", title=title))
        transactions.replace_catalog(a_catalog("shelf", title=title))


@pytest.fixture
def withdrawn(db):
    """An item whose first version was never published."""
    (item,) = put(an_item("a"), published=False)
    transactions.replace_item(an_item("a", title="second"))
    transactions.set_published(item, published=True)
    transactions.replace_item(an_item("a", title="third"))


def numbers(response):
    return [version["number"] for version in response.json()["versions"]]


@every_kind
def test_what_was_and_what_stands_are_listed_newest_first(writer, changed, route):
    history = ask(*route, client=writer).json()
    first, *ended = history["versions"]
    assert [version["number"] for version in history["versions"]] == [3, 2, 1]
    assert "ended" not in first
    assert [version["end"] for version in ended] == ["replaced", "replaced"]


def test_a_history_names_what_it_is_of(writer, changed):
    told = {
        name: ask(*route, client=writer).json() for name, route in zip("icg", (ITEM, COLLECTION, CATALOG), strict=True)
    }
    assert (told["i"]["kind"], told["i"]["collection"], told["i"]["id"]) == ("item", "scenes", "a")
    assert (told["c"]["kind"], told["c"]["id"]) == ("collection", "scenes")
    assert (told["g"]["kind"], told["g"]["id"]) == ("catalog", "shelf")


@every_kind
def test_each_version_links_to_itself_and_to_what_it_changed(writer, changed, route):
    third, second, first = ask(*route, client=writer).json()["versions"]
    assert [follow(href(each, "self"), client=writer).json()["title"] for each in (third, second)] == [
        "third",
        "second",
    ]
    difference = follow(href(third, "diff"), client=writer).json()
    assert (difference["from"], difference["to"]) == (2, 3)
    assert hrefs(first, "diff") == []


@every_kind
def test_a_history_links_to_what_it_is_about(writer, changed, route):
    about = href(ask(*route, client=writer).json(), "about")
    assert follow(about, client=writer).json()["title"] == "third"


def test_the_size_and_the_digest_are_those_of_the_document(writer, changed):
    listed = ask(*ITEM, client=writer).json()["versions"]
    for version in listed:
        answer = follow(href(version, "self"), client=writer)
        assert answer["ETag"].startswith(f'"{version["digest"]}.')
        assert 0 < version["size"] < len(answer.content)


def test_people_are_told_by_their_names(writer, db):
    put(an_item("a"))
    send(writer, "PATCH", "item", "scenes", "a", body={"title": "second"})
    now, before = ask(*ITEM, client=writer).json()["versions"]
    assert (now["written_by"], before["ended_by"]) == ("writer", "writer")
    assert "written_by" not in before


def test_one_who_was_deleted_has_no_name_any_more(writer, changed):
    Version.objects.update(ended_by="999", written_by="of another kind")
    assert "ended_by" not in ask(*ITEM, client=writer).json()["versions"][1]


# Pages


def test_a_long_history_comes_in_pages(writer, changed):
    first = ask(*ITEM, client=writer, limit=2)
    second = follow(href(first.json(), "next"), client=writer)
    assert (numbers(first), numbers(second)) == ([3, 2], [1])
    assert hrefs(second.json(), "next") == []


def test_the_last_of_a_page_has_a_difference_too(writer, changed):
    assert all(hrefs(each, "diff") for each in ask(*ITEM, client=writer, limit=2).json()["versions"])


@pytest.mark.parametrize("token", ["0", "-1", "x", "1e3", "", "9" * 30])
def test_a_token_that_is_no_number_is_refused(writer, changed, token):
    response = ask(*ITEM, client=writer, token=token)
    assert (response.status_code, response.json()["parameter"]) == (400, "token")


# Who is told


@every_kind
def test_strangers_are_asked_who_they_are_and_readers_are_refused(changed, route):
    reader = a_user("view_item", "view_collection", name="reader")
    assert ask(*route).status_code == 401
    assert ask(*route, user=reader).status_code == 403


@pytest.mark.parametrize(
    "route", [("item-history", "scenes", "x"), ("collection-history", "x"), ("catalog-history", "x")]
)
def test_what_never_was_has_no_history(writer, changed, route):
    assert ask(*route).status_code == ask(*route, client=writer).status_code == 404


def test_what_was_not_published_stays_with_those_who_see_it(withdrawn):
    blind, seeing = a_user("change_item", name="blind"), a_user("change_item", "view_item", name="seeing")
    assert numbers(ask(*ITEM, user=blind)) == [3, 2]
    assert numbers(ask(*ITEM, user=seeing)) == [3, 2, 1]


def test_what_was_in_a_collection_that_was_not_published_stays_there(open_history):
    put_collection("scenes", published=False)
    put(an_item("a"))
    transactions.replace_item(an_item("a", title="second"))
    transactions.set_published(Collection.objects.get(), published=True)
    transactions.replace_item(an_item("a", title="third"))
    assert numbers(ask(*ITEM)) == [3, 2]
    assert numbers(ask(*ITEM, user=a_user("change_item", "view_collection", name="seeing"))) == [3, 2, 1]


def test_what_groups_saw_stays_with_them(open_history):
    put_collection("scenes")
    transactions.set_rights("scenes", visibility="groups", viewer_groups=[group("member").pk])
    put(an_item("a"))
    transactions.replace_item(an_item("a", title="second"))
    transactions.replace_collection(a_collection("scenes", title="second"))
    transactions.set_rights("scenes", visibility="public")
    member = person("member")
    assert (numbers(ask(*ITEM)), numbers(ask(*ITEM, user=member))) == ([2], [2, 1])
    assert (numbers(ask(*COLLECTION)), numbers(ask(*COLLECTION, user=member))) == ([2], [2, 1])


def owned_by(name):
    """A collection of somebody's group, with a hidden item that was changed."""
    put_collection("scenes")
    transactions.set_rights("scenes", visibility="groups", owner_groups=[group(name).pk])
    put(an_item("a"), published=False)
    transactions.replace_item(an_item("a", title="of another time"))


def test_owners_see_all_that_their_collection_was_also_before_it_was_theirs(db):
    owned_by("owner")
    transactions.set_rights("scenes", owner_groups=[group("stranger").pk])
    assert numbers(ask(*ITEM, user=person("stranger"))) == [2, 1]


def test_owners_see_nothing_of_a_collection_that_had_the_id_before(db):
    owned_by("owner")
    transactions.delete_collection("scenes", cascade=True)
    owned_by("stranger")
    stranger = person("stranger")
    assert (numbers(ask(*ITEM, user=stranger)), numbers(ask(*COLLECTION, user=stranger))) == ([4, 3], [2])


def test_a_site_may_open_its_history_and_people_stay_untold(writer, changed, open_history):
    send(writer, "PATCH", "item", "scenes", "a", body={"title": "fourth"})
    history = ask(*ITEM).json()
    assert [each["number"] for each in history["versions"]] == [4, 3, 2, 1]
    assert not [each for each in history["versions"] if {"written_by", "ended_by"} & each.keys()]
    assert ask("item-version", 1, "scenes", "a").status_code == 200


def test_an_open_history_is_linked_for_everybody(changed, open_history):
    assert href(ask("item", "scenes", "a").json(), "version-history")


# The way there


@pytest.mark.parametrize("route", [("item", "scenes", "a"), ("collection", "scenes"), ("catalog", "shelf")], ids=str)
def test_what_has_versions_links_to_them_for_those_who_may_see_them(writer, changed, route):
    document = ask(*route, client=writer).json()
    assert len(follow(href(document, "version-history"), client=writer).json()["versions"]) == 3
    assert follow(href(document, "predecessor-version"), client=writer).json()["title"] == "second"
    assert hrefs(ask(*route).json(), "version-history") == []


@pytest.mark.parametrize("route", [("item", "scenes", "a"), ("collection", "scenes")], ids=str)
def test_what_has_no_versions_has_no_links_to_them(writer, route):
    put(an_item("a"))
    put_collection("scenes")
    assert hrefs(ask(*route, client=writer).json(), "version-history") == []


@pytest.mark.parametrize("route", [("item", "scenes", "a"), ("collection", "scenes"), ("catalog", "shelf")], ids=str)
def test_the_answer_to_a_write_is_what_is_read_then(writer, changed, route):
    answer = send(writer, "PATCH", *route, body={"title": "fourth"}, prefer="return=representation")
    read = ask(*route, client=writer)
    assert (answer.json(), answer["ETag"]) == (read.json(), read["ETag"])
    restored = send(writer, "POST", f"{route[0]}-version", 1, *route[1:], prefer="return=representation")
    assert restored.json() == ask(*route, client=writer).json()


def test_links_to_the_history_are_not_stored_with_what_comes_back(writer, changed):
    before = ask("item", "scenes", "a", client=writer).json()
    send(writer, "PUT", "item", "scenes", "a", body=before)
    assert ask("item", "scenes", "a", client=writer).json()["links"] == before["links"]


def test_ids_with_slashes_have_a_history(writer, db):
    put(an_item("a/items/1"))
    transactions.patch_item("scenes", "a/items/1", {"title": "second"})
    document = ask("item", "scenes", "a/items/1", client=writer).json()
    assert len(follow(href(document, "version-history"), client=writer).json()["versions"]) == 2


def test_a_slash_at_the_end_is_ignored(writer, changed):
    assert writer.get("/stac/history/collections/scenes/items/a/").status_code == 200
    assert writer.get("/stac/history/collections/scenes/").status_code == 200


@every_kind
def test_versions_and_differences_are_pages_for_people_too(writer, changed, route):
    kind, *ids = route
    version = kind.replace("history", "version")
    pages = [ask(version, 3, *ids, client=writer, f="html", **params) for params in ({}, {"diff": 1}, {"diff": 3})]
    shown, differs, same = (page.content.decode() for page in pages)
    assert "Version 3" in shown
    assert "third" in shown
    assert "/title" in differs
    assert "Nothing differs" in same


def test_a_history_is_a_page_for_people_too(writer, changed):
    page = writer.get("/stac/history/collections/scenes/items/a", headers={"accept": "text/html"})
    assert page.status_code == 200
    assert Client().get("/stac/history/collections/scenes/items/a", {"f": "html"}).status_code == 401
