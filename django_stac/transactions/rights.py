"""The verb of rights: columns of a collection, in no document and no digest."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django_stac import signals
from django_stac.models import Collection, Visibility
from django_stac.transactions.collections import locked_collection
from django_stac.transactions.gate import write

if TYPE_CHECKING:
    from django_stac.access import User

GROUP_KEYS = range(1, 2**31)
"""What the column of groups holds."""


def set_rights(
    collection_id: str,
    *,
    visibility: Visibility | str | None = None,
    viewer_groups: Iterable[int] | None = None,
    owner_groups: Iterable[int] | None = None,
    using: str | None = None,
    actor: "User" = None,
) -> Collection:
    """Say who may see a published collection and who owns it; groups are primary keys, and what is None stays.

    Viewers count where ``visibility`` is ``groups``. Owners always see it, and write its document and items. Raises
    ValueError for another visibility or a key that no group has, TypeError for what is no key, or NotFound.
    """
    wanted = {
        "visibility": None if visibility is None else Visibility(visibility).value,
        "viewer_groups": None if viewer_groups is None else keys_of(viewer_groups),
        "owner_groups": None if owner_groups is None else keys_of(owner_groups),
    }
    with write(using, actor) as current:
        collection = locked_collection(collection_id, current, to_delete=False)
        changed = [name for name, value in wanted.items() if value not in (None, getattr(collection, name))]
        for name in changed:
            setattr(collection, name, wanted[name])
        if changed:
            collection.save(using=current.using, update_fields=[*changed, "updated"])
            current.note(signals.collections_changed, "updated", collection_id)
    return collection


def keys_of(groups: Iterable[int]) -> list[int]:
    """The keys in order, each once. Raises TypeError or ValueError."""
    keys = list(groups)
    if strangers := [key for key in keys if type(key) is not int]:
        raise TypeError(f"Groups are named by their primary keys, not by {strangers[0]!r}.")
    if outside := sorted(key for key in keys if key not in GROUP_KEYS):
        raise ValueError(f"No group has the primary key {outside[0]}.")
    return sorted(set(keys))
