"""What was deleted: who could see it is told so (410), and where it can be had again."""

from typing import TYPE_CHECKING

from django_stac.access import AccessPolicy
from django_stac.history.names import Name
from django_stac.models import Kind, Tombstone

if TYPE_CHECKING:
    from django_stac.access import User


def departure(name: Name, policy: AccessPolicy, user: "User", using: str | None = None) -> Tombstone | None:
    """The deletion of what the user could see until then; None of what never was there, or was hidden from them.

    The last that they could see counts: by what happened to it since, nobody learns that it is there again, unseen.
    """
    last = last_seen(name, policy, user, using)
    if last is None or not last.deleted:
        return None
    in_the_dark = name.kind == Kind.ITEM and is_hidden(name.collection_id, policy, user, using)
    return None if in_the_dark else last


def last_seen(name: Name, policy: AccessPolicy, user: "User", using: str | None) -> Tombstone | None:
    """The last that the user could see of how a thing went."""
    return name.among(policy.visible_tombstones(user, using)).order_by("-id").first()


def is_hidden(collection_id: str, policy: AccessPolicy, user: "User", using: str | None) -> bool:
    """Whether a collection left the sight of the user by being hidden, be it there or deleted since."""
    if policy.visible_collections(user, using).filter(collection_id=collection_id).exists():
        return False
    last = last_seen(Name.of_collection(collection_id), policy, user, using)
    return last is None or not last.deleted
