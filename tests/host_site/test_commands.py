"""Commands write where the router says, or where they are told."""

import json

import pytest
from django.core.management import call_command

from django_stac.models import Asset, Collection, Item
from tests.factories import a_collection, an_item, put
from tests.ingest.rasters import a_raster

pytestmark = pytest.mark.django_db(databases=["default", "geo"])
ALIASES = pytest.mark.parametrize("alias", [{}, {"database": "geo"}], ids=["router", "told"])


@ALIASES
def test_rasters_become_items(archive, alias):
    a_raster(archive.base_location / "scenes" / "one.tif")
    call_command("stac_ingest", str(archive.base_location / "scenes"), verbosity=0, workers=1, **alias)
    assert Item.objects.using("geo").get().item_id == "one"


@ALIASES
def test_documents_are_loaded(tmp_path, alias):
    lines = [a_collection(), an_item("a"), an_item("b")]
    path = tmp_path / "lines.ndjson"
    path.write_text("\n".join(map(json.dumps, lines)))
    call_command("stac_load", str(path), verbosity=0, **alias)
    assert Item.objects.using("geo").count() == 2


@ALIASES
def test_what_items_say_of_their_collection_is_derived(alias):
    put(an_item("a"))
    call_command("stac_derive", verbosity=0, **alias)
    assert Collection.objects.using("geo").get().derived["count"] == 1


@ALIASES
def test_a_dry_run_stores_nothing(tmp_path, alias):
    path = tmp_path / "lines.ndjson"
    path.write_text(json.dumps(a_collection()))
    call_command("stac_load", str(path), verbosity=0, dry_run=True, **alias)
    assert not Collection.objects.exists()


@pytest.mark.django_db(databases=["default", "geo"], transaction=True)
def test_a_dump_of_the_catalogue_is_loaded_again(tmp_path):
    put(an_item("a"))
    dump, stored = tmp_path / "dump.json", Item.objects.get().document
    call_command("dumpdata", "django_stac", database="geo", output=str(dump), verbosity=0)
    call_command("flush", database="geo", interactive=False, verbosity=0)
    call_command("loaddata", str(dump), database="geo", verbosity=0)
    assert Item.objects.get().document == stored
    assert Asset.objects.get().key == "data"


def test_a_dump_of_the_site_leaves_the_catalogue_out(tmp_path, person):
    put(an_item("a"))
    person()
    dump = tmp_path / "dump.json"
    call_command("dumpdata", output=str(dump), verbosity=0)
    models = {row["model"] for row in json.loads(dump.read_text())}
    assert "host_site.person" in models
    assert not [model for model in models if model.startswith("django_stac.")]


def test_stale_content_types_are_none_of_the_catalogues(capsys):
    call_command("remove_stale_contenttypes", interactive=False, include_stale_apps=True, verbosity=2)
    assert "django_stac" not in capsys.readouterr().out
