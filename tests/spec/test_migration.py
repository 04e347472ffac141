"""Documents of STAC 0.6 to 1.0.0-rc become 1.1.0."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pystac.serialization.identify import OldExtensionShortIDs

from django_stac.spec.migration import MigrationError, migrated, with_commons
from django_stac.validation.core import core_problems
from tests.factories import a_catalog, a_collection, an_item

VERSIONS = ["0.6.2", "0.7.0", "0.8.1", "0.9.0", "1.0.0-beta.2", "1.0.0-rc.1"]
PROJECTION = "https://stac-extensions.github.io/projection/v2.0.0/schema.json"


def old_item(version="0.7.0", *, properties=None, **changes):
    document = an_item(stac_version=version, **changes)
    document["properties"] |= properties or {}
    document["links"] = [{"rel": "self", "href": "item.json"}, {"rel": "collection", "href": "../collection.json"}]
    return document


def old_container(document, version):
    typed = version.startswith("1.0.0-rc")
    kept = {key: value for key, value in document.items() if typed or key != "type"}
    kept["stac_version"] = version
    if "extent" in document and version < "0.8":
        kept["extent"] = {"spatial": [-180, -90, 180, 90], "temporal": ["2015-01-01T00:00:00Z", None]}
    return kept


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("make", [a_catalog, lambda: a_collection(license="proprietary")])
def test_catalogues_and_collections_of_every_age_become_valid_ones(version, make):
    document = migrated(old_container(make(), version))
    assert (document["type"], document["stac_version"]) == (make()["type"], "1.1.0")
    assert core_problems(document) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_items_of_every_age_become_valid_ones_and_keep_what_nobody_knows(version):
    document = migrated(old_item(version, properties={"my:field": {"a": [1]}}, my_member=5))
    assert core_problems({**document, "links": [{"rel": "collection", "href": "c"}]}) == []
    assert (document["properties"]["my:field"], document["my_member"]) == ({"a": [1]}, 5)


def test_an_item_of_0_6_need_not_say_so():
    document = old_item()
    del document["stac_version"]
    assert migrated(document)["stac_version"] == "1.1.0"


def test_bands_by_position_become_bands():
    assets = {"a": {"href": "a", "eo:bands": [1]}, "b": {"href": "b", "eo:bands": [{"name": "own"}]}}
    bands = [{"name": "red"}, {"name": "nir"}]
    document = migrated(old_item(stac_extensions=["eo"], properties={"eo:bands": bands}, assets=assets))
    assert [asset["eo:bands"] for asset in document["assets"].values()] == [[{"name": "nir"}], [{"name": "own"}]]
    assert document["properties"]["eo:bands"] == bands


def test_a_band_that_is_not_there_is_named_by_its_place():
    document = old_item(assets={"x/y": {"href": "a", "eo:bands": [0, 7]}}, properties={"eo:bands": [{"name": "red"}]})
    with pytest.raises(MigrationError, match="list 1, counted from 0") as refused:
        migrated(document)
    assert refused.value.pointer == "/assets/x~1y/eo:bands/1"


@pytest.mark.parametrize(("given", "kept"), [("eo:epsg", None), ("proj:epsg", None), ("eo:epsg", 32618)])
def test_projections_become_codes(given, kept):
    document = migrated(old_item(stac_extensions=["eo", "proj"], properties={given: kept}))
    assert document["properties"]["proj:code"] == (kept and f"EPSG:{kept}")
    assert PROJECTION in document["stac_extensions"]


def test_fields_of_old_extensions_move_and_short_names_become_uris_or_go():
    properties = {"eo:sun_azimuth": 1, "eo:platform": "x", "eo:instrument": "y", "eo:gsd": 10, "sentinel:grid": "z"}
    document = migrated(old_item(stac_extensions=["eo", "sentinel", "eo"], properties=properties))
    assert document["properties"].items() >= {"view:sun_azimuth": 1, "platform": "x", "gsd": 10}.items()
    assert document["properties"]["sentinel:grid"] == "z"
    assert all(name.startswith("https://") for name in document["stac_extensions"])
    assert len(set(document["stac_extensions"])) == len(document["stac_extensions"])


@pytest.mark.parametrize(
    ("text", "instant"),
    [("2019-12-01", "2019-12-01T00:00:00Z"), ("2019-12-01 10:00:00.5", "2019-12-01T10:00:00.5Z"), ("soon", "soon")],
)
def test_times_without_a_zone_are_in_utc(text, instant):
    assert migrated(old_item(datetime=text))["properties"]["datetime"] == instant


def test_ranges_of_the_old_extension_become_ranges():
    document = old_item(properties={"dtr:start_datetime": "2019-12-01", "dtr:end_datetime": "2019-12-02"})
    del document["properties"]["datetime"]
    assert migrated(document)["properties"] == {
        "start_datetime": "2019-12-01T00:00:00Z",
        "end_datetime": "2019-12-02T23:59:59Z",
        "datetime": None,
    }


def test_the_old_media_type_of_geotiff_is_renamed():
    assets = {"a": {"href": "a", "type": "image/vnd.stac.geotiff; cloud-optimized=true"}}
    assert migrated(old_item(assets=assets))["assets"]["a"]["type"].endswith("profile=cloud-optimized")


def test_definitions_of_assets_become_item_assets():
    definitions = {"B1": {"title": "Blue", "type": "image/tiff"}}
    collection = old_container(a_collection(assets=definitions, stac_extensions=["asset"]), "0.9.0")
    document = migrated(collection)
    assert (document["item_assets"], "assets" in document, document["stac_extensions"]) == (definitions, False, [])
    assert core_problems(document) == []


def test_ranges_of_summaries_are_renamed_and_keep_what_is_beside_them():
    collection = old_container(a_collection(summaries={"gsd": {"min": 1, "max": 2, "my": 3}, "x": [1]}), "0.9.0")
    assert migrated(collection)["summaries"] == {"gsd": {"my": 3, "minimum": 1, "maximum": 2}, "x": [1]}


def test_a_range_that_has_a_new_name_already_loses_nothing():
    summary = {"min": 1, "max": 2, "minimum": 5}
    document = migrated(old_container(a_collection(summaries={"gsd": summary}), "0.9.0"))
    assert document["summaries"]["gsd"] == summary


def test_item_assets_that_are_there_already_stay():
    definitions, assets = {"B1": {"title": "Blue"}}, {"thumbnail": {"href": "a.png"}}
    collection = a_collection(item_assets=definitions, assets=assets, stac_extensions=["asset"])
    document = migrated(old_container(collection, "0.9.0"))
    assert (document["item_assets"], document["assets"], document["stac_extensions"]) == (definitions, assets, [])


@pytest.mark.parametrize("stored", [lambda collection: collection, migrated])
def test_an_old_item_has_the_commons_of_its_old_collection_before_and_after_its_migration(stored):
    collection = old_container(a_collection(properties={"gsd": 10, "platform": "a"}), "0.7.0")
    document = with_commons(old_item(properties={"platform": "b"}), stored(collection))
    assert document["properties"].items() >= {"gsd": 10, "platform": "b"}.items()


@pytest.mark.parametrize(("item", "collection"), [("1.1.0", "1.1.0"), ("0.7.0", "1.0.0")])
def test_what_was_never_old_has_no_commons(item, collection):
    document = old_item(item)
    assert with_commons(document, a_collection(properties={"gsd": 10}, stac_version=collection)) is document


@pytest.mark.parametrize(
    "document",
    [
        old_item(stac_extensions="eo"),
        old_item(stac_extensions=[5]),
        {**old_item(), "properties": []},
        old_container(a_collection(summaries=[1]), "0.9.0"),
    ],
)
def test_strange_members_are_refused_and_never_a_traceback(document):
    with pytest.raises(MigrationError) as refused:
        migrated(document)
    assert refused.value.pointer.startswith("/")


@given(st.sampled_from(["1.0.0", "1.0.1", "1.1.0"]), st.sampled_from([an_item, a_collection, a_catalog]), st.data())
def test_what_is_1_0_or_1_1_stays_the_same_object(version, make, data):
    values = st.one_of(st.none(), st.integers(), st.text(), st.lists(st.text()))
    names = st.sampled_from(["stac_extensions", "eo:bands", "license", "extent", "my"])
    document = {**make(), **data.draw(st.dictionaries(names, values)), "stac_version": version}
    before = deepcopy(document)
    assert migrated(document) is document
    assert document == before


@pytest.mark.parametrize("version", ["1.0.0", "1.1.0"])
def test_short_names_of_extensions_get_their_first_address_and_the_version_stays(version):
    own = "https://example.com/landsat/1.0/schema.json"
    document = a_collection(stac_version=version, stac_extensions=["eo", "proj", own, "landsat"])
    addresses = [f"https://stac-extensions.github.io/{name}/v1.0.0/schema.json" for name in ("eo", "projection")]
    assert migrated(document) == {**document, "stac_extensions": [*addresses, own, "landsat"]}


def test_an_extension_that_is_named_in_short_and_in_full_is_named_once():
    address = "https://stac-extensions.github.io/view/v1.0.0/schema.json"
    assert migrated(an_item(stac_extensions=[address, "view"]))["stac_extensions"] == [address]


def test_a_short_name_beside_what_is_no_name_is_refused_by_its_place():
    with pytest.raises(MigrationError, match="must be a list of texts") as refused:
        migrated(an_item(stac_extensions=["eo", 5]))
    assert refused.value.pointer == "/stac_extensions"


def test_the_short_names_are_those_of_pystac_that_still_mean_one_extension():
    names = {each.value for each in OldExtensionShortIDs} - {"checksum", "collection-assets"}
    document = migrated(an_item(stac_extensions=sorted(names)))
    assert document["stac_extensions"] == [
        f"https://stac-extensions.github.io/{name}/v1.0.0/schema.json" for name in sorted(names)
    ]


def test_the_given_document_is_not_changed():
    document = old_item(stac_extensions=["eo"], properties={"eo:epsg": 32618})
    before = deepcopy(document)
    migrated(document)
    assert document == before


ODD = st.one_of(st.none(), st.booleans(), st.integers(-2, 3), st.text(max_size=4))
ODDER = st.one_of(ODD, st.lists(ODD, max_size=3), st.dictionaries(st.text(max_size=3), ODD, max_size=2))
FIELDS = [
    "eo:bands", "eo:epsg", "proj:epsg", "proj:code", "eo:gsd", "eo:instrument", "eo:platform", "sar:instrument",
    "dtr:start_datetime", "datetime", "start_datetime", "end_datetime", "license", "label:property",
    "checksum:multihash", "view:off_nadir", "storage:platform", "file:checksum", "version",
]  # fmt: skip
NAMES = [
    "eo", "sar", "label", "checksum", "proj", "projection", "commons", "dtr", "datetime-range", "asset", "item-assets",
    "https://stac-extensions.github.io/storage/v1.0.0/schema.json", "pointcloud", "version", "unknown",
]  # fmt: skip


def outcome(document):
    """The document of today, or a sign that it was refused by its place."""
    try:
        return migrated(document)
    except MigrationError as refused:
        return refused.pointer[:1] + "..."


@given(
    st.sampled_from(VERSIONS),
    st.dictionaries(st.sampled_from(FIELDS), ODDER, max_size=6),
    st.dictionaries(st.sampled_from(FIELDS), ODDER, max_size=4),
    st.lists(st.sampled_from(NAMES), max_size=4),
)
def test_whatever_an_old_item_holds_it_is_migrated_or_refused_by_its_place(version, properties, asset, extensions):
    document = old_item(version, properties=properties, stac_extensions=extensions)
    document["assets"] = {"a": {"href": "a.tif", **asset}}
    document["my"] = properties
    result = outcome(document)
    assert result == "/..." or (result["stac_version"], result["my"]) == ("1.1.0", properties)
    assert result == "/..." or all(":" in name for name in result["stac_extensions"])


@given(
    st.sampled_from(VERSIONS),
    st.dictionaries(st.sampled_from(["extent", "summaries", "license", "assets", "keywords", "my"]), ODDER),
    st.lists(st.sampled_from(NAMES), max_size=4),
)
def test_whatever_an_old_collection_holds_it_is_migrated_or_refused_by_its_place(version, members, extensions):
    members = {name: value for name, value in members.items() if name != "assets" or isinstance(value, dict)}
    members |= {"assets": {}} if "assets" in members else {}
    result = outcome({**old_container(a_collection(), version), **members, "stac_extensions": extensions})
    assert result == "/..." or (result["stac_version"], result["type"]) == ("1.1.0", "Collection")
