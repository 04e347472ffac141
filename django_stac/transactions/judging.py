"""What the gate would say of documents that are stored already: rules may have become stricter since."""

from functools import singledispatch
from typing import Any

from django_stac.exceptions import InvalidDocument
from django_stac.models import Catalog, Collection, Item
from django_stac.transactions.files import references_of
from django_stac.transactions.prepare import prepare_catalog, prepare_collection, prepare_item
from django_stac.validation.problems import Problem


def problems_of(row: Item | Collection | Catalog) -> tuple[Problem, ...]:
    """Validate a stored document as if it came in now; empty when it would be taken. The item's collection is read."""
    try:
        judge(row)
    except InvalidDocument as error:
        return error.problems
    return ()


@singledispatch
def judge(row: Any) -> None:
    """Raise InvalidDocument when the gate would refuse the row's document."""
    raise TypeError(f"{type(row).__name__} is no item, collection or catalogue.")


@judge.register(Item)
def judge_item(row: Item) -> None:
    own = references_of(str(row._state.db), items=[row.pk]).get(row.pk, set())
    prepare_item(row.document, collection_id=row.collection.collection_id, files=own)


@judge.register(Collection)
def judge_collection(row: Collection) -> None:
    own = references_of(str(row._state.db), collections=[row.pk]).get(row.pk, set())
    prepare_collection(row.document, files=own)


@judge.register(Catalog)
def judge_catalog(row: Catalog) -> None:
    prepare_catalog(row.document)
