"""The tutorial is followed to the letter, by somebody with an empty folder; then QGIS asks what it asks."""

import json
from urllib.parse import urlencode

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin

from django_stac.spec import media_types
from tests.docs.blocks import DOCS, blocks_of

PAGE = DOCS / "tutorial" / "index.md"
BLOCKS = blocks_of(PAGE)


@pytest.fixture(scope="module")
def followed(reader, database):
    """The reader at the end of the page."""
    name = database["PGDATABASE"]
    reader.instead |= {"createdb tutorial": f"createdb {name}", '"NAME": "tutorial"': f'"NAME": "{name}"'}
    for block in BLOCKS:
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


def test_there_is_no_code_but_the_blocks_that_are_followed():
    tokens = MarkdownIt().use(colon_fence_plugin).parse(PAGE.read_text())
    code = [token.content for token in tokens if token.type in ("fence", "colon_fence", "code_block")]
    assert len(code) == len(BLOCKS)
    assert all(text.endswith(block.text) for text, block in zip(code, BLOCKS, strict=True))


def test_every_file_is_run_by_a_command_or_is_part_of_the_site():
    commands = [command for block in BLOCKS if block.language == "console" for command, _ in block.commands()]
    files = {block.file for block in BLOCKS if block.language != "console"}
    assert {file for file in files if not any(file in command.split() for command in commands)} == {
        "mysite/settings.py",
        "mysite/urls.py",
    }


def test_the_package_is_the_wheel_of_this_project(followed):
    where = followed.run("python -c 'import django_stac; print(django_stac.__file__)'")
    assert f"{followed.folder.parent}/venv/" in where


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
