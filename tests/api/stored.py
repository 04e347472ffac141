"""Files in the storage of the tests, and items that own them."""

from pathlib import Path

from django.core.files.storage import storages

from django_stac import transactions
from django_stac.models.stored_file import reference
from django_stac.transactions import FileFact, Incoming
from tests.factories import an_item, put_collection

STORAGE = "scenes"


def write_file(path, content):
    """Put bytes into the storage, whatever was there."""
    target = Path(storages[STORAGE].path(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return target


def put_scene(item_id, path, content=b"0123456789", *, collection="scenes", published=True):
    """Store an item whose asset is a file in the storage."""
    write_file(path, content)
    put_collection(collection)
    asset = {"href": reference(STORAGE, path), "type": "image/tiff; application=geotiff; profile=cloud-optimized"}
    document = an_item(item_id, collection=collection, assets={"data": asset})
    fact = FileFact(storage=STORAGE, path=path, key="data", size=len(content))
    report = transactions.upsert_items([Incoming(document=document, files=[fact])], published=published)
    assert report.created == 1, report.failures
