"""The column of documents."""

import orjson
import pytest
from django.core.exceptions import FieldError
from django.core.management import call_command

from django_stac.models import Item
from django_stac.models.document import DocumentField, dump
from tests.factories import an_item, put


def test_links_are_the_last_member():
    assert list(orjson.loads(dump({"links": [], "id": "a", "type": "Feature"}))) == ["id", "type", "links"]


def test_links_are_always_there():
    assert dump({"id": "a"}) == b'{"id":"a","links":[]}'


def test_a_document_comes_back_as_it_went_in(db):
    document = an_item(
        geometry={"type": "Point", "coordinates": [10.5, 45.5, 320.25]}, **{"my:field": [1, None, {"ü": 1e300}]}
    )
    (stored,) = put(document)
    assert Item.objects.get().document == {**document, "bbox": stored.document["bbox"]}


def test_the_column_refuses_lookups_into_its_bytes(db):
    with pytest.raises(FieldError):
        Item.objects.filter(document__contains="x")


def test_the_form_field_takes_json_and_refuses_the_rest():
    field = DocumentField()
    assert field.to_python('{"id": "a"}') == {"id": "a"}
    with pytest.raises(Exception, match="Enter a JSON object"):
        field.to_python("{")
    with pytest.raises(Exception, match="Enter a JSON object"):
        field.validate([1], None)


def test_dumpdata_and_loaddata_round_trip(db, tmp_path):
    put(an_item())
    dump_file = tmp_path / "dump.json"
    call_command("dumpdata", "django_stac", output=str(dump_file))
    call_command("loaddata", str(dump_file), verbosity=0)
    assert Item.objects.get().document["id"] == "scene"
