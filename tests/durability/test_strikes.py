"""Whoever is killed while ten thousand items come in: each batch is there or not, and the same again completes it."""

import os
from itertools import product
from random import Random

import pytest

from django_stac import transactions
from django_stac.models import Collection, Item
from django_stac.transactions.drift import Drift, drift
from tests.durability.site import ALIAS
from tests.durability.strikes import VICTIMS, any_point, strike
from tests.durability.ways import DOCUMENTS, NAMES, WAYS, WITH_KEY

PAIRS = list(product(WAYS, VICTIMS))
STRIKES = int(os.environ.get("STAC_STRIKES", "0"))
"""How often each victim is struck on each way, at another point each time; 0: some of them once."""


def standing():
    """The documents that are stored, by id in the order of the load."""
    return dict(Item.objects.using(ALIAS).order_by("item_id").values_list("item_id", "document"))


def is_sent(documents):
    """Whether they are the first of those that were sent, and say all that these said."""
    pairs = zip(documents.values(), DOCUMENTS, strict=False)
    return all(stored | sent | {"links": stored["links"]} == stored for stored, sent in pairs)


def facts_are_true(count):
    """Whether the marks that stand make the facts those of what stands."""
    transactions.derive(using=ALIAS)
    collection = Collection.objects.using(ALIAS).get()
    return drift(collection, ALIAS) == Drift() and collection.derived["count"] == count


@pytest.mark.parametrize("seed", range(STRIKES or 1))
@pytest.mark.parametrize(("way", "victim"), PAIRS if STRIKES else PAIRS[::3], ids=str)
def test_each_batch_is_whole_or_absent_and_the_same_again_completes_it(site, way, victim, seed):
    answered = strike(site, way, victim, any_point(Random(f"{way} {victim} {seed}")))
    site.revive()
    survived = standing()
    assert list(survived) == NAMES[: len(survived)]
    assert len(survived) % way.batch == 0
    assert is_sent(survived)
    assert len(survived) == len(NAMES) or not answered
    assert facts_are_true(len(survived))
    assert [path for path in site.folder.rglob("*") if path.is_file()] == []
    report = way.send(site)
    if way is WITH_KEY:
        assert way.send(site) == report
    assert (report["failed"], report["created"]) == (0, len(NAMES) - len(survived))
    completed = standing()
    assert list(completed) == NAMES
    assert is_sent(completed)
    assert facts_are_true(len(NAMES))
