"""The verb of rights: columns of a collection, in no document and no digest."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django_stac import signals
from django_stac.history.tombstones import lock_sight
from django_stac.models import Collection, Kind, Visibility
from django_stac.models.changed import CurrentTransaction
from django_stac.transactions.collections import locked_collection
from django_stac.transactions.gate import write

if TYPE_CHECKING:
    from django_stac.access import User

GROUP_KEYS = range(1, 2**31)
"""What the column of groups holds."""
BREADTH = (Visibility.GROUPS, Visibility.SIGNED_IN, Visibility.PUBLIC)
"""From the few to all."""


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
        changed = {name: to for name, to in wanted.items() if to not in (None, getattr(collection, name))}
        if changed:
            lock_sight([collection.pk], current.using)
            if any(narrows(collection, name, to) for name, to in changed.items()):
                current.hide(Kind.COLLECTION, collection.pk)
            now = CurrentTransaction()
            rows = Collection.objects.using(current.using).filter(pk=collection.pk)
            rows.update(**changed, changed=now, shown=now)
            current.note(signals.collections_changed, "updated", collection_id)
    for name, to in changed.items():
        setattr(collection, name, to)
    return collection


def narrows(collection: Collection, name: str, to: Any) -> bool:
    """Whether a new value of this column takes the collection, or hidden items of it, from somebody's sight."""
    before = getattr(collection, name)
    if name == "visibility":
        return BREADTH.index(to) < BREADTH.index(before)
    matters = name == "owner_groups" or collection.visibility == Visibility.GROUPS
    return matters and not set(before) <= set(to)


def keys_of(groups: Iterable[int]) -> list[int]:
    """The keys in order, each once. Raises TypeError or ValueError."""
    keys = list(groups)
    if strangers := [key for key in keys if type(key) is not int]:
        raise TypeError(f"Groups are named by their primary keys, not by {strangers[0]!r}.")
    if outside := sorted(key for key in keys if key not in GROUP_KEYS):
        raise ValueError(f"No group has the primary key {outside[0]}.")
    return sorted(set(keys))
