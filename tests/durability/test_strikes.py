"""Whoever is killed while ten thousand items come in: each batch is there or not, and the same again completes it."""

import os
from itertools import product
from random import Random

import pytest

from django_stac import transactions
from django_stac.models import Collection, Item, Version
from django_stac.transactions.drift import Drift, drift
from tests.durability.site import ALIAS, EMPTY, FULL
from tests.durability.strikes import VICTIMS, any_point, strike
from tests.durability.ways import DOCUMENTS, NAMES, OLDER, WAYS, WITH_KEY

CASES = list(product([EMPTY, FULL], WAYS, VICTIMS))
STRIKES = int(os.environ.get("STAC_STRIKES", "0"))
"""How often each case is struck, at another point each time; 0: some of them once."""


def said(rows):
    """What documents say of all that was sent, by id."""
    return {name: {**document, "links": []} for name, document in rows}


def standing():
    return said(Item.objects.using(ALIAS).values_list("item_id", "document"))


def superseded():
    versions = Version.objects.using(ALIAS).filter(number=1)
    assert versions.count() == Version.objects.using(ALIAS).count()
    return said(versions.values_list("thing_id", "document"))


def by_name(documents):
    return {each["id"]: each for each in documents}


def facts_are_true(count):
    """Whether the marks that stand make the facts those of what stands."""
    transactions.derive(using=ALIAS)
    collection = Collection.objects.using(ALIAS).get()
    return drift(collection, ALIAS) == Drift() and collection.derived["count"] == count


@pytest.mark.parametrize("seed", range(STRIKES or 1))
@pytest.mark.parametrize(("template", "way", "victim"), CASES if STRIKES else CASES[::8], ids=str)
def test_each_batch_is_whole_or_absent_and_the_same_again_completes_it(site, template, way, victim, seed):
    older, newer = by_name(OLDER if template == FULL else []), by_name(DOCUMENTS)
    answered = strike(site, way, victim, any_point(Random(f"{template} {way} {victim} {seed}")))
    site.revive()
    survived = standing()
    arrived = {name for name, document in survived.items() if document == newer[name]}
    batches = [set(NAMES[start : start + way.batch]) for start in range(0, len(NAMES), way.batch)]
    assert {len(arrived & batch) for batch in batches} <= {0, way.batch}
    assert survived == older | {name: newer[name] for name in arrived}
    assert superseded() == {name: older[name] for name in arrived & older.keys()}
    assert len(arrived) == len(NAMES) or not answered
    assert facts_are_true(len(survived))
    assert [path for path in site.folder.rglob("*") if path.is_file()] == []

    report = way.send(site)
    assert way is not WITH_KEY or way.send(site) == report
    changed = report["updated"] if older else report["created"]
    assert (changed, report["unchanged"]) == (len(NAMES) - len(arrived), len(arrived))
    assert standing() == newer
    assert superseded() == older
    assert facts_are_true(len(NAMES))
