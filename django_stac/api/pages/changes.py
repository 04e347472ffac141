"""The feed of changes as a table."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from django_stac.api.pages.hyperlinks import web_url
from django_stac.api.pages.members import objects
from django_stac.api.pages.times import instant, moment_in_words
from django_stac.api.pages.visit import Visit


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What became of one thing, in words."""

    at: str
    type: str
    kind: str
    collection: str
    id: str
    url: str | None


def changes(visit: Visit) -> list[ChangeRow]:
    """A row for each change of the document."""
    return [change_row(change, visit) for change in objects(visit.document.get("changes"))]


def change_row(change: dict[str, Any], visit: Visit) -> ChangeRow:
    types = {"created": _("created"), "updated": _("updated"), "deleted": _("deleted")}
    kinds = {"item": _("item"), "collection": _("collection"), "catalog": _("catalogue")}
    at = instant(change["at"])
    return ChangeRow(
        at=moment_in_words(at) if at else "",
        type=types[change["type"]],
        kind=kinds[change["kind"]],
        collection=change.get("collection", ""),
        id=change["id"],
        url=web_url(change.get("href"), visit.url),
    )
