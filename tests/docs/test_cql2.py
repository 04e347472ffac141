"""The reference of CQL2 shows each form in both encodings: they mean the same, and are written as shown."""

import json

import pytest

from django_stac.cql2 import json as cql2_json
from django_stac.cql2 import text
from tests.docs.blocks import DOCS, blocks_of

BLOCKS = blocks_of(DOCS / "reference" / "cql2.md")
PAIRS = list(zip(BLOCKS[::2], BLOCKS[1::2], strict=True))


@pytest.mark.parametrize(("as_text", "as_json"), PAIRS)
def test_both_encodings_of_a_form_mean_the_same(as_text, as_json):
    assert (as_text.language, as_json.language) == ("text", "json")
    assert text.parse(as_text.text) == cql2_json.parse(json.loads(as_json.text))


@pytest.mark.parametrize("as_text", [as_text for as_text, _ in PAIRS])
def test_forms_are_shown_as_they_are_written(as_text):
    assert text.write(text.parse(as_text.text)) == as_text.text.strip()
