"""Loaders of the same items at the same time: each state that was stored is in one version, or stands."""

import random

import pytest

from django_stac import transactions
from django_stac.exceptions import AlreadyExists, NotFound
from django_stac.models import Item, Tombstone, Version
from tests.factories import an_item, put_collection
from tests.transactions.test_concurrency import together

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = [f"{number:02}" for number in range(12)]


class Writer:
    """Writes documents that nobody else has written, and counts what was stored."""

    def __init__(self, number):
        self.number, self.stored, self.chance, self.written = number, 0, random.Random(number), 0

    def document(self, name):
        self.written += 1
        return an_item(name, title=f"{self.number} {self.written}")

    def load(self):
        report = transactions.upsert_items(map(self.document, self.chance.sample(NAMES, 8)))
        assert report.failed == 0
        self.stored += report.created + report.updated

    def write(self, verb):
        try:
            verb(self.document(self.chance.choice(NAMES)))
        except (AlreadyExists, NotFound):
            return
        self.stored += 1

    def run(self):
        verbs = [
            self.load,
            self.load,
            lambda: self.write(transactions.create_item),
            lambda: self.write(transactions.replace_item),
            lambda: transactions.delete_items(Item.objects.filter(item_id__in=self.chance.sample(NAMES, 3))),
        ]
        for _ in range(12):
            self.chance.choice(verbs)()


@pytest.mark.parametrize("seed", [0, 10, 20])
def test_no_version_is_lost_or_doubled(seed):
    put_collection()
    writers = [Writer(seed + number) for number in range(5)]
    together(*(writer.run for writer in writers))
    documents = [*Version.objects.values_list("document", flat=True), *Item.objects.values_list("document", flat=True)]
    titles = [document["title"] for document in documents]
    assert len(titles) == len(set(titles)) == sum(writer.stored for writer in writers)
    for name in NAMES:
        numbers = list(Version.objects.filter(thing_id=name).order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        assert list(Version.objects.filter(thing_id=name).order_by("ended").values_list("number", flat=True)) == numbers
    assert Tombstone.objects.count() == Version.objects.filter(deleted=True).count()
