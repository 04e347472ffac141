"""Whose history is asked for: an item, a collection or a catalogue, that stands or is gone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django_stac import transactions
from django_stac.access import AccessPolicy, Action
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
class Sort:
    """What differs between items, collections and catalogues."""

    replace: Action
    create: Action
    href: Callable[[Hrefs, Name], str]
    rows: Callable[[AccessPolicy, "User", str | None, Name], "QuerySet[Any]"]
    """What the user sees of that name: one row or none."""
    restore: Callable[..., tuple[Row, bool]]
    """The verb: it takes the ids of the thing and the number of a version, and tells whether it was deleted."""


SORTS = {
    Kind.ITEM: Sort(
        replace=Action.REPLACE_ITEM,
        create=Action.CREATE_ITEM,
        href=lambda hrefs, name: hrefs.item(name.collection_id, name.thing_id),
        rows=lambda policy, user, using, name: (
            policy.visible_items(user, using)
            .filter(collection__collection_id=name.collection_id, item_id=name.thing_id)
            .select_related("collection")
        ),
        restore=lambda name, number, **further: transactions.restore_item(
            name.collection_id, name.thing_id, number, **further
        ),
    ),
    Kind.COLLECTION: Sort(
        replace=Action.REPLACE_COLLECTION,
        create=Action.CREATE_COLLECTION,
        href=lambda hrefs, name: hrefs.collection(name.thing_id),
        rows=lambda policy, user, using, name: policy.visible_collections(user, using).filter(
            collection_id=name.thing_id
        ),
        restore=lambda name, number, **further: transactions.restore_collection(name.thing_id, number, **further),
    ),
    Kind.CATALOG: Sort(
        replace=Action.REPLACE_CATALOG,
        create=Action.CREATE_CATALOG,
        href=lambda hrefs, name: hrefs.catalog(name.thing_id),
        rows=lambda policy, user, using, name: policy.visible_catalogs(user, using).filter(catalog_id=name.thing_id),
        restore=lambda name, number, **further: transactions.restore_catalog(name.thing_id, number, **further),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A thing that the user sees, or saw until it was deleted; ``home`` is the collection that it is or belongs to."""

    name: Name
    row: Row | None
    home: Collection | None
    departure: Tombstone | None
    chronicle: Chronicle

    @property
    def sort(self) -> Sort:
        return SORTS[self.name.kind]

    @property
    def rights(self) -> dict[str, Any]:
        """What the policy is asked about."""
        return {"collection": self.home, "item": self.row if isinstance(self.row, Item) else None}


def past_of(names: Sequence[Name], policy: AccessPolicy, user: "User", using: str | None = None) -> Past:
    """Return the past of the first of these names that stands, else of the first that stood. Raises NotFound."""
    for name in names:
        if row := SORTS[name.kind].rows(policy, user, using, name).first():
            return told(name, row, None, policy, user, using)
    for name in names:
        if stone := departure(name, policy, user, using):
            return told(name, None, stone, policy, user, using)
    raise NotFound(f"There is no {names[0]}.")


def told(
    name: Name, row: Row | None, stone: Tombstone | None, policy: AccessPolicy, user: "User", using: str | None
) -> Past:
    """What the user may be told of it, who sees it."""
    home = home_of(name, row, policy, user, using)
    seen = policy.seen_versions(user, name.kind, collection=home)
    chronicle = Chronicle(name=name, row=row, told=seen, using=using)
    return Past(name=name, row=row, home=home, departure=stone, chronicle=chronicle)


def home_of(name: Name, row: Row | None, policy: AccessPolicy, user: "User", using: str | None) -> Collection | None:
    """The collection that owners of which have rights in; None where it is gone, too, and for catalogues."""
    if isinstance(row, Collection) or name.kind == Kind.CATALOG:
        return row if isinstance(row, Collection) else None
    if isinstance(row, Item):
        return row.collection
    return policy.visible_collections(user, using).filter(collection_id=name.collection_id).first()


def links_of_versions(name: Name, row: Row | None, policy: AccessPolicy, user: "User", hrefs: Hrefs) -> Links:
    """The way from a thing that the user sees to what it was, for those who may see that; empty where it was nothing.

    ``row`` saves a statement for a collection.
    """
    if not policy.may_remember(user):
        return []
    past = told(name, row, None, policy, user, None)
    if not policy.sees_history(user, past.sort.replace, **past.rights):
        return []
    before = past.chronicle.versions.values_list("number", flat=True).first()
    return [] if before is None else links_before(name, past.sort.href(hrefs, name), before, hrefs)


def links_before(name: Name, place: str, before: int, hrefs: Hrefs) -> Links:
    """The links of what stands, as the STAC version extension names them."""
    return [
        link("predecessor-version", hrefs.version(place, before), type=media_type(name.kind)),
        link("version-history", hrefs.history(place), type=JSON),
    ]
