"""``manage.py stac_load``."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from django_stac.models import CatalogChild, Item
from tests.factories import a_collection, an_item
from tests.shared import SHARED, needs_shared


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "collection.json").write_text(json.dumps(a_collection()))
    (tmp_path / "items.ndjson").write_text("\n".join(json.dumps(an_item(name)) for name in "abc"))
    return tmp_path


def load(*paths, **options):
    out = io.StringIO()
    call_command("stac_load", *map(str, paths), json=True, stdout=out, stderr=io.StringIO(), **options)
    return json.loads(out.getvalue())


def exit_code(*arguments):
    with pytest.raises(CommandError) as caught:
        call_command("stac_load", *map(str, arguments), stdout=io.StringIO(), stderr=io.StringIO())
    return caught.value.returncode


def test_the_report_counts_every_document(db, folder):
    report = load(folder)
    assert {name: report[name] for name in ("created", "updated", "unchanged", "skipped", "failed")} == {
        "created": 4, "updated": 0, "unchanged": 0, "skipped": 0, "failed": 0,
    }  # fmt: skip


def test_a_dry_run_stores_nothing(db, folder):
    assert load(folder, dry_run=True)["created"] == 4
    assert not Item.objects.exists()


def test_failures_are_named_on_stderr_and_exit_with_1(db, folder, capsys):
    (folder / "bad.json").write_text("{")
    assert exit_code(folder) == 1
    assert Item.objects.count() == 3


def test_a_path_that_is_not_there_is_wrong_usage(db, tmp_path):
    assert exit_code(tmp_path / "nothing") == 2


@needs_shared
def test_the_examples_of_the_specification_are_loaded_by_their_links(db, capsys):
    catalog = SHARED / "data" / "stac" / "spec-examples-v1.0.0" / "catalog.json"
    assert exit_code(catalog, "--create-collections") == 1
    assert Item.objects.count() == 1
    assert set(CatalogChild.objects.values_list("collection__collection_id", flat=True)) == {
        "extensions-collection", "sentinel-2",
    }  # fmt: skip
