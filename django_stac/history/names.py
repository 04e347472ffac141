"""What a thing is called, whether or not it stands."""

from dataclasses import dataclass
from typing import Self, TypeVar

from django_stac.documents.hrefs import Hrefs
from django_stac.models import Catalog, Collection, Item, Kind
from django_stac.models.thing import ThingQuerySet

Row = Catalog | Collection | Item
NOUNS = {Kind.COLLECTION: "collection", Kind.CATALOG: "catalogue"}
T = TypeVar("T", bound=ThingQuerySet)  # type: ignore[type-arg]


@dataclass(frozen=True, slots=True)
class Name:
    """The ids of an item, a collection or a catalogue, as the rows of the history have them."""

    kind: Kind
    collection_id: str
    thing_id: str

    @classmethod
    def of(cls, row: Row) -> Self:
        """The name of what stands; the collection of an item must be loaded."""
        if isinstance(row, Item):
            return cls(Kind.ITEM, row.collection.collection_id, row.item_id)
        if isinstance(row, Collection):
            return cls(Kind.COLLECTION, row.collection_id, row.collection_id)
        return cls(Kind.CATALOG, "", row.catalog_id)

    @classmethod
    def of_item(cls, collection_id: str, item_id: str) -> Self:
        return cls(Kind.ITEM, collection_id, item_id)

    @classmethod
    def of_collection(cls, collection_id: str) -> Self:
        return cls(Kind.COLLECTION, collection_id, collection_id)

    @classmethod
    def of_catalog(cls, catalog_id: str) -> Self:
        return cls(Kind.CATALOG, "", catalog_id)

    def among(self, rows: T) -> T:
        """Those rows that tell of it."""
        return rows.filter(kind=self.kind, collection_id=self.collection_id, thing_id=self.thing_id)

    def place(self, hrefs: Hrefs) -> str:
        """Where it stands, or stood."""
        if self.kind == Kind.ITEM:
            return hrefs.item(self.collection_id, self.thing_id)
        return hrefs.collection(self.thing_id) if self.kind == Kind.COLLECTION else hrefs.catalog(self.thing_id)

    def __str__(self) -> str:
        """In the words of messages."""
        if self.kind == Kind.ITEM:
            return f"item {self.thing_id!r} in collection {self.collection_id!r}"
        return f"{NOUNS[self.kind]} {self.thing_id!r}"


def item_names(collection_id: str, item_id: str) -> tuple[Name, ...]:
    """The name of exactly this id of a path, then of the id without one slash at its end."""
    ids = (item_id, item_id.removesuffix("/")) if item_id.endswith("/") else (item_id,)
    return tuple(Name.of_item(collection_id, each) for each in ids)
