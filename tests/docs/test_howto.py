"""What the how-to pages print can be typed: commands parse, keys of DJANGO_STAC exist, Python compiles."""

import ast
import re
import shlex

import pytest
from django.core.management import get_commands, load_command_class

from django_stac.conf import SETTING_NAMES
from tests.docs.blocks import DOCS, blocks_of

PAGES = sorted((DOCS / "howto").glob("*.md"))
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


def commands():
    """Command lines of ours, as lists of words."""
    lines = [line for page in PAGES for block in blocks_of(page) for line in re.findall(r"manage\.py (.*)", block.text)]
    return [shlex.split(line.partition(" > ")[0]) for line in lines]


def test_every_command_line_parses():
    known = get_commands()
    given = commands()
    assert len(given) > 10
    for name, *words in given:
        load = load_command_class(known[name], name) if isinstance(known[name], str) else known[name]
        load.create_parser("manage.py", name).parse_args([word for word in words if word not in ("--database", "geo")])


def keys_set():
    """Keys of ``DJANGO_STAC`` in the Python of all pages, which is parsed on the way."""
    text = "\n".join(block.text for page in PAGES for block in blocks_of(page) if block.language == "python")
    given = re.findall(r"^DJANGO_STAC = (\{.*?\})$", text, re.DOTALL | re.MULTILINE)
    return {key for value in given for key in ast.literal_eval(value)}


@every_page
def test_python_compiles(page):
    for block in blocks_of(page):
        if block.language == "python":
            ast.parse(block.text)


def test_settings_that_are_set_exist():
    assert keys_set() > {"FILE_HANDOVER", "ACCESS_POLICY"}
    assert keys_set() <= SETTING_NAMES


@every_page
def test_a_page_is_in_the_table_of_contents(page):
    assert page.stem == "index" or f"\n{page.stem}\n" in (DOCS / "howto" / "index.md").read_text()
