"""Files of assets: who may fetch them, and how."""

import json

import pytest
from asgiref.sync import async_to_sync
from django.core.files.storage import Storage
from django.core.handlers.asgi import ASGIRequest
from django.db import connection
from django.test import override_settings

from django_stac.access import policy
from django_stac.api.byte_ranges import file_response
from django_stac.models import StoredFile
from tests.api.asking import ask, url
from tests.api.stored import STORAGE, put_scene, write_file

PATH = "2024/a scene.tif"
COG = "image/tiff; application=geotiff; profile=cloud-optimized"


class RemoteStorage(Storage):
    """A storage without paths on this machine, like an object store."""

    def url(self, name):
        return f"https://bucket.example.com/{name}?signature=x"


@pytest.fixture
def scene(db):
    put_scene("a", PATH)


def body(response):
    return b"".join(response.streaming_content)


def fetch(path=PATH, **headers):
    return ask("file", STORAGE, path, headers={name.replace("_", "-"): text for name, text in headers.items()})


def test_asset_of_a_served_item_leads_to_the_file(scene, client):
    asset = ask("item", "scenes", "a").json()["assets"]["data"]
    assert asset["href"] == "http://testserver/stac/files/scenes/2024/a%20scene.tif"
    assert body(client.get(asset["href"])) == b"0123456789"


def test_whole_file_comes_with_its_type_and_length(scene):
    response = fetch()
    assert (response.status_code, response["Content-Type"], response["Content-Length"]) == (200, COG, "10")
    assert response["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    ("asked", "content", "answered"),
    [
        ("bytes=0-3", b"0123", "bytes 0-3/10"),
        ("bytes=4-", b"456789", "bytes 4-9/10"),
        ("bytes=-2", b"89", "bytes 8-9/10"),
        ("bytes=-99", b"0123456789", "bytes 0-9/10"),
        ("bytes=8-99", b"89", "bytes 8-9/10"),
        ("bytes=8-99999999999999999999", b"89", "bytes 8-9/10"),
        ("Bytes= 0-3,", b"0123", "bytes 0-3/10"),
    ],
)
def test_one_range_is_answered_with_that_part(scene, asked, content, answered):
    response = fetch(range=asked)
    assert (response.status_code, response["Content-Range"]) == (206, answered)
    assert (body(response), response["Content-Length"]) == (content, str(len(content)))


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "lines=0-1", "bytes=", "bytes=-", "bytes=5-2", "bytes=a-b"])
def test_other_ranges_are_answered_with_the_whole_file(scene, asked):
    response = fetch(range=asked)
    assert (response.status_code, body(response)) == (200, b"0123456789")


def test_parameters_of_a_file_do_not_count(scene, client):
    asset = f"{url('file', STORAGE, PATH)}?f=html&v=2"
    assert body(client.get(asset)) == b"0123456789"


@pytest.mark.parametrize("asked", ["bytes=10-", "bytes=10-12", "bytes=-0"])
def test_range_outside_of_the_file_is_416_with_its_size(scene, asked):
    response = fetch(range=asked)
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */10")
    assert response.json()["code"] == "RequestedRangeNotSatisfiable"


def test_if_range_gives_the_part_of_an_unchanged_file(scene):
    whole = fetch()
    for validator in (whole["ETag"], whole["Last-Modified"]):
        assert fetch(range="bytes=0-3", if_range=validator).status_code == 206


@pytest.mark.parametrize("validator", ['"other"', "Mon, 01 Jan 2001 00:00:00 GMT"])
def test_if_range_gives_the_whole_of_a_changed_file(scene, validator):
    response = fetch(range="bytes=0-3", if_range=validator)
    assert (response.status_code, body(response)) == (200, b"0123456789")


def test_known_file_is_not_sent_again(scene):
    response = fetch(if_none_match=fetch()["ETag"])
    assert (response.status_code, response.content) == (304, b"")


def test_file_that_is_as_old_as_known_is_not_sent_again(scene):
    modified = fetch()["Last-Modified"]
    assert fetch(if_modified_since=modified).status_code == 304
    assert fetch(if_modified_since=modified, if_none_match='"other"').status_code == 200
    assert fetch(if_modified_since="Mon, 01 Jan 2001 00:00:00 GMT").status_code == 200


def test_part_of_a_file_that_is_gone_is_412(scene):
    assert fetch(range="bytes=0-3", if_match=fetch()["ETag"]).status_code == 206
    assert fetch(range="bytes=0-3", if_match='"other"').status_code == 412


def test_changed_file_has_another_etag(scene):
    before = fetch()["ETag"]
    write_file(PATH, b"other content")
    assert fetch()["ETag"] != before


def test_head_tells_the_length_and_sends_nothing(scene, client):
    response = client.head(url("file", STORAGE, PATH), headers={"range": "bytes=0-3"})
    assert (response.status_code, response["Content-Length"], response.content) == (200, "10", b"")


def test_large_file_is_sent_in_chunks(db):
    put_scene("large", "large.bin", b"x" * 1_000_000)
    sizes = [len(chunk) for chunk in fetch("large.bin").streaming_content]
    assert sum(sizes) == 1_000_000
    assert max(sizes) <= 256 * 1024


def test_type_follows_the_name_and_is_never_guessed_or_run(db):
    put_scene("page", "page.html", b"<script>alert(1)</script>")
    response = fetch("page.html")
    assert response["Content-Type"] == "text/html"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_image_element_gets_the_file_whatever_it_accepts(scene):
    assert fetch(accept="image/avif,image/webp").status_code == 200


@override_settings(MIDDLEWARE=["django.middleware.gzip.GZipMiddleware"])
def test_compressing_middleware_leaves_parts_alone(db):
    put_scene("large", "large.tif", b"x" * 1000)
    response = fetch("large.tif", range="bytes=0-499", accept_encoding="gzip")
    assert (response["Content-Length"], body(response)) == ("500", b"x" * 500)


# Who may


@pytest.mark.parametrize("path", ["none.tif", "../settings.py", "2024/../2024/a scene.tif", "", "/etc/passwd"])
def test_only_paths_of_stored_files_exist(scene, client, path):
    write_file("none.tif", b"in the storage, but nobody's")
    assert client.get(f"/stac/files/{STORAGE}/{path}").status_code == 404


def test_row_whose_path_leaves_the_storage_is_404(scene):
    StoredFile.objects.update(path="../../outside.tif")
    assert fetch("../../outside.tif").status_code == 404


def test_file_of_a_hidden_item_is_404_but_for_those_who_may_see_it(db, viewer, staff):
    put_scene("hidden", "hidden.tif", published=False)
    answers = {user: ask("file", STORAGE, "hidden.tif", user=user).status_code for user in (None, staff, viewer)}
    assert answers == {None: 404, staff: 404, viewer: 200}


def test_file_is_visible_when_any_owner_is(db):
    put_scene("hidden", "shared.tif", published=False)
    put_scene("shown", "shared.tif")
    assert fetch("shared.tif").status_code == 200


def test_answers_to_a_signed_in_user_are_private(scene, viewer):
    assert fetch()["Cache-Control"] == "public, max-age=0"
    assert ask("file", STORAGE, PATH, user=viewer)["Cache-Control"] == "private, max-age=0"
    assert set(fetch()["Vary"].split(", ")) == {"Authorization", "Cookie"}


def test_missing_file_is_404(scene):
    write_file(PATH, b"").unlink()
    assert fetch().status_code == 404


def test_storage_that_the_site_names_no_more_is_404(scene):
    StoredFile.objects.update(storage="gone")
    assert ask("file", "gone", PATH).status_code == 404


# Where from


def test_remote_storage_is_redirected_to(scene, settings):
    settings.STORAGES = settings.STORAGES | {"scenes": {"BACKEND": "tests.api.test_files.RemoteStorage"}}
    response = fetch()
    assert response.status_code == 302
    assert response["Location"] == f"https://bucket.example.com/{PATH.replace(' ', '%20')}?signature=x"
    assert response["Cache-Control"] == "no-store"


@override_settings(DJANGO_STAC={"FILE_HANDOVER": {"scenes": "/internal/scenes/"}})
def test_web_server_takes_over_where_the_site_says_so(scene):
    response = fetch()
    assert response["X-Accel-Redirect"] == "/internal/scenes/2024/a%20scene.tif"
    assert (response["Content-Type"], response.content) == (COG, b"")


@override_settings(DJANGO_STAC={"FILE_HANDOVER": {"scenes": "/internal/scenes/"}})
def test_hand_over_asks_the_policy_first(db):
    put_scene("hidden", "hidden.tif", published=False)
    assert fetch("hidden.tif").status_code == 404


@async_to_sync
async def bytes_of(response):
    return b"".join([chunk async for chunk in response])


def test_file_is_streamed_under_asgi_too(tmp_path):
    file = tmp_path / "a.tif"
    file.write_bytes(b"0123456789")
    scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"range", b"bytes=2-4")]}
    assert bytes_of(file_response(file, ASGIRequest(scope, None))) == b"234"


MANY_ITEMS = """
INSERT INTO django_stac_item
  (collection_id, item_id, datetime, properties, document, digest, published, created, updated)
SELECT id, 'item-' || n, now(), '{}', '{}', '', true, now(), now()
FROM django_stac_collection, generate_series(1, 5000) AS n;
INSERT INTO django_stac_storedfile (storage, path, item_id, key, size, checksum, owned)
SELECT 'scenes', item_id, id, 'data', 1, '', false FROM django_stac_item WHERE item_id LIKE 'item-%'
"""


def test_who_may_fetch_a_file_is_asked_of_its_owners_alone(scene):
    with connection.cursor() as cursor:
        cursor.execute(MANY_ITEMS)
    asked = policy().visible_files(None).filter(storage=STORAGE, path="item-7")
    (explained,) = json.loads(asked.explain(format="json", analyze=True))
    assert rows_read(explained["Plan"]) < 20


def rows_read(node):
    """The rows that all steps of a plan have touched."""
    read = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    return read + sum(rows_read(inner) for inner in node.get("Plans", ()))
