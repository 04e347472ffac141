"""The lines of the README, pasted into a fresh project, give a served catalogue."""

import ast
import json
import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.docs.blocks import DOCS, Block, blocks_of
from tests.ingest.rasters import a_raster

PAGE = DOCS.parent / "README.md"
BLOCKS = blocks_of(PAGE)
CONSOLE = next(block for block in BLOCKS if block.language == "console")
PASTED = [block for block in BLOCKS if re.match(r"# (?:settings|urls)\.py", block.text)]
COUNTS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


@pytest.fixture(scope="module")
def site(reader, database, tmp_path_factory):
    """A fresh project after the lines of the README, with a raster where the README has its own."""
    scenes = tmp_path_factory.mktemp("data") / "scenes"
    a_raster(scenes / "a.tif", west=11.2)
    reader.instead |= {"/data/scenes": str(scenes), '"mysite"': f'"{database["PGDATABASE"]}"'}
    for command in ("createdb", "python3 -m venv venv"):
        reader.run(command)
    reader.source(". venv/bin/activate")
    reader.run("python -m django startproject mysite .")
    for block in PASTED:
        paste(block, reader)
    for command in lines(CONSOLE):
        reader.run(command)
    reader.serve("python manage.py runserver 8000")
    return reader


def paste(block, reader):
    file = reader.folder / "mysite" / block.text.split()[1].rstrip(",")
    file.write_text(f"{file.read_text()}\n{reader.here(block.text)}")


def lines(block: Block) -> list[str]:
    return block.text.splitlines()


def statements(name):
    """Lines that a first paste into a file takes, without comments."""
    text = next(block.text for block in PASTED if block.text.startswith(f"# {name}"))
    return len([line for line in text.splitlines() if line and not line.startswith("#")])


def get(site, path):
    status, body = site.get(path)
    assert status == 200, body
    return json.loads(body)


def test_the_landing_page_is_a_catalogue(site):
    assert get(site, "/stac/")["type"] == "Catalog"


def test_search_finds_the_raster_that_was_ingested(site):
    (item,) = get(site, "/stac/search?collections=scenes&bbox=11.1,45.5,11.4,46")["features"]
    assert item["id"] == "a"
    assert {asset["href"] for asset in item["assets"].values()} >= {"https://files.example.com/scenes/a.tif"}


def test_checks_have_nothing_to_say(site):
    assert site.run("python manage.py check --database default") == (
        "System check identified no issues (0 silenced).\n"
    )


def test_without_href_base_the_site_serves_the_raster_itself(site):
    site.run("python manage.py stac_ingest /data/scenes --collection own")
    (item,) = get(site, "/stac/search?collections=own")["features"]
    (href,) = [asset["href"] for asset in item["assets"].values() if asset["href"].endswith("a.tif")]
    assert site.get(href, Range="bytes=0-1") == (206, b"II")


def test_the_lines_are_counted_truthfully():
    settings, urls = re.search(r"(\w+) lines of settings and (\w+) of URLs", PAGE.read_text()).groups()
    assert [COUNTS.index(settings.lower()), COUNTS.index(urls)] == [statements("settings.py"), statements("urls.py")]


def test_python_compiles():
    for block in BLOCKS:
        if block.language == "python":
            ast.parse(block.text)


def test_the_table_of_commands_has_them_all():
    named = set(re.findall(r"^\| `(stac_\w+)", PAGE.read_text(), re.MULTILINE))
    assert named == {name for name, app in get_commands().items() if app == "django_stac"}


def test_links_lead_to_files():
    links = re.findall(r"\]\((?!https?:)([^)#]+)", PAGE.read_text())
    assert [link for link in links if not Path(PAGE.parent, link).exists()] == []
