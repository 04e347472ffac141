"""The rules of the core and the words in which they are told."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.validation.core import core_problems
from tests.validation.documents import EVERY, catalog, collection, item

WHEN = "2020-02-29T12:00:00Z"


def problems(document):
    return {each.pointer: each.message for each in core_problems(document)}


def with_properties(version="1.1.0", **properties):
    return item(version, properties={"datetime": WHEN, **properties})


def with_asset(version="1.1.0", **members):
    return item(version, assets={"data": {"href": "./scene.tif", **members}})


def with_link(version="1.1.0", **members):
    links = [*item()["links"], {"rel": "about", "href": "https://example.com/", **members}]
    return item(version, links=links)


def without(document, *names):
    return {name: value for name, value in document.items() if name not in names}


@pytest.mark.parametrize("document", EVERY, ids=lambda each: f"{each['type']} {each['stac_version']}")
def test_valid_documents_have_no_problems(document):
    assert core_problems(document) == []


@pytest.mark.parametrize("version", ["1.0.1", "1.1.7"])
def test_patch_releases_meet_the_rules_of_their_minor_version(version):
    assert core_problems(item(version)) == []


@pytest.mark.parametrize("document", EVERY, ids=lambda each: f"{each['type']} {each['stac_version']}")
def test_a_document_is_never_changed_by_the_check(document):
    before = copy.deepcopy(document)
    core_problems(document)
    core_problems(broken := document | {"id": ""})
    assert document == before
    assert broken == before | {"id": ""}


@pytest.mark.parametrize("kind", ["FeatureCollection", "feature", "", None, 1, ["Feature"], {}])
def test_an_unknown_type_is_one_problem(kind):
    assert problems(item(type=kind)) == {"/type": f"must be one of Feature, Collection, Catalog; got {kind!r}"}


def test_a_missing_type_is_one_problem():
    assert problems({"id": "x"}) == {"/type": "must be one of Feature, Collection, Catalog; it is missing"}


def test_an_old_version_is_one_problem():
    assert problems(item("1.0.0-beta.2")) == {
        "/stac_version": "`stac_version` is '1.0.0-beta.2'; documents of STAC 1.0.x and 1.1.x are accepted, "
        "and those from 0.6 on are migrated as they come in."
    }


@pytest.mark.parametrize(
    ("document", "names"),
    [
        (item(), ["id", "geometry", "properties", "links", "assets"]),
        (collection(), ["id", "description", "license", "extent", "links"]),
        (catalog(), ["id", "description", "links"]),
    ],
)
def test_a_missing_member_has_the_pointer_it_would_have(document, names):
    for name in names:
        assert problems(without(document, name)).get(f"/{name}") == "is missing"


@pytest.mark.parametrize("version", ["1.0.0", "1.1.0"])
@pytest.mark.parametrize(
    ("properties", "pointer", "message"),
    [
        (
            {},
            "/properties/datetime",
            "is missing: give the time of the data, or null with `start_datetime` and `end_datetime`",
        ),
        (
            {"start_datetime": WHEN, "end_datetime": WHEN},
            "/properties/datetime",
            "is missing: give the time of the data, or null with `start_datetime` and `end_datetime`",
        ),
        (
            {"datetime": None},
            "/properties/datetime",
            "may be null only when `start_datetime` and `end_datetime` are given",
        ),
        (
            {"datetime": WHEN, "start_datetime": WHEN},
            "/properties/end_datetime",
            "is missing: `start_datetime` and `end_datetime` go together",
        ),
        (
            {"datetime": "yesterday"},
            "/properties/datetime",
            "must be a RFC 3339 time in UTC such as 2020-02-29T12:00:00Z; got 'yesterday'",
        ),
    ],
)
def test_the_time_of_an_item_is_asked_for_in_words(version, properties, pointer, message):
    assert problems(item(version, properties=properties)) == {pointer: message}


def test_null_with_both_ends_is_a_time():
    assert problems(with_properties(datetime=None, start_datetime=WHEN, end_datetime=WHEN)) == {}


@pytest.mark.parametrize("name", ["datetime", "created", "updated"])
@pytest.mark.parametrize(
    "text", ["2020-02-29", "2020-02-30T00:00:00Z", "2020-02-29T12:00:00+02:00", "0000-01-01T00:00:00Z"]
)
def test_times_are_instants_in_utc(name, text):
    [(pointer, message)] = problems(with_properties(**{name: text})).items()
    assert pointer == f"/properties/{name}"
    assert message == f"must be a RFC 3339 time in UTC such as 2020-02-29T12:00:00Z; got {text!r}"


@pytest.mark.parametrize(
    "text", ["2016-12-31T23:59:60Z", "2020-02-29T12:00:00.123456789Z", "2020-02-29T12:00:00+00:00"]
)
def test_every_spelling_of_utc_is_a_time(text):
    assert problems(with_properties(datetime=text)) == {}


@pytest.mark.parametrize(
    ("document", "pointer", "message"),
    [
        (
            without(item(), "bbox"),
            "/bbox",
            "is missing: an item with a geometry has the box [west, south, east, north]",
        ),
        (
            without(item(geometry={"type": "Point", "coordinates": [-180.0014, 0]}), "bbox"),
            "/bbox",
            "is missing: an item with a geometry has the box [west, south, east, north]",
        ),
        (item(geometry=None), "/bbox", "must be left out when `geometry` is null"),
        (item(bbox=[1, 2]), "/bbox", "must be 4 numbers, or 6 with heights; got a list of 2"),
        (item(bbox=[1, 2, 3, 4, 5]), "/bbox", "must be 4 numbers, or 6 with heights; got a list of 5"),
        (item(geometry={"type": "Point"}), "/geometry/coordinates", "is missing"),
        (item(geometry=7), "/geometry", "a geometry is an object with `type`"),
        (item(geometry={"type": "Blob", "coordinates": []}), "/geometry/type", "a geometry is one of Point, "),
        (
            item(geometry={"type": "Point", "coordinates": ["1", 2]}),
            "/geometry/coordinates",
            "a position has finite numbers only",
        ),
        (
            item(geometry={"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [0, 0]}]}),
            "/geometry/type",
            "must not be GeometryCollection; a MultiPolygon may hold several areas",
        ),
        (
            item(geometry={"type": "Point", "coordinates": [0, 0], "bbox": [0]}),
            "/geometry/bbox",
            "must be 4 numbers, or 6 with heights; got a list of 1",
        ),
    ],
)
def test_the_place_of_an_item_is_asked_for_in_words(document, pointer, message):
    [(found, words)] = problems(document).items()
    assert found == pointer
    assert words.startswith(message)


def test_an_item_without_a_place_has_neither_geometry_nor_bbox():
    assert problems(without(item(geometry=None), "bbox")) == {}


def test_a_collection_needs_its_link():
    assert problems(item(links=[])) == {
        "/collection": "must be left out, or `links` must have a link with rel `collection`; got 'scenes'"
    }


def test_a_link_to_a_collection_needs_its_id():
    assert problems(without(item(), "collection")) == {
        "/collection": "is missing, but `links` has a link with rel `collection`"
    }


@pytest.mark.parametrize(
    ("document", "pointer", "message"),
    [
        (item(id=""), "/id", "must not be empty; got ''"),
        (item(id=7), "/id", "must be text; got 7"),
        (item(properties=None), "/properties", "must be an object; got null"),
        (item(links={}), "/links", "must be a list; got an object"),
        (item(assets=[]), "/assets", "must be an object; got a list of 0"),
        (item(stac_extensions=["eo"]), "/stac_extensions/0", "must be a complete address such as https://"),
        (item(stac_extensions=["https://a.b/c"] * 2), "/stac_extensions", "must not name anything twice"),
        (with_properties(gsd=0), "/properties/gsd", "must be greater than 0; got 0"),
        (with_properties(gsd=True), "/properties/gsd", "must be a number; got true"),
        (with_properties(license="MIT OR Apache-2.0"), "/properties/license", "must be one SPDX identifier such as"),
        (with_properties(providers=[{}]), "/properties/providers/0/name", "is missing"),
        (
            with_properties(providers=[{"name": "x", "roles": ["owner"]}]),
            "/properties/providers/0/roles/0",
            "must be one of producer, licensor, processor, host; got 'owner'",
        ),
        (with_asset(href=""), "/assets/data/href", "must not be empty; got ''"),
        (with_asset(href="my scene.tif"), "/assets/data/href", "must be an address; a blank in it is written %20"),
        (with_asset(roles="data"), "/assets/data/roles", "must be a list; got 'data'"),
        (with_link(href=7), "/links/1/href", "must be text; got 7"),
    ],
)
def test_problems_of_both_versions_are_told_in_words(document, pointer, message):
    for version in ("1.0.0", "1.1.0"):
        [(found, words)] = problems(document | {"stac_version": version}).items()
        assert found == pointer
        assert words.startswith(message)


ONLY_IN_1_1 = [
    (with_properties(bands=[{}]), "/properties/bands", "must be left out, for no asset has `bands`"),
    (with_properties(keywords="a"), "/properties/keywords", "must be a list; got 'a'"),
    (with_properties(description=""), "/properties/description", "must not be empty"),
    (collection(providers=[{"name": ""}]), "/providers/0/name", "must not be empty"),
    (with_asset(data_type="bool"), "/assets/data/data_type", "must be one of int8, "),
    (with_asset(nodata="None"), "/assets/data/nodata", "must be a number or one of nan, inf, -inf; got 'None'"),
    (with_asset(statistics={}), "/assets/data/statistics", "must have at least 1 member; got an object"),
    (with_asset(statistics={"count": -1}), "/assets/data/statistics/count", "must be at least 0; got -1"),
    (with_asset(statistics={"valid_percent": 101}), "/assets/data/statistics/valid_percent", "must be at most 100"),
    (with_link(rel="self", href="./me.json"), "/links/1/href", "must be a complete address such as https://"),
    (with_link(method="post"), "/links/1/method", "must be a method in capitals such as GET; got 'post'"),
    (with_link(headers={"a": 1}), "/links/1/headers/a", "must be text or a list of texts; got 1"),
    (
        collection(item_assets={"a": {"type": "x", "href": "./a"}}),
        "/item_assets/a/href",
        "must be left out: the assets of the items have hrefs",
    ),
    (collection(item_assets={"a": {"type": "x"}}), "/item_assets/a", "must have at least 2 members"),
    (
        collection(extent=collection()["extent"] | {"spatial": {"bbox": [[0, 0, 1, 1]] * 2}}),
        "/extent/spatial/bbox",
        "must be one box, or the overall box and at least two parts of it; got a list of 2",
    ),
]


@pytest.mark.parametrize(("document", "pointer", "message"), ONLY_IN_1_1)
def test_rules_of_1_1_are_told_in_words_and_spare_documents_of_1_0(document, pointer, message):
    [(found, words)] = problems(document).items()
    assert found == pointer
    assert words.startswith(message)
    assert problems(document | {"stac_version": "1.0.0"}) == {}


@pytest.mark.parametrize(
    ("changes", "pointer", "message"),
    [
        ({"description": ""}, "/description", "must not be empty; got ''"),
        ({"license": "A OR B"}, "/license", "must be one SPDX identifier such as CC-BY-4.0, or `other`; got 'A OR B'"),
        ({"keywords": [1]}, "/keywords/0", "must be text; got 1"),
        ({"extent": {}}, "/extent/spatial", "is missing"),
        ({"summaries": {"gsd": 10}}, "/summaries/gsd", "must be a list of values, a range with `minimum` and"),
        ({"summaries": {"gsd": []}}, "/summaries/gsd", "must be a list of values, a range with `minimum` and"),
        ({"providers": [{"name": "x", "url": "example"}]}, "/providers/0/url", "must be a complete address"),
    ],
)
def test_problems_of_a_collection_are_told_in_words(changes, pointer, message):
    for version in ("1.0.0", "1.1.0"):
        assert problems(collection(version, **changes))[pointer].startswith(message)


@pytest.mark.parametrize(
    ("box", "message"),
    [
        ([0, 0, 1], "must be 4 numbers, or 6 with heights; got a list of 3"),
        ("0,0,1,1", "must be a list; got '0,0,1,1'"),
    ],
)
def test_a_box_of_an_extent_has_four_or_six_numbers(box, message):
    extent = collection()["extent"] | {"spatial": {"bbox": [box]}}
    assert problems(collection(extent=extent)) == {"/extent/spatial/bbox/0": message}


@pytest.mark.parametrize(
    ("interval", "pointer", "message"),
    [
        ([], "/extent/temporal/interval", "must have at least 1 entry; got a list of 0"),
        ([[None]], "/extent/temporal/interval/0", "must have at least 2 entries; got a list of 1"),
        ([[None] * 3], "/extent/temporal/interval/0", "must have at most 2 entries; got a list of 3"),
        ([["2020", None]], "/extent/temporal/interval/0/0", "must be a RFC 3339 time in UTC such as"),
        ([[None, 7]], "/extent/temporal/interval/0/1", "must be text or null; got 7"),
    ],
)
def test_an_interval_of_an_extent_has_two_ends(interval, pointer, message):
    extent = collection()["extent"] | {"temporal": {"interval": interval}}
    [(found, words)] = problems(collection(extent=extent)).items()
    assert found == pointer
    assert words.startswith(message)


def test_all_problems_are_named_at_once_in_a_stable_order():
    broken = with_properties(gsd=0, datetime="x", license="a b") | {"id": ""}
    assert list(problems(broken)) == ["/id", "/properties/datetime", "/properties/gsd", "/properties/license"]


def test_a_long_value_is_not_repeated_whole():
    [message] = problems(with_properties(datetime="x" * 10_000)).values()
    assert len(message) < 200


junk = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "href", "bbox", "rel"]), inner)
    ),
)


@given(st.sampled_from(EVERY), st.data())
def test_any_document_can_be_asked(document, data):
    for name in data.draw(st.sets(st.sampled_from([*document, "geometry", "summaries", "item_assets"]), max_size=3)):
        document = document | {name: data.draw(junk)}
    for problem in core_problems(document):
        assert problem.pointer.startswith("/")
        assert problem.message
