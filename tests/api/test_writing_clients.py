"""What people who write do: objects of pystac, sent with requests, to a running server."""

import json
from datetime import UTC, datetime

import pystac
import pytest
import requests
from shapely.geometry import box, mapping

from tests.api.sending import a_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session():
    a_user()
    made = requests.Session()
    made.auth = ("writer", "writer")
    yield made
    made.close()


def an_item(name):
    item = pystac.Item(name, mapping(box(10, 45, 11, 46)), [10, 45, 11, 46], datetime(2024, 6, 1, tzinfo=UTC), {"a": 1})
    item.add_asset(
        "data", pystac.Asset("https://example.com/data.tif", media_type=pystac.MediaType.COG, roles=["data"])
    )
    return item


def a_collection(name):
    extent = pystac.Extent(pystac.SpatialExtent([[10, 45, 11, 46]]), pystac.TemporalExtent([[None, None]]))
    return pystac.Collection(name, "Scenes.", extent, license="CC-BY-4.0")


def test_a_catalogue_of_pystac_is_stored_read_changed_and_deleted(live_server, session):
    root = f"{live_server.url}/stac"
    collection = session.post(f"{root}/collections", json=a_collection("scenes").to_dict(include_self_link=False))
    assert collection.status_code == 201, collection.text
    several = pystac.ItemCollection([an_item("b"), an_item("c/d")]).to_dict()
    assert session.post(f"{root}/collections/scenes/items", json=several).status_code == 201
    made = session.post(f"{root}/collections/scenes/items", json=an_item("a").to_dict())
    assert made.status_code == 201, made.text
    read = pystac.Item.from_dict(session.get(made.headers["Location"]).json())
    assert (read.properties["a"], read.assets["data"].roles) == (1, ["data"])
    read.properties["a"] = 2
    changed = session.put(made.headers["Location"], json=read.to_dict(), headers={"If-Match": made.headers["ETag"]})
    assert (changed.status_code, changed.headers.get("Content-Type")) == (204, None)
    assert session.delete(made.headers["Location"], headers={"If-Match": made.headers["ETag"]}).status_code == 412
    assert session.delete(made.headers["Location"], headers={"If-Match": changed.headers["ETag"]}).status_code == 204
    assert session.get(f"{root}/collections/scenes/items/c%2Fd").status_code == 200


def test_lines_are_read_from_a_file_as_they_arrive(live_server, session, tmp_path):
    root, path = f"{live_server.url}/stac", tmp_path / "items.ndjson"
    session.post(f"{root}/collections", json=a_collection("scenes").to_dict(include_self_link=False)).raise_for_status()
    path.write_text("\n".join(json.dumps(an_item(str(number)).to_dict()) for number in range(50)))
    with path.open("rb") as lines:
        answer = session.post(
            f"{root}/collections/scenes/bulk_items", data=lines, headers={"Content-Type": "application/x-ndjson"}
        )
    assert (answer.status_code, answer.json()["created"]) == (200, 50), answer.text


def test_a_body_that_is_too_large_is_refused_with_words(live_server, session, settings):
    settings.DJANGO_STAC = {"MAX_BODY": 1000}
    answer = session.post(f"{live_server.url}/stac/collections", json={"a": "a" * 2000})
    assert (answer.status_code, "MAX_BODY" in answer.json()["description"]) == (413, True)
