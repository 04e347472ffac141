"""Links that the server makes, and links that belong to a document."""

import pytest

from django_stac.spec.links import SERVER_RELS, foreign_links, link


def test_a_link_has_its_members_in_a_stable_order():
    made = link("next", "/x", merge=False, body={"a": 1}, method="POST", title="T", type="text/html")
    assert list(made) == ["rel", "href", "type", "title", "method", "body", "merge"]


def test_a_link_has_no_null_members():
    assert link("self", "/x") == {"rel": "self", "href": "/x"}


def test_a_link_keeps_false_and_empty_members():
    assert link("next", "/x", merge=False, body={}) == {"rel": "next", "href": "/x", "body": {}, "merge": False}


@pytest.mark.parametrize("rel", ["self", "root", "parent", "collection", "item", "child", "next", "queryables"])
def test_links_of_the_server_are_dropped(rel):
    assert foreign_links([link(rel, "/x")]) == []


def test_page_of_a_server_is_dropped_and_other_alternates_stay():
    links = [
        link("alternate", "https://a.example/x?f=html", type="text/html"),
        link("alternate", "https://a.example/x.xml"),
    ]
    assert foreign_links(links) == links[1:]


@pytest.mark.parametrize("thing", ["collections/scenes", "collections/scenes/items/a%2Fb", "catalogs/shelf"])
def test_links_to_the_history_of_a_server_are_dropped_and_other_versions_stay(thing):
    history = link("version-history", f"https://a.example/stac/history/{thing}")
    older = link("predecessor-version", f"https://a.example/stac/versions/3/{thing}")
    theirs = [link(rel, f"https://a.example/stac/{thing}") for rel in ("latest-version", "predecessor-version")]
    assert foreign_links([history, older, *theirs]) == theirs


@pytest.mark.parametrize("name", ["queryables", "sortables"])
def test_both_spellings_of_ogc_relations_are_the_servers(name):
    assert {name, f"http://www.opengis.net/def/rel/ogc/1.0/{name}"} <= SERVER_RELS


def test_other_links_stay_in_their_order():
    links = [link(rel, "/x") for rel in ("via", "self", "license", "canonical", "derived_from", "about", "cite-as")]
    assert [each["rel"] for each in foreign_links(links)] == [
        "via", "license", "canonical", "derived_from", "about", "cite-as",
    ]  # fmt: skip


def test_a_link_without_a_proper_relation_stays_for_validation_to_refuse():
    links = [{"href": "/x"}, {"rel": ["self"], "href": "/x"}]
    assert foreign_links(links) == links
