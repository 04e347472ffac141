"""Every served document passes pystac and stac-validator, with its extensions."""

import importlib.util
import json
from urllib.request import urlopen

import pystac
import pytest
import stac_validator.stac_validator as validator

from tests.shared import SHARED, needs_shared

pytestmark = [needs_shared, pytest.mark.django_db]


@pytest.fixture(scope="module", autouse=True)
def offline_schemas():
    """Answer every schema from the sample data; the module does so on import."""
    path = SHARED / "conformance" / "stac_offline.py"
    spec = importlib.util.spec_from_file_location("stac_offline", path)
    spec.loader.exec_module(importlib.util.module_from_spec(spec))


def get(url):
    with urlopen(url, timeout=30) as answer:
        return json.load(answer)


@pytest.fixture(scope="module")
def documents(sample_site):
    """All of them, by their own URL."""
    items = get(f"{sample_site.root}search?limit=1000")["features"]
    collections = get(f"{sample_site.root}collections")["collections"]
    return [get(sample_site.root), *collections, *items]


def test_documents_are_valid_for_pystac(documents):
    for document in documents:
        pystac.validation.validate_dict(document)


def test_documents_are_valid_for_stac_validator(documents):
    for document in documents:
        run = validator.StacValidate(extensions=False)
        assert run.validate_dict(document), run.message


def test_no_document_names_a_local_path(documents):
    assert str(SHARED) not in json.dumps(documents)
    assert "stac-file:" not in json.dumps(documents)


def test_every_asset_opens(documents):
    hrefs = [asset["href"] for document in documents for asset in document.get("assets", {}).values()]
    assert len(hrefs) > 30
    for href in hrefs:
        with urlopen(href, timeout=30) as answer:
            assert answer.status == 200


def test_a_document_in_a_page_is_the_document_behind_its_link(documents):
    for document in documents:
        (own,) = [link["href"] for link in document["links"] if link["rel"] == "self"]
        assert get(own) == document
