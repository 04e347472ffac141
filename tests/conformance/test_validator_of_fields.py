"""The STAC API validator asks for fields. It finds fault with null, which the extension wants as it is.

It warns of the four members that every item has: what it asks for next needs them (its least item has five).
"""

import os
import subprocess

import pytest

from tests.factories import an_item, put
from tests.shared import SHARED, needs_shared

PYTHON = os.environ.get("STAC_API_VALIDATOR")
pytestmark = [
    needs_shared,
    pytest.mark.skipif(not PYTHON, reason="stac-api-validator absent: `make test` installs it"),
]


def test_the_validator_finds_only_that_null_is_the_default_set(live_server, transactional_db):
    put(an_item("a", **{"eo:cloud_cover": 5}))
    root = f"{live_server.url}/stac/"
    result = subprocess.run(
        [
            *(PYTHON, SHARED / "conformance" / "stac_offline.py", "stac-api-validator", "--root-url", root),
            *("--conformance", "core", "--conformance", "item-search#fields", "--collection", "scenes"),
            *("--fields-nested-property", "properties.eo:cloud_cover"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    warnings, errors = result.stdout.split("Errors:\n")
    (error,) = errors.strip().splitlines()
    assert 'body={"fields": null} had unexpected status code 200 instead of 400' in error
    assert all("response contained extra fields" in each for each in warnings.split("Warnings:\n")[1].splitlines())
