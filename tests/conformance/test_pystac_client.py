"""pystac-client against the running site."""

import subprocess
import sys
from urllib.request import urlopen

import pystac_client
import pytest
from rasterio.io import MemoryFile

from django_stac.search.aggregation.names import AGGREGATIONS
from tests.sample_site import ITEMS, RASTERS
from tests.shared import needs_shared

pytestmark = [needs_shared, pytest.mark.django_db]


# rasterio holds the interpreter while it waits for bytes: it cannot read from a server in its own process.
READ_WINDOW = """
import hashlib, rasterio, sys
from rasterio.windows import Window
with rasterio.Env(GDAL_DISABLE_READDIR_ON_OPEN="EMPTY_DIR"), rasterio.open(sys.argv[1]) as raster:
    print(raster.shape, hashlib.sha256(raster.read(window=Window(100, 200, 64, 32)).tobytes()).hexdigest())
"""


def read_elsewhere(path):
    """Read a window in a process of its own: the shape of the raster, and the digest of the pixels."""
    command = [sys.executable, "-c", READ_WINDOW, str(path)]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


@pytest.fixture(scope="module")
def client(sample_site):
    return pystac_client.Client.open(sample_site.root)


def test_the_collections_are_those_that_were_ingested(client):
    assert {collection.id for collection in client.get_collections()} == set(ITEMS)


@pytest.mark.parametrize(("collection", "count"), ITEMS.items())
def test_a_collection_gives_all_of_its_items(client, collection, count):
    assert len(list(client.get_collection(collection).get_items())) == count


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("limit", [1, 5, 100])
def test_every_page_is_walked_once(client, method, limit):
    found = [(item.collection_id, item.id) for item in client.search(method=method, limit=limit).items()]
    assert len(found) == len(set(found)) == sum(ITEMS.values())


def test_matched_counts_without_fetching(client):
    assert client.search(collections=["ucayali-landsat"]).matched() == 8


def test_aggregations_count_what_collections_give(client):
    href = client.get_single_link("aggregate").href
    asked = f"{href}?aggregations={','.join(AGGREGATIONS)}"
    found = {each["name"]: each for each in client._stac_io.read_json(asked)["aggregations"]}
    collections = {bucket["key"]: bucket["frequency"] for bucket in found["collection_frequency"]["buckets"]}
    assert collections == ITEMS
    assert found["total_count"]["value"] == sum(ITEMS.values())
    for name in ("datetime_frequency", "platform_frequency", "centroid_geotile_grid_frequency"):
        buckets = found[name]["buckets"]
        assert sum(bucket["frequency"] for bucket in buckets) + found[name]["overflow"] == sum(ITEMS.values())


def test_a_place_and_a_time_find_one_scene(client):
    found = list(client.search(bbox=[-99.2, 47, -99.1, 47.05], datetime="2012-01-01/2012-12-31").items())
    assert [item.id for item in found] == ["m_4709963_se_14_1_20120731"]


def test_one_item_is_opened_by_its_id(client):
    item = client.get_collection("ucayali-landsat").get_item("1985")
    assert item is not None
    assert item.get_parent().id == "ucayali-landsat"


def test_a_window_of_a_found_asset_is_read_over_http(client):
    (item,) = client.search(ids=["m_4709963_se_14_1_20200831"]).items()
    local = RASTERS / "prairie-naip" / "m_4709963_se_14_1_20200831.tif"
    assert read_elsewhere(item.assets["data"].href) == read_elsewhere(local)


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_thumbnails_are_pictures(client):
    (item,) = client.search(ids=["1985"]).items()
    thumbnail = item.assets["thumbnail"]
    with urlopen(thumbnail.href, timeout=30) as answer, MemoryFile(answer.read()) as file, file.open() as picture:
        assert picture.driver == "PNG"
        assert 128 < max(picture.shape) <= 256
    assert (thumbnail.media_type, thumbnail.roles) == ("image/png", ["thumbnail"])
