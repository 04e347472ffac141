"""Dumps of collections."""

import json

from django.core.management import call_command

from django_stac import transactions
from django_stac.models import Collection, ExtentMode
from tests.factories import a_collection, an_item, put


def test_collections_of_an_older_dump_are_found_by_place_and_time(db, tmp_path):
    transactions.create_collection(a_collection(keywords=["snow"]), extent_mode=ExtentMode.DERIVED)
    put(an_item())
    transactions.derive()
    dump = tmp_path / "dump.json"
    call_command("dumpdata", "django_stac.collection", output=str(dump), verbosity=0)
    (entry,) = json.loads(dump.read_text())
    for later in ("geometry", "start_datetime", "end_datetime", "properties", "queryables"):
        del entry["fields"][later]
    dump.write_text(json.dumps([entry]))
    call_command("loaddata", str(dump), verbosity=0)
    row = Collection.objects.get()
    assert row.geometry.extent == (10, 45, 11, 46)
    assert (row.start_datetime, row.properties["keywords"]) == (row.end_datetime, ["snow"])
