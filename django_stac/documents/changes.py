"""Changes as they are served."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django_stac.documents.hrefs import Hrefs
from django_stac.spec.datetimes import format_instant

if TYPE_CHECKING:
    from django_stac.history.feed import Change


def present_changes(changes: Iterable["Change"], hrefs: Hrefs) -> list[dict[str, Any]]:
    """Return one object a change: what became of which thing, when, and where it is now."""
    return [present(change, hrefs) for change in changes]


def present(change: "Change", hrefs: Hrefs) -> dict[str, Any]:
    named = {"collection": change.collection} if change.kind == "item" else {}
    told = {"type": change.type, "kind": change.kind, **named, "id": change.id, "at": format_instant(change.at)}
    if change.type == "deleted":
        return told
    shown = {"items": hrefs.items(change.id)} if change.is_shown else {}
    return told | {"digest": change.digest, "href": href_of(change, hrefs), **shown}


def href_of(change: "Change", hrefs: Hrefs) -> str:
    if change.kind == "item":
        return hrefs.item(change.collection, change.id)
    return hrefs.collection(change.id) if change.kind == "collection" else hrefs.catalog(change.id)
