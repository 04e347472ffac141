"""Whoever is killed while ten thousand items come in: each batch is there or not, and the same again completes it."""

from itertools import product
from random import Random

import pytest

from django_stac import transactions
from django_stac.models import Collection, Item, Version
from django_stac.transactions.drift import Drift, drift
from tests.durability.copy import Copy
from tests.durability.site import ALIAS, EMPTY, FULL
from tests.durability.strikes import STRIKES, VICTIMS, any_point, strike
from tests.durability.ways import NAMES, WAYS, WITH_KEY, newer, older

CASES = list(product([EMPTY, FULL], WAYS, VICTIMS))


def said(rows):
    """What documents say of all that was sent, by id."""
    return {name: {**document, "links": []} for name, document in rows}


def facts_are_true(count):
    """Whether the marks that stand make the facts those of what stands."""
    transactions.derive(using=ALIAS)
    collection = Collection.objects.using(ALIAS).get()
    return drift(collection, ALIAS) == Drift() and collection.derived["count"] == count


def arrived(way, before, copy):
    """The ids of what has arrived: by whole batches, over what is a version then, and beside what is as it was.

    Derived facts and the copy of a consumer agree with that.
    """
    stored = said(Item.objects.using(ALIAS).values_list("item_id", "document"))
    found = {name for name, document in stored.items() if document == newer()[name]}
    batches = [set(NAMES[start : start + way.batch]) for start in range(0, len(NAMES), way.batch)]
    assert {len(found & batch) for batch in batches} <= {0, way.batch}
    assert stored == before | {name: newer()[name] for name in found}
    versions = Version.objects.using(ALIAS)
    assert said(versions.values_list("thing_id", "document")) == {name: before[name] for name in found & before.keys()}
    assert set(versions.values_list("number", flat=True)) <= {1}
    assert facts_are_true(len(stored))
    assert copy.follow() == dict(Item.objects.using(ALIAS).values_list("item_id", "digest"))
    return found


def sent_again(site, way):
    """How many the same again has stored, and how many it found. A key keeps all together, and the first answer."""
    report = way.send(site)
    assert way is not WITH_KEY or way.send(site) == report
    return report["created"] + report["updated"], report["unchanged"]


@pytest.mark.parametrize("seed", range(STRIKES or 1))
@pytest.mark.parametrize(("template", "way", "victim"), CASES if STRIKES else CASES[::8], ids=str)
def test_each_batch_is_whole_or_absent_and_the_same_again_completes_it(site, template, way, victim, seed):
    before, copy = older() if template == FULL else {}, Copy()
    report = strike(site, way, victim, any_point(Random(f"{template} {way} {victim} {seed}")))
    site.revive()
    survived = arrived(way, before, copy)
    assert len(survived) == len(NAMES) or not report
    assert [path for path in site.folder.rglob("*") if path.is_file()] == []
    there = 0 if way is WITH_KEY else len(survived)
    assert sent_again(site, way) == (len(NAMES) - there, there)
    assert arrived(way, before, copy) == set(NAMES)
