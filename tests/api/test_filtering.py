"""Filters, orders and queries of searches: what is bad is 400 with its place, whatever it is."""

import json
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from django_stac import transactions
from tests.api.asking import ask, follow, ids, search, url
from tests.factories import an_item, put, put_collection

HOSTILE = [
    "(" * 100_000,
    "a = 1 AND " * 20_000 + "a = 1",
    "NOT " * 50_000 + "TRUE",
    "x" * 1_000_000,
    "platform = '" + "x" * 70_000,
    "eo:cloud_cover = " + "9" * 60_000,
    "eo:cloud_cover = 1e999999",
    "10 ^ 100000 > eo:cloud_cover",
    "eo:cloud_cover / 0 = 1",
    "S_INTERSECTS(geometry, POLYGON((0 0, 1 1, 1 0, 0 1, 0 0)))",
    "S_INTERSECTS(geometry, POINT(200 0))",
    "S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(0 0), POLYGON((0 0, 1 1, 1 0, 0 1, 0 0))))",
    "datetime > TIMESTAMP('2024-02-30T00:00:00Z')",
    "platform = 'a\0b'",
    "platform LIKE '\\'",
    "eo:cloud_cover = 'many'",
    "nonsense(1) = 1",
    "platform",
    "1",
    "",
]


@pytest.fixture
def scenes(db):
    """Three scenes, and what is observed of them."""
    for number in range(3):
        put(an_item(f"{number}", properties={"platform": f"p{number}", "eo:cloud_cover": number * 10}))
    transactions.derive()


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:20]))
@pytest.mark.parametrize("posted", [False, True], ids=["GET", "POST"])
def test_hostile_filters_are_400(scenes, text, posted):
    response = search({"filter": text, "filter-lang": "cql2-text"}) if posted else search(filter=text)
    assert (response.status_code, response.json()["parameter"]) == (400, "filter")
    assert len(response.content) < 1_000


def test_a_deep_filter_in_json_is_400(scenes):
    deep = '{"op": "not", "args": [' * 5_000 + "true" + "]}" * 5_000
    assert search(filter=deep, **{"filter-lang": "cql2-json"}).status_code == 400
    posted = Client().post(url("search"), f'{{"filter": {deep}}}', content_type="application/json")
    assert posted.status_code == 400


@pytest.mark.parametrize(
    ("body", "parameter", "pointer"),
    [
        ({"filter": {"op": "=", "args": [{"property": "colour"}, 1]}}, "filter", "/filter/args/0"),
        ({"filter": {"op": "<", "args": [{"property": "eo:cloud_cover"}, "x"]}}, "filter", "/filter/args/1"),
        ({"filter": {"op": "and", "args": [True]}}, "filter", None),
        ({"query": {"eo:cloud_cover": {"lt": "few"}}}, "query", "/query/eo:cloud_cover/lt"),
        ({"query": {"colour": {"eq": "red"}}}, "query", "/query/colour/eq"),
        ({"sortby": [{"field": "colour"}]}, "sortby", None),
        ({"sortby": "colour"}, "sortby", None),
        ({"filter": True, "filter-lang": 5}, "filter-lang", None),
        ({"filter": True, "filter-crs": ["CRS84"]}, "filter-crs", None),
        ({"filter": "platform = 'a'"}, "filter", None),
        ({"filter": {}, "filter-lang": "cql2-text"}, "filter", None),
    ],
    ids=str,
)
def test_a_bad_member_is_told_with_its_place(scenes, body, parameter, pointer):
    told = search(body).json()
    assert (told["code"], told["parameter"]) == ("InvalidParameter", parameter)
    assert pointer is None or told["pointer"] == pointer


@pytest.mark.parametrize("never", [False, {"op": "not", "args": [True]}], ids=str)
@pytest.mark.parametrize("bbox", [[-180, -90, 180, 90], [170, -90, -170, 90]], ids=["a box", "over the antimeridian"])
def test_what_is_never_true_finds_nothing_anywhere(scenes, never, bbox):
    answer = search({"filter": never, "bbox": bbox})
    assert (answer.status_code, answer.json()["features"]) == (200, [])


def test_a_bad_text_is_told_with_its_character(scenes):
    assert "at character 19" in search(filter="platform = 'a' AND").json()["description"]


def test_unknown_names_are_told_with_those_alike(scenes):
    assert "eo:cloud_cover" in search(filter="eo:clout_cover < 5").json()["description"]
    assert "eo:cloud_cover" in search(sortby="-eo:clout_cover").json()["description"]


anything = st.text(max_size=20) | st.sampled_from(["platform", "eo:cloud_cover", "geometry", "datetime"])
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
    | anything,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["op", "args", "property", "field", "direction", "eq", "in"]) | anything, inner
        )
    ),
    max_leaves=8,
)
OPS = [
    "and",
    "not",
    "=",
    "<",
    "in",
    "between",
    "like",
    "isNull",
    "casei",
    "s_intersects",
    "t_after",
    "a_overlaps",
    "+",
    "^",
]
nodes = st.recursive(
    JSON | st.builds(dict, property=anything) | st.builds(dict, date=anything) | st.builds(dict, bbox=JSON),
    lambda inner: st.builds(dict, op=st.sampled_from(OPS), args=st.lists(inner, max_size=3)),
    max_leaves=8,
)
often = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ANSWERS = (200, 400)


@often
@given(body=st.fixed_dictionaries({}, optional={"filter": nodes, "query": JSON, "sortby": JSON, "token": JSON}))
def test_no_body_whatever_is_a_fault_of_the_server(scenes, body):
    sent = json.dumps(body).encode(errors="replace")
    assert Client().post(url("search"), sent, content_type="application/json").status_code in ANSWERS


@often
@given(
    asked=st.fixed_dictionaries(
        {},
        optional={
            "filter": anything | nodes.map(json.dumps),
            "filter-lang": st.sampled_from(["cql2-text", "cql2-json"]) | anything,
            "query": anything | JSON.map(json.dumps),
            "sortby": anything,
            "platform": anything,
            "eo:cloud_cover": anything,
        },
    )
)
def test_no_parameter_whatever_is_a_fault_of_the_server(scenes, asked):
    query = "&".join(f"{name}={quote(value, errors='replace')}" for name, value in asked.items())
    assert Client().get(f"{url('items', 'scenes')}?{query}").status_code in ANSWERS


# Queryables as parameters


def test_a_queryable_is_a_parameter_of_its_collections_items(scenes):
    assert ids(ask("items", "scenes", **{"eo:cloud_cover": "10.0"}).json()) == ["1"]
    assert ids(ask("items", "scenes", platform="p2", sortby="id").json()) == ["2"]
    assert ask("items", "scenes", **{"eo:cloud_cover": "many"}).json()["parameter"] == "eo:cloud_cover"


def test_such_a_page_goes_on_with_the_same_parameters(scenes):
    page = ask("items", "scenes", gsd="10", limit=1).json()
    assert page["features"] == []
    put(*(an_item(f"fine-{number}", gsd=10, properties={"gsd": 10}) for number in range(2)))
    page = ask("items", "scenes", gsd="10", limit=1).json()
    (following,) = [link["href"] for link in page["links"] if link["rel"] == "next"]
    assert [ids(page), ids(follow(following).json())] == [["fine-1"], ["fine-0"]]


def test_what_is_neither_parameter_nor_queryable_is_refused(scenes):
    refused = ask("items", "scenes", colour="red")
    assert (refused.status_code, refused.json()["parameter"]) == (400, "colour")
    assert "sortby" in refused.json()["description"]


def test_it_is_passed_over_where_the_site_says_so(scenes, settings):
    settings.DJANGO_STAC = {"STRICT_PARAMETERS": False}
    assert len(ids(ask("items", "scenes", colour="red").json())) == 3


def test_a_queryable_is_given_once(scenes):
    assert Client().get(f"{url('items', 'scenes')}?platform=a&platform=b").json()["parameter"] == "platform"


def test_queryables_are_no_parameters_of_a_search(scenes):
    assert search(platform="p1").json()["parameter"] == "platform"


def test_a_collection_that_is_not_there_has_no_queryables(db):
    assert ask("items", "none", platform="p1").status_code == 404


def test_a_hidden_property_is_unknown(scenes):
    put_collection("hidden", published=False)
    put(an_item("secret", collection="hidden", properties={"secret:place": "here"}))
    transactions.derive()
    assert search(filter="secret:place = 'here'").status_code == 400
    assert search(sortby="secret:place").status_code == 400
