"""Versions as they are served."""

from datetime import UTC, datetime

import orjson
import pytest

from django_stac.documents.hrefs import Hrefs
from django_stac.documents.versions import present_version, version_links, with_differences
from django_stac.models import Kind, Version

HREFS = Hrefs("https://example.com/stac/")
PLACE = HREFS.item("scenes", "a")


def a_version(number=2, **changes):
    document = {"id": "a", "title": "two", "links": [{"rel": "via", "href": "https://example.com"}]}
    given = {"kind": Kind.ITEM, "collection_id": "scenes", "thing_id": "a", "document": document, **changes}
    return Version(number=number, ended=datetime(2024, 1, 1, tzinfo=UTC), **given)


def rels(links):
    return {link["rel"]: link["href"] for link in links}


def test_links_of_the_server_come_behind_those_of_the_document():
    links = version_links(a_version(), PLACE, HREFS, before=1, after=3, newest=7)
    served = orjson.loads(present_version(a_version(), links, HREFS))
    assert served["links"][1:] == links
    assert (served["title"], served["links"][0]["rel"]) == ("two", "via")


def test_a_version_leads_to_those_beside_it():
    found = rels(version_links(a_version(), PLACE, HREFS, before=1, after=3, newest=7))
    assert found["self"] == HREFS.version(PLACE, 2)
    assert found["predecessor-version"] == HREFS.version(PLACE, 1)
    assert found["successor-version"] == HREFS.version(PLACE, 3)
    assert found["latest-version"] == HREFS.version(PLACE, 7)
    assert found["version-history"] == HREFS.history(PLACE)


def test_what_is_not_beside_it_has_no_link():
    found = rels(version_links(a_version(), PLACE, HREFS, before=None, after=None, newest=None))
    assert not {"predecessor-version", "successor-version", "latest-version"} & found.keys()


@pytest.mark.parametrize(("kind", "media_type"), [("item", "application/geo+json"), ("collection", "application/json")])
def test_links_have_the_type_of_the_kind(kind, media_type):
    links = version_links(a_version(kind=kind), PLACE, HREFS, before=1, after=None, newest=None)
    assert {link["type"] for link in links if "version" in link["rel"] and "history" not in link["rel"]} == {media_type}
    assert ("collection" in rels(links)) is (kind == "item")


def test_files_of_a_version_have_urls():
    document = {"id": "a", "assets": {"data": {"href": "stac-file:scenes/a.tif"}}, "links": []}
    served = orjson.loads(present_version(a_version(document=document), [], HREFS))
    assert served["assets"]["data"]["href"] == "https://example.com/stac/files/scenes/a.tif"


def test_each_line_leads_to_what_differs_from_the_next():
    lines = [{"number": number, "links": [{"rel": "self", "href": f"/{number}"}]} for number in (5, 3)]
    assert [[link["href"] for link in line["links"]] for line in with_differences(lines)] == [
        ["/5", "/5?diff=3"],
        ["/3"],
    ]
