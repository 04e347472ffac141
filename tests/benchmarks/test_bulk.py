"""The benchmark of bulk loading: what it posts, and that it runs."""

import json
import os
import subprocess
import sys

import orjson
import pytest

from django_stac.transactions.prepare import prepare_item
from tests.benchmarks import bulk_items
from tests.benchmarks.serving import PROJECT


def test_an_item_has_thirty_kilobytes_and_may_be_stored():
    document = bulk_items.item(7, 0)
    assert len(orjson.dumps(document)) == pytest.approx(30_000, rel=0.02)
    assert prepare_item(document, collection_id=bulk_items.COLLECTION).id == document["id"]


def test_a_later_revision_is_the_same_item_in_another_state():
    first, second = bulk_items.item(7, 0), bulk_items.item(7, 1)
    assert first["id"] == second["id"]
    assert {name for name in first if first[name] != second[name]} == {"properties"}


def test_a_request_holds_a_hundred_items_by_their_ids():
    body = orjson.loads(bulk_items.body(200, 1))
    assert len(body["items"]) == 100
    assert all(item["id"] == name for name, item in body["items"].items())
    assert body["method"] == "upsert"


@pytest.mark.skipif(not os.environ.get("DATABASE_URL"), reason="DATABASE_URL is not set")
def test_a_small_run_measures_both_kinds_of_requests():
    pytest.importorskip("granian")
    command = [sys.executable, "-m", "tests.benchmarks.bulk", "--alone", "--rounds", "1", "--json"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert [row["kind"] for row in json.loads(done.stdout)] == ["fresh", "replaced"]
