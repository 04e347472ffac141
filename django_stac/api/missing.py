"""The error for what somebody asks for and does not see: it never was there, or it was deleted."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django_stac.access import AccessPolicy
from django_stac.api.departures import departure
from django_stac.api.past import Past, told
from django_stac.documents.hrefs import Hrefs
from django_stac.documents.versions import media_type
from django_stac.exceptions import Gone, NotFound
from django_stac.history.names import Name
from django_stac.spec.links import link
from django_stac.spec.media_types import JSON

if TYPE_CHECKING:
    from django_stac.access import User


def missing(
    names: Sequence[Name], policy: AccessPolicy, user: "User", hrefs: Hrefs, using: str | None = None
) -> NotFound:
    """Return Gone for the first of these names that the user saw until it was deleted, else NotFound."""
    for name in names:
        if stone := departure(name, policy, user, using):
            links = links_to_past(told(name, None, stone, policy, user, using), policy, user, hrefs)
            message = f"There is no {name} any more: it was deleted at {stone.at:%Y-%m-%d %H:%M} UTC."
            return Gone(message, since=stone.at, links=links)
    return NotFound(f"There is no {names[0]}.")


def links_to_past(past: Past, policy: AccessPolicy, user: "User", hrefs: Hrefs) -> list[dict[str, Any]]:
    """Where it can be read, and had again, by who may see what it was."""
    if not policy.sees_history(user, past.replace, **past.rights):
        return []
    place, newest = past.name.place(hrefs), past.chronicle.newest
    history = link("version-history", hrefs.history(place), type=JSON)
    if newest is None:
        return [history]
    kind, last = media_type(past.name.kind), hrefs.version(place, newest)
    again = [link("restore", last, type=kind, method="POST")] if may_restore(past, policy, user) else []
    return [history, link("latest-version", last, type=kind), *again]


def may_restore(past: Past, policy: AccessPolicy, user: "User") -> bool:
    """Whether the user may restore a version: also make it anew, where nothing stands."""
    actions = [past.replace, *([] if past.row else [past.create])]
    return all(policy.may(user, action, **past.rights) for action in actions)
