"""The verb by which owners declare what the items of a collection may be filtered and sorted by."""

from typing import TYPE_CHECKING, Any

from django_stac import signals
from django_stac.cql2.declared import problems_of
from django_stac.exceptions import InvalidDocument
from django_stac.models import Collection
from django_stac.transactions.collections import dispute, locked_collection
from django_stac.transactions.gate import write

if TYPE_CHECKING:
    from django_stac.access import User


def set_queryables(
    collection_id: str,
    declared: dict[str, Any] | None,
    *,
    using: str | None = None,
    actor: "User" = None,
) -> Collection:
    """Declare properties of a collection's items, ``{property: JSON Schema}``; None takes every declaration back.

    What is declared goes before what is observed. Raises InvalidDocument, with the place of all that is wrong, or
    NotFound.
    """
    if declared is not None and (problems := problems_of(declared)):
        raise InvalidDocument(problems, document_id=collection_id)
    with write(using, actor) as current:
        collection = locked_collection(collection_id, current, to_delete=False)
        if collection.queryables != declared:
            collection.queryables = declared
            dispute(collection)
            collection.save(using=current.using, update_fields=["queryables", "disputed"])
            current.note(signals.collections_changed, "updated", collection_id)
    return collection
