"""Versions: each document as it was, the links between them, and what differs."""

import pytest

from django_stac import transactions
from django_stac.spec.patches import patched
from tests.api.asking import ask, follow, href, hrefs
from tests.api.sending import a_user, writer
from tests.api.stored import put_scene
from tests.api.test_history import changed, withdrawn
from tests.factories import an_item, put

__all__ = ["changed", "withdrawn", "writer"]

VERSIONS = [("item-version", ("scenes", "a")), ("collection-version", ("scenes",)), ("catalog-version", ("shelf",))]
every_kind = pytest.mark.parametrize(("name", "ids"), VERSIONS, ids=str)
MEDIA_TYPES = {"item-version": "application/geo+json"}


@every_kind
def test_a_version_is_the_document_as_it_was(writer, changed, name, ids):
    answers = [ask(name, number, *ids, client=writer) for number in (2, 3)]
    assert [answer.json()["title"] for answer in answers] == ["second", "third"]
    assert {answer["Content-Type"] for answer in answers} == {MEDIA_TYPES.get(name, "application/json")}
    assert {answer["Cache-Control"] for answer in answers} == {"private, max-age=0"}


def test_a_version_has_the_members_that_it_had(writer, changed):
    first = ask("item-version", 1, "scenes", "a", client=writer).json()
    stored = an_item("a")
    assert {name: first[name] for name in stored if name != "links"} | {"links": []} == stored


@every_kind
def test_versions_link_to_each_other(writer, changed, name, ids):
    second = ask(name, 2, *ids, client=writer).json()
    rels = ("predecessor-version", "successor-version", "latest-version")
    found = [follow(href(second, rel), client=writer).json() for rel in rels]
    assert [each.get("title") for each in found[1:]] == ["third", "third"]
    assert hrefs(found[0], "predecessor-version") == hrefs(found[1], "successor-version") == []
    assert len(follow(href(second, "version-history"), client=writer).json()["versions"]) == 3


def test_the_latest_is_what_stands(writer, changed):
    third = ask("item-version", 3, "scenes", "a", client=writer).json()
    assert href(third, "latest-version") == href(third, "self")


@every_kind
@pytest.mark.parametrize("number", [0, 4, 2**31, 10**30])
def test_a_number_that_no_version_has_is_404(writer, changed, name, ids, number):
    assert ask(name, number, *ids, client=writer).status_code == 404


@pytest.mark.parametrize("number", ["x", "-1", "1.0", "9" * 5000])
def test_what_is_no_number_is_no_place(writer, changed, number):
    assert writer.get(f"/stac/versions/{number}/collections/scenes").status_code == 404


def test_a_file_of_a_version_is_linked_as_any_other(writer, db):
    put_scene("a", "a.tif")
    transactions.patch_item("scenes", "a", {"title": "second"})
    first = ask("item-version", 1, "scenes", "a", client=writer).json()
    assert first["assets"]["data"]["href"] == "http://testserver/stac/files/scenes/a.tif"


def test_links_of_the_document_stay(writer, db):
    put(an_item("a", links=[{"rel": "via", "href": "https://example.com"}]))
    transactions.patch_item("scenes", "a", {"title": "second"})
    assert href(ask("item-version", 1, "scenes", "a", client=writer).json(), "via") == "https://example.com"


@every_kind
def test_a_state_that_the_client_has_is_not_sent_again(writer, changed, name, ids):
    tag = ask(name, 1, *ids, client=writer)["ETag"]
    assert ask(name, 1, *ids, client=writer, headers={"if-none-match": tag}).status_code == 304


@every_kind
def test_readers_are_told_no_versions(changed, name, ids):
    assert ask(name, 1, *ids).status_code == 401
    assert ask(name, 1, *ids, user=a_user("view_item", name="reader")).status_code == 403


# What differs


@every_kind
@pytest.mark.parametrize(("before", "after"), [(1, 2), (1, 3), (3, 1), (2, 2)])
def test_the_difference_leads_from_one_version_to_the_other(writer, changed, name, ids, before, after):
    found = ask(name, after, *ids, client=writer, diff=before)
    old, new = (ask(name, number, *ids, client=writer).json() for number in (before, after))
    assert found["Content-Type"] == "application/json"
    assert patched(old | {"links": []}, found.json()["patch"]) == new | {"links": []}


def test_head_tells_the_type_of_a_difference(writer, changed):
    path = "/stac/versions/2/collections/scenes/items/a"
    assert writer.head(path, {"diff": 1})["Content-Type"] == "application/json"
    assert writer.head(path)["Content-Type"] == "application/geo+json"


def test_a_difference_links_to_both(writer, changed):
    found = ask("item-version", 3, "scenes", "a", client=writer, diff=1).json()
    titles = [follow(each, client=writer).json().get("title") for each in hrefs(found, "about")]
    assert titles == [None, "third"]
    assert follow(href(found, "self"), client=writer).json() == found


@pytest.mark.parametrize("other", ["x", "0", "-1", "", "1,2"])
def test_a_difference_from_no_number_is_refused(writer, changed, other):
    response = ask("item-version", 2, "scenes", "a", client=writer, diff=other)
    assert (response.status_code, response.json()["parameter"]) == (400, "diff")


def test_a_difference_from_no_version_is_404(writer, changed):
    assert ask("item-version", 2, "scenes", "a", client=writer, diff=9).status_code == 404


def test_nobody_learns_from_a_difference_what_was_not_published(withdrawn):
    blind = a_user("change_item", name="blind")
    assert ask("item-version", 2, "scenes", "a", user=blind, diff=1).status_code == 404
    assert ask("item-version", 1, "scenes", "a", user=blind).status_code == 404
    assert hrefs(ask("item-version", 2, "scenes", "a", user=blind).json(), "predecessor-version") == []
