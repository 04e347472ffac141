"""Items as they are served."""

from urllib.parse import quote

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.documents.hrefs import Hrefs, segment
from django_stac.documents.item import Stored, links, present, to_dict
from django_stac.models.document import dump
from django_stac.transactions import Incoming, upsert_items
from tests.factories import an_item, put

HREFS = Hrefs("https://example.com/geo/stac/")
FOREIGN = {"rel": "license", "href": "https://example.com/license"}

# Hypothesis takes texts from the source code as well, and the gate refuses this one.
texts = st.text().filter(lambda text: "stac-file:" not in text)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=10,
)
foreign_links = st.lists(st.fixed_dictionaries({"rel": texts, "href": texts}, optional={"body": json_values}))


def served(document, item_id="scene"):
    return orjson.loads(present(Stored("scenes", item_id, "", dump(document)), HREFS))


@given(st.dictionaries(texts, json_values), foreign_links)
def test_splicing_links_is_the_same_as_adding_them(members, stored):
    document = {**members, "links": stored}
    expected = {**document, "links": [*stored, *links("scenes", "scene", HREFS)]}
    found = served(document)
    assert {**found, "links": None} == {**expected, "links": None}
    assert found["links"] == expected["links"]


def test_foreign_links_stay_before_those_of_the_server():
    assert served(an_item(links=[FOREIGN]))["links"][0] == FOREIGN


def test_a_document_has_the_links_of_the_specification():
    found = {link["rel"]: link["href"] for link in served(an_item())["links"]}
    assert found["self"] == "https://example.com/geo/stac/collections/scenes/items/scene"
    assert found["parent"] == found["collection"] == "https://example.com/geo/stac/collections/scenes"
    assert found["root"] == "https://example.com/geo/stac/"


@pytest.mark.parametrize(
    ("item_id", "segment"),
    [("a/b", "a%2Fb"), ("a b", "a%20b"), ("50%", "50%25"), ("é?#", "%C3%A9%3F%23"), ("S2:x(1)", "S2:x(1)")],
)
def test_ids_are_one_segment_of_the_path(item_id, segment):
    assert HREFS.item("c", item_id).endswith(f"/items/{segment}")


def test_stored_files_get_a_url_of_the_api():
    document = an_item(assets={"data": {"href": "stac-file:scenes/2024/a%20b.tif"}})
    assert served(document)["assets"]["data"]["href"] == "https://example.com/geo/stac/files/scenes/2024/a%20b.tif"


def test_what_has_no_files_is_not_looked_through_for_them():
    document = an_item(assets={"data": {"href": "stac-file:scenes/a.tif"}})
    stored = Stored("scenes", "scene", "", dump(document), has_files=False)
    assert orjson.loads(present(stored, HREFS))["assets"] == document["assets"]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_segment_is_what_the_standard_library_makes_of_an_id(item_id):
    assert segment(item_id) == quote(item_id, safe=":@!$'()*+,;=~")


def test_a_row_becomes_a_served_document(db):
    (item,) = put(an_item())
    assert to_dict(item, HREFS)["assets"] == an_item()["assets"]


def test_served_document_that_comes_back_is_what_was_stored(db):
    (item,) = put(an_item())
    assert upsert_items([Incoming(document=to_dict(item, HREFS))]).unchanged == 1
