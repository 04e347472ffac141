"""The STAC API validator against the running site: no error and no warning."""

import json
import os
import subprocess

import pytest

from tests.factories import an_item, box, put
from tests.shared import SHARED, needs_shared

PYTHON = os.environ.get("STAC_API_VALIDATOR")
CLASSES = ("core", "collections", "features", "item-search")

pytestmark = [
    needs_shared,
    pytest.mark.django_db,
    pytest.mark.skipif(not PYTHON, reason="stac-api-validator absent: `make test` installs it"),
]


@pytest.fixture(scope="module")
def an_item_where_the_validator_looks(sample_site, django_db_blocker):
    """It asks the collection for the box 20,20,21,21 and warns when nothing is there."""
    with django_db_blocker.unblock():
        put(an_item("desert", collection="prairie-naip", geometry=box(20, 20, 21, 21), assets={}))


@pytest.mark.usefixtures("an_item_where_the_validator_looks")
def test_the_validator_finds_neither_error_nor_warning(sample_site):
    conformance = [word for name in CLASSES for word in ("--conformance", name)]
    geometry = json.dumps(box(-100, 46, -98, 48))
    result = subprocess.run(
        [
            *(PYTHON, SHARED / "conformance" / "stac_offline.py", "stac-api-validator"),
            *("--root-url", sample_site.root, *conformance, "--validate-pagination"),
            *("--collection", "prairie-naip", "--geometry", geometry),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    said = result.stdout + result.stderr
    assert result.returncode == 0, said
    assert "Errors: none" in said, said
    assert "Warnings: none" in said, said
