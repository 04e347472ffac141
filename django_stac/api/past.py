"""Whose history is asked for: an item, a collection or a catalogue, that stands or is gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django_stac.access import CREATING, REPLACING, AccessPolicy, Action
from django_stac.api.departures import departure
from django_stac.documents.hrefs import Hrefs
from django_stac.documents.versions import Links, media_type
from django_stac.exceptions import NotFound
from django_stac.history.chronicle import Chronicle
from django_stac.history.names import Name, Row
from django_stac.models import Collection, Item, Kind, Tombstone
from django_stac.spec.links import link
from django_stac.spec.media_types import JSON

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from django_stac.access import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A thing that the user sees, or saw until it was deleted; ``home`` is the collection that it is or belongs to."""

    name: Name
    row: Row | None
    home: Collection | None
    departure: Tombstone | None
    chronicle: Chronicle

    @property
    def replace(self) -> Action:
        return REPLACING[self.name.kind]

    @property
    def create(self) -> Action:
        return CREATING[self.name.kind]

    @property
    def rights(self) -> dict[str, Any]:
        """What the policy is asked about."""
        return {"collection": self.home, "item": self.row if isinstance(self.row, Item) else None}


def past_of(names: Sequence[Name], policy: AccessPolicy, user: "User", using: str | None = None) -> Past:
    """Return the past of the first of these names that stands, else of the first that stood. Raises NotFound."""
    for name in names:
        if row := rows_of(name, policy, user, using).first():
            return told(name, row, None, policy, user, using)
    for name in names:
        if stone := departure(name, policy, user, using):
            return told(name, None, stone, policy, user, using)
    raise NotFound(f"There is no {names[0]}.")


def rows_of(name: Name, policy: AccessPolicy, user: "User", using: str | None) -> "QuerySet[Any]":
    """What the user sees of this name: one row or none."""
    if name.kind == Kind.ITEM:
        items = policy.visible_items(user, using).select_related("collection")
        return items.filter(collection__collection_id=name.collection_id, item_id=name.thing_id)
    if name.kind == Kind.COLLECTION:
        return policy.visible_collections(user, using).filter(collection_id=name.thing_id)
    return policy.visible_catalogs(user, using).filter(catalog_id=name.thing_id)


def told(
    name: Name, row: Row | None, stone: Tombstone | None, policy: AccessPolicy, user: "User", using: str | None
) -> Past:
    """What the user may be told of it, who sees it."""
    home = home_of(name, row, policy, user, using)
    seen = policy.seen_versions(user, collection=home)
    chronicle = Chronicle(name=name, row=row, told=seen, using=using)
    return Past(name=name, row=row, home=home, departure=stone, chronicle=chronicle)


def home_of(name: Name, row: Row | None, policy: AccessPolicy, user: "User", using: str | None) -> Collection | None:
    """The collection whose owners have rights in the thing; None where it is gone, too, and for catalogues."""
    if isinstance(row, Collection) or name.kind == Kind.CATALOG:
        return row if isinstance(row, Collection) else None
    if isinstance(row, Item):
        return row.collection
    return policy.visible_collections(user, using).filter(collection_id=name.collection_id).first()


def links_of_versions(row: Row, policy: AccessPolicy, user: "User", hrefs: Hrefs, using: str | None = None) -> Links:
    """The way from a row that the user sees to what it was, for those who may see that; empty where it was nothing."""
    if not policy.may_remember(user):
        return []
    past = told(Name.of(row), row, None, policy, user, using)
    if not policy.sees_history(user, past.replace, **past.rights):
        return []
    before = past.chronicle.versions.values_list("number", flat=True).first()
    return [] if before is None else links_before(past.name, past.name.place(hrefs), before, hrefs)


def links_before(name: Name, place: str, before: int, hrefs: Hrefs) -> Links:
    """The links of what stands, as the STAC version extension names them."""
    return [
        link("predecessor-version", hrefs.version(place, before), type=media_type(name.kind)),
        link("version-history", hrefs.history(place), type=JSON),
    ]
