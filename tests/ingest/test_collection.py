"""The document of a collection that a run makes."""

import pytest

from django_stac.ingest.collection import Newcomer, title_of
from django_stac.transactions import FileFact
from django_stac.validation.core import core_problems
from tests.factories import an_item

EO = "https://stac-extensions.github.io/eo/v2.0.0/schema.json"
FILE = "https://stac-extensions.github.io/file/v2.1.0/schema.json"


def an_asset(**changes):
    return {"href": "stac-file:s/a.tif", "type": "image/tiff", "roles": ["data"], "file:size": 1, **changes}


def made_of(*items):
    newcomer = Newcomer("green-hills")
    for item in items:
        newcomer.add({"stac_extensions": [], **item})
    return newcomer.document()


def test_it_is_valid_before_any_item():
    assert core_problems(made_of()) == []


def test_it_is_valid_with_items():
    assert core_problems(made_of(an_item(assets={"data": an_asset()}), an_item("other"))) == []


@pytest.mark.parametrize(("text", "title"), [("naip-usa", "Naip usa"), ("S2_L2A", "S2 L2A"), ("---", "---")])
def test_its_title_is_its_id_in_words(text, title):
    assert title_of(text) == title


def test_its_box_holds_all_items():
    items = (an_item(bbox=[10, 40, 11, 41]), an_item(bbox=[20, 50, 21, 51]))
    assert made_of(*items)["extent"]["spatial"]["bbox"] == [[10, 40, 21, 51]]


def test_its_box_may_cross_the_antimeridian():
    items = (an_item(bbox=[179, 0, 180, 1]), an_item(bbox=[-180, 0, -179, 1]))
    assert made_of(*items)["extent"]["spatial"]["bbox"] == [[179, 0, -179, 1]]


def test_its_time_holds_instants_and_ranges():
    ranged = an_item(datetime=None, start_datetime="2020-01-01T00:00:00Z", end_datetime="2020-12-31T00:00:00Z")
    document = made_of(an_item(datetime="2021-06-01T00:00:00Z"), ranged)
    assert document["extent"]["temporal"]["interval"] == [["2020-01-01T00:00:00Z", "2021-06-01T00:00:00Z"]]


def test_item_assets_tell_what_all_items_share():
    one = an_item(assets={"data": an_asset(title="a.tif")})
    other = an_item(assets={"data": an_asset(title="b.tif", href="stac-file:s/b.tif", **{"file:size": 2})})
    assert made_of(one, other)["item_assets"] == {"data": {"type": "image/tiff", "roles": ["data"]}}


def test_statistics_are_of_one_file_and_bands_are_shared():
    bands = [[{"name": "red", "statistics": {"mean": mean}}] for mean in (1, 2)]
    items = [an_item(assets={"data": an_asset(bands=band)}) for band in bands]
    assert made_of(*items)["item_assets"]["data"]["bands"] == [{"name": "red"}]


def test_assets_of_different_keys_give_no_item_assets():
    assert "item_assets" not in made_of(an_item(assets={"a": an_asset()}), an_item(assets={"b": an_asset()}))


def test_only_extensions_of_the_shared_fields_are_listed():
    item = {**an_item(assets={"data": an_asset(bands=[{"eo:common_name": "red"}])}), "stac_extensions": [EO, FILE]}
    assert made_of(item)["stac_extensions"] == [EO]


def test_the_first_thumbnail_is_that_of_the_collection():
    newcomer = Newcomer("hills")
    for name in ("a", "b"):
        fact = FileFact(storage="s", path=f"{name}.png", key="thumbnail", size=1)
        newcomer.add({**an_item(name), "stac_extensions": []}, fact)
    assert newcomer.document()["assets"]["thumbnail"]["href"] == "stac-file:s/a.png"
