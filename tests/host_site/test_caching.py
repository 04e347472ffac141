"""Entity tags, ranges and compression, through the site's middleware."""

import pytest
from django.core.management import call_command
from django.test import Client

from tests.factories import an_item, put
from tests.host_site.asking import get
from tests.ingest.rasters import a_raster

pytestmark = pytest.mark.django_db(databases=["default", "geo"])
PATHS = ["", "collections", "collections/scenes", "collections/scenes/items", "collections/scenes/items/a", "search"]


@pytest.fixture
def scenes():
    put(*(an_item(name, title="a long title " * 50) for name in "abc"))


@pytest.mark.parametrize("path", PATHS)
def test_a_tag_that_compression_has_weakened_still_says_not_modified(scenes, path):
    first = get(path, accept_encoding="gzip")
    assert (first["Content-Encoding"], first["ETag"][:2]) == ("gzip", "W/")
    again = get(path, accept_encoding="gzip", if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", PATHS)
def test_a_tag_from_before_compression_counts_as_well(scenes, path):
    assert get(path, accept_encoding="gzip", if_none_match=get(path)["ETag"]).status_code == 304


def test_a_changed_row_has_another_tag(scenes):
    before = get("search", accept_encoding="gzip")["ETag"]
    put(an_item("d"))
    assert get("search", accept_encoding="gzip", if_none_match=before).status_code == 200


@pytest.fixture
def raster(archive):
    """Where a raster in the archive is served, and its bytes."""
    path = a_raster(archive.base_location / "scenes" / "one.tif")
    call_command("stac_ingest", str(path), collection="scenes", verbosity=0, workers=1)
    href = get("collections/scenes/items/one").json()["assets"]["data"]["href"]
    return href.removeprefix("http://testserver"), path.read_bytes()


def test_files_are_served_whole_and_never_compressed(raster):
    url, content = raster
    answer = Client().get(url, headers={"accept-encoding": "gzip"})
    assert (answer.getvalue(), answer["Content-Length"]) == (content, str(len(content)))


def test_a_part_of_a_file_is_that_part(raster):
    url, content = raster
    answer = Client().get(url, headers={"range": "bytes=10-19", "accept-encoding": "gzip"})
    assert (answer.status_code, answer.getvalue()) == (206, content[10:20])
    assert answer["Content-Range"] == f"bytes 10-19/{len(content)}"


def test_a_file_that_is_known_is_not_sent_again(raster):
    tag = Client().get(raster[0])["ETag"]
    assert Client().get(raster[0], headers={"if-none-match": tag}).status_code == 304


def test_the_policy_of_files_is_stricter_than_the_sites(raster):
    assert Client().get(raster[0])["Content-Security-Policy"] == "default-src 'none'; sandbox"
