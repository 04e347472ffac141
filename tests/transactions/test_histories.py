"""Whatever writers do at once, and whoever derives meanwhile: the facts are those of what stands."""

import os
import random
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from django_stac import transactions
from django_stac.exceptions import StacError
from django_stac.models import Collection, Item, Mark
from tests.factories import an_item, box, put_collection

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = ["scenes", "others"]
IDS = [str(number) for number in range(60)]
DERIVE = """
import sys, django
django.setup()
from django_stac.transactions import derive
for line in sys.stdin:
    derive()
    print(line, end="", flush=True)
"""


# Those who derive


def database_url():
    given = {name: quote(str(value), safe="") for name, value in connection.settings_dict.items()}
    return "postgis://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**given)


@contextmanager
def a_deriving_process():
    """Let a process of its own derive again and again until the block ends."""
    env = os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "cwd": Path(__file__).parents[2]}
    is_over = threading.Event()

    def drive(process):
        while not is_over.is_set():
            process.stdin.write("again\n")
            process.stdin.flush()
            assert process.stdout.readline() == "again\n"

    with subprocess.Popen([sys.executable, "-c", DERIVE], env=env, text=True, **pipes) as process:
        with ThreadPoolExecutor(1) as pool:
            driver = pool.submit(drive, process)
            try:
                yield
            finally:
                is_over.set()
                driver.result(60)
        process.stdin.close()


# Those who write


class Writer:
    """Does anything that verbs can do, by its own dice."""

    def __init__(self, seed):
        self.dice = random.Random(seed)

    def write(self, times):
        verbs = [self.load, self.load, self.load, self.create, self.replace, self.patch, self.delete, self.delete_some,
                 self.restore, self.publish_some, self.publish_all, self.change_collection,
                 transactions.derive]  # fmt: skip
        try:
            for _ in range(times):
                with suppress(StacError):
                    self.dice.choice(verbs)()
        finally:
            connection.close()

    def document(self):
        west = self.dice.randrange(170)
        numbers = {"x:number": self.dice.randrange(1000), "x:few": f"kind {self.dice.randrange(9)}"}
        if self.dice.random() < 0.5:
            numbers["x:tags"] = [f"tag {self.dice.randrange(9)}"]
        moment = f"{self.dice.randrange(1900, 2100)}-01-01T00:00:00Z"
        geometry = box(west, 0, west + 1, 1)
        return an_item(self.some_id(), collection=self.name(), geometry=geometry, datetime=moment, **numbers)

    def name(self):
        return self.dice.choice(NAMES)

    def some_id(self):
        return self.dice.choice(IDS)

    def some(self):
        return Item.objects.filter(item_id__in=[self.some_id() for _ in range(15)]).order_by("?")

    def odds(self, chance):
        return self.dice.random() < chance

    def load(self):
        documents = [self.document() for _ in range(30)]
        transactions.upsert_items(documents, published=self.odds(0.8), replace=self.odds(0.8))

    def create(self):
        transactions.create_item(self.document())

    def replace(self):
        transactions.replace_item(self.document())

    def patch(self):
        properties = {"x:number": self.dice.randrange(1000), "x:few": None if self.odds(0.2) else "patched"}
        transactions.patch_item(self.name(), self.some_id(), {"properties": properties})

    def delete(self):
        transactions.delete_item(self.name(), self.some_id())

    def delete_some(self):
        transactions.delete_items(self.some())

    def restore(self):
        transactions.restore_item(self.name(), self.some_id(), self.dice.randrange(1, 4))

    def publish_some(self):
        transactions.set_published(self.some(), published=self.odds(0.6))

    def publish_all(self):
        rows = [*Collection.objects.order_by("?"), *self.some()]
        transactions.set_published(rows, published=self.odds(0.6))

    def change_collection(self):
        if self.odds(0.5):
            transactions.patch_collection(self.name(), {"title": str(self.dice.random())})
        else:
            transactions.set_rights(self.name(), owner_groups=[self.dice.randrange(1, 9)])


# What is true


def told(documents):
    """The facts of published items, by counting in Python."""
    boxes, properties = [each["bbox"] for each in documents], [each["properties"] for each in documents]
    bbox = [min(each[0] for each in boxes), 0, max(each[2] for each in boxes), 1]
    times, numbers, texts = (sorted(each[name] for each in properties if name in each) for name in (
        "datetime", "x:number", "x:few"))  # fmt: skip
    arrays = [each["x:tags"] for each in properties if "x:tags" in each]
    interval = {"minimum": times[0], "maximum": times[-1]}
    span, few = {"minimum": numbers[0], "maximum": numbers[-1]}, {"enum": sorted(set(texts))}
    tags = {"type": "string", "enum": sorted({tag for array in arrays for tag in array})}
    return {
        "count": len(documents),
        "extent": {"spatial": {"bbox": [bbox]}, "temporal": {"interval": [[times[0], times[-1]]]}},
        "summaries": {"x:number": span, "x:few": few["enum"]},
        "properties": {
            "datetime": {"count": len(times), "type": "string", "format": "date-time", **interval},
            "x:number": {"count": len(numbers), "type": "integer", **span},
            "x:few": {"count": len(texts), "type": "string", **few},
            "x:tags": {"count": len(arrays), "type": "array", "items": tags},
        },
        "is_partial": False,
    }


@pytest.mark.parametrize("seed", range(2))
def test_after_all_writers_at_once_the_facts_are_those_of_what_stands(seed, monkeypatch):
    monkeypatch.setattr("django_stac.transactions.rows.BATCH", 5)
    for name in NAMES:
        put_collection(name)
    with ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(a_deriving_process())
        with ThreadPoolExecutor(6) as pool:
            writers = [pool.submit(Writer(f"{seed} {number}").write, 20) for number in range(6)]
            for each in writers:
                each.result(120)
    transactions.derive()
    assert not Mark.objects.exists()
    for collection in Collection.objects.all():
        published = collection.items.filter(published=True)
        assert collection.derived == told(list(published.values_list("document", flat=True)))
