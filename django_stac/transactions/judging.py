"""What the gate would say of documents that are stored already: rules may have become stricter since."""

from collections.abc import Container
from functools import singledispatch
from typing import Any

from django_stac.exceptions import InvalidDocument
from django_stac.models import Catalog, Collection, Item
from django_stac.transactions.files import references_of
from django_stac.transactions.prepare import prepare_catalog, prepare_collection, prepare_item
from django_stac.transactions.schemas import strictness_of
from django_stac.transactions.strictness import Strictness
from django_stac.validation.extensions import Findings
from django_stac.validation.problems import Problem

Document = dict[str, Any]


def problems_of(row: Item | Collection | Catalog) -> tuple[Problem, ...]:
    """Validate a stored document as if it came in now; empty when it would be taken. The item's collection is read."""
    return tuple(findings_of(row).problems)


@singledispatch
def findings_of(row: Any) -> Findings:
    """What the gate would say of the row's document, and which of its extensions it could not check."""
    raise TypeError(f"{type(row).__name__} is no item, collection or catalogue.")


@findings_of.register(Item)
def findings_of_item(row: Item) -> Findings:
    using = str(row._state.db)
    own = references_of(using, items=[row.pk]).get(row.pk, set())
    home = row.collection
    return findings(row.document, collection_id=home.collection_id, files=own, strictness=strictness_of(home, using))


@findings_of.register(Collection)
def findings_of_collection(row: Collection) -> Findings:
    using = str(row._state.db)
    own = references_of(using, collections=[row.pk]).get(row.pk, set())
    return findings(row.document, files=own, strictness=strictness_of(row, using))


@findings_of.register(Catalog)
def findings_of_catalog(row: Catalog) -> Findings:
    return findings(row.document, strictness=strictness_of(None, str(row._state.db)))


def findings(
    document: Document, *, strictness: Strictness, collection_id: str = "", files: Container[str] = ()
) -> Findings:
    """What the gate would say of a document of any type; an item is judged as one of this collection."""
    try:
        match document.get("type"):
            case "Collection":
                prepared = prepare_collection(document, files=files, strictness=strictness)
            case "Catalog":
                prepared = prepare_catalog(document, strictness=strictness)
            case _:
                prepared = prepare_item(document, collection_id=collection_id, files=files, strictness=strictness)
    except InvalidDocument as error:
        return Findings(problems=list(error.problems))
    return Findings(unchecked=dict(prepared.unchecked))
