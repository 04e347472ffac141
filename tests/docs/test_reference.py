"""The reference says all that there is: it is made from the code, and compared here with the code in another way."""

import re
import sys
from functools import cache
from pathlib import Path
from types import FunctionType

import pytest
from django.core.management import get_commands
from django.dispatch import Signal

from django_stac import access, conf, exceptions, models, signals, transactions
from django_stac.cql2 import tree
from django_stac.cql2.functions import FUNCTIONS
from django_stac.spec import media_types
from django_stac.spec.conformance import Conformance
from tests.api.write_cases import CASES
from tests.docs.blocks import DOCS

sys.path.append(str(DOCS / "_extensions"))
from stac_reference import LINE, PARTS, filled

SOURCE = Path(conf.__file__).parent


@cache
def page(name):
    return filled((DOCS / "reference" / f"{name}.md").read_text())


def sources():
    return "".join(path.read_text() for path in sorted(SOURCE.rglob("*.py")))


def names(module, kind):
    return [name for name, value in vars(module).items() if isinstance(value, kind)]


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        ("settings", [f"## {name}\n" for name in conf.SETTING_NAMES]),
        ("checks", [f"| `{number}` |" for number in set(re.findall(r"\"(django_stac\.[EW]\d{3})\"", sources()))]),
        ("commands", [f"## {name}\n" for name, app in get_commands().items() if app == "django_stac"]),
        ("signals", [f"`{name}`" for name in names(signals, Signal)]),
        ("verbs", [f"## {name}\n" for name in transactions.__all__]),
        ("models", [f"## {name}\n" for name in models.__all__ if hasattr(getattr(models, name), "objects")]),
        ("access", [f"{name}(" for name in names(access.AccessPolicy, FunctionType) if not name.startswith("_")]),
        ("errors", [name for name in names(exceptions, type) if issubclass(getattr(exceptions, name), Exception)]),
        ("conformance", [f"`{member.value}`" for member in Conformance]),
        ("routes", ["`/search`", "`/collections/{collection_id}/items/{item_id}`", "| POST |"]),
        ("writes", [f"| {case.when} | {case.status} |" for case in CASES]),
        ("cql2", [f" {getattr(tree, name):,} |" for name in names(tree, int)]),
        ("cql2", [f"| `{name}` |" for name in FUNCTIONS]),
        ("media_types", [f"`{media_types.COG}`", f"`{media_types.PNG}`", "`.tif`"]),
    ],
)
def test_everything_is_in_the_reference(where, wanted):
    assert wanted
    assert [text for text in wanted if text not in page(where)] == []


def test_every_part_has_its_page():
    asked = {name for path in (DOCS / "reference").glob("*.md") for name in LINE.findall(path.read_text())}
    assert asked == set(PARTS)


def test_a_setting_tells_its_type_and_default():
    assert "## COUNT_BOUND\n\n`int`, default `10000`\n" in page("settings")


def test_defaults_do_not_name_places_of_this_machine():
    assert str(SOURCE.parent) not in "".join(page(path.stem) for path in (DOCS / "reference").glob("*.md"))


def test_a_check_tells_how_it_is_asked():
    assert "PostgreSQL or PostGIS is too old. (Asked with `--database`.) |" in page("checks")


def test_a_verb_shows_how_it_is_called():
    assert "create_item(\n    document: dict[str, Any],\n    *,\n    collection: str | None = None,\n" in page("verbs")


def test_a_part_that_there_is_not_is_an_error():
    with pytest.raises(KeyError):
        filled("% made from the code: nothing\n")
