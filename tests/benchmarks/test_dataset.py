"""The invented archive: what is measured must be sound, valid and the same on every machine."""

from itertools import islice

import pytest

from django_stac.validation.core import core_problems
from django_stac.validation.soundness import unsound
from tests.benchmarks.dataset import COLLECTIONS, NAMES, Dataset, collections

SAMPLE = [Dataset(total=100).item(number) for number in range(100)]


@pytest.mark.parametrize("document", [*SAMPLE, *islice(collections(), 6)], ids=lambda document: document["id"])
def test_every_document_is_valid(document):
    assert unsound(document) == []
    assert core_problems(document) == []


def test_an_item_depends_on_nothing_but_seed_total_and_number():
    assert Dataset(total=100).item(42) == SAMPLE[42]
    assert Dataset(total=100, seed=8).item(42) != SAMPLE[42]


def test_every_collection_has_items():
    assert {document["collection"] for document in SAMPLE} == set(NAMES)
    assert len(list(collections())) == COLLECTIONS


def test_items_come_in_the_order_of_their_days():
    days = [document["properties"]["datetime"][:10] for document in SAMPLE]
    assert days == sorted(days)


def test_ids_are_unique():
    assert len({document["id"] for document in SAMPLE}) == len(SAMPLE)
