"""Schemas of extensions lie in the catalogue's database, and documents there are judged by them."""

import pytest
from django.core.management import call_command

from django_stac import transactions
from django_stac.exceptions import InvalidDocument
from django_stac.models import ExtensionSchema
from tests.factories import an_item, put, put_collection
from tests.transactions.extension import GRADE, TEXTS, graded

pytestmark = pytest.mark.django_db(databases=["default", "geo"])


@pytest.fixture
def mirror(tmp_path):
    """A folder of schemas."""
    for uri, text in TEXTS.items():
        file = tmp_path / uri.removeprefix("https://")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path


@pytest.mark.parametrize("alias", [{}, {"database": "geo"}], ids=["router", "told"])
def test_items_are_judged_by_the_schemas_of_their_database(mirror, alias):
    call_command("stac_schemas", sources=[str(mirror)], verbosity=0, **alias)
    assert ExtensionSchema.objects.using("geo").filter(uri=GRADE).exists()
    put_collection()
    transactions.set_validation("scenes", level="extensions")
    with pytest.raises(InvalidDocument, match="grade:value"):
        put(graded(an_item(), 0))
    call_command("stac_validate", verbosity=0, **alias)
