"""Keys of many rows as one parameter."""

import pytest

from django_stac.models import Collection
from django_stac.models.among import among
from tests.factories import put_collection

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys():
    return [put_collection(name).pk for name in ("a", "b", "c")]


def found(condition):
    return list(Collection.objects.filter(condition).values_list("pk", flat=True))


def test_rows_are_found_by_their_keys(keys):
    assert found(among("pk", keys[:2])) == keys[:2]
    assert found(~among("pk", keys[:2])) == keys[2:]


def test_no_keys_add_nothing_to_other_conditions():
    assert not among("pk", [])


def test_any_number_of_keys_is_one_parameter(keys):
    rows = Collection.objects.filter(among("pk", range(1, keys[-1] + 70_000)))
    assert [len(parameter) for parameter in rows.query.sql_with_params()[1]] == [keys[-1] + 69_999]
    assert list(rows.values_list("pk", flat=True)) == keys
