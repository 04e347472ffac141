"""The verb by which owners say how the documents of a collection are judged, and what they ask of its items."""

from typing import TYPE_CHECKING, Any

from django_stac import signals
from django_stac.exceptions import InvalidDocument
from django_stac.models import Collection, Validation
from django_stac.transactions.collections import locked_collection
from django_stac.transactions.gate import write
from django_stac.validation.rules import problems_of_rules

if TYPE_CHECKING:
    from django_stac.access import User


def set_validation(
    collection_id: str,
    *,
    level: Validation | str | None = None,
    rules: dict[str, Any] | None = None,
    using: str | None = None,
    actor: "User" = None,
) -> Collection:
    """Say how the collection and its items are checked from now on; what is None stays, what is empty is taken back.

    Rules are ``extensions`` that items must name, a JSON ``schema`` that they must fit, and ``item_assets``: ``keys``
    or ``match``. Raises ValueError for another level, InvalidDocument for wrong rules with the place of all that is
    wrong, or NotFound.
    """
    wanted = {"validation": Validation(level).value if level else level, "rules": rules}
    if rules is not None and (problems := problems_of_rules(rules)):
        raise InvalidDocument(problems, document_id=collection_id)
    with write(using, actor) as current:
        collection = locked_collection(collection_id, current, to_delete=False)
        changed = [name for name, value in wanted.items() if value is not None and value != getattr(collection, name)]
        for name in changed:
            setattr(collection, name, wanted[name])
        if changed:
            collection.save(using=current.using, update_fields=changed)
            current.note(signals.collections_changed, "updated", collection_id)
    return collection
