"""The tutorial is followed to the letter, by somebody with an empty folder; then QGIS asks what it asks."""

import json
from urllib.parse import urlencode

import pytest

from django_stac.spec import media_types
from tests.docs.blocks import DOCS, blocks_of

BLOCKS = blocks_of(DOCS / "tutorial" / "index.md")
SYSTEM = ("sudo", "createdb", "brew", "$(brew", "docker", "export", "python3 -m venv", ". venv", "pip")
"""Beginnings of what only a reader can do."""


@pytest.fixture(scope="module")
def followed(reader):
    """The reader at the end of the page."""
    for block in BLOCKS:
        if not block.is_by_hand:
            reader.follow(block)
    return reader


@pytest.fixture
def ask(followed):
    """GET JSON as QGIS does."""

    def get(path, **params):
        status, body = followed.get(f"{path}?{urlencode(params)}" if params else path, Accept="application/json, */*")
        assert status == 200, body
        return json.loads(body)

    return get


def test_only_what_concerns_the_system_is_left_out():
    commands = [command for block in BLOCKS if block.is_by_hand for command, _ in block.commands()]
    assert commands
    assert [command for command in commands if not command.startswith(SYSTEM)] == []


def test_every_block_does_what_the_page_shows(followed):
    assert {path.name for path in followed.folder.iterdir()} >= {"scenes", "find.py", "window.py", "hide.py"}


def test_qgis_finds_the_collections_and_the_search(ask):
    landing = ask("/stac/")
    assert any(link["href"].endswith("/collections") for link in landing["links"])
    assert "search" in {link["rel"] for link in landing["links"]}
    assert [found["id"] for found in ask("/stac/collections")["collections"]] == ["valley"]


def test_qgis_searches_by_extent_and_period(ask):
    period = "2024-06-01T00:00:00.000Z/.."
    found = ask("/stac/search", collections="valley", bbox="10.9,47.6,11.2,47.8", datetime=period)
    assert [item["id"] for item in found["features"]] == ["valley_20240611"]


def test_qgis_can_open_every_band(ask, followed):
    (item,) = ask("/stac/search", limit=1)["features"]
    bands = [asset for asset in item["assets"].values() if asset["type"] == media_types.COG]
    parts = [followed.get(asset["href"], Range="bytes=0-15") for asset in bands]
    assert [status for status, _ in parts] == [206] * 4
    assert {start[:2] for _, start in parts} <= {b"II", b"MM"}


def test_files_of_the_hidden_scene_are_not_served(followed):
    path = "/stac/files/scenes/valley_{0}/valley_{0}_B04.tif"
    assert [followed.get(path.format(date))[0] for date in ("20240611", "20240730")] == [200, 404]
