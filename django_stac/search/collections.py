"""A page of the list of collections, in the order of their ids."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django_stac.conf import stac_settings
from django_stac.models import Collection
from django_stac.search.cursor import CollectionCursor, Direction, decode_collection, encode_collection

if TYPE_CHECKING:
    from django_stac.models.querysets import CollectionQuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionPage:
    """Collections, with the tokens of the pages beside them."""

    rows: list[Collection]
    next: str | None = None
    prev: str | None = None
    matched: int | None = None
    """How many collections there are; None when counting is off or they are too many."""


def list_collections(visible: "CollectionQuerySet", *, limit: int, token: str | None = None) -> CollectionPage:
    """Return one page of visible collections. Raises InvalidParameter (token)."""
    cursor = None if token is None else decode_collection(token)
    found = list(beyond(visible, cursor)[: limit + 1])
    matched = cursor.matched if cursor else counted(visible, len(found), limit)
    return page_of(found, cursor, limit, matched)


def beyond(collections: "CollectionQuerySet", cursor: CollectionCursor | None) -> "CollectionQuerySet":
    """Those behind a place, nearest first."""
    if cursor is None:
        return collections.order_by("collection_id")
    if cursor.direction is Direction.NEXT:
        return collections.filter(collection_id__gt=cursor.collection_id).order_by("collection_id")
    return collections.filter(collection_id__lt=cursor.collection_id).order_by("-collection_id")


def counted(visible: "CollectionQuerySet", found: int, limit: int) -> int | None:
    """Count all, by a statement only where the first page does not tell."""
    bound = stac_settings.COUNT_BOUND
    if not bound:
        return None
    number = found if found <= limit else visible.order_by()[: bound + 1].count()
    return number if number <= bound else None


def page_of(
    found: list[Collection], cursor: CollectionCursor | None, limit: int, matched: int | None
) -> CollectionPage:
    """Make a page of limit + 1 rows in the direction of the walk."""
    backwards = cursor is not None and cursor.direction is Direction.PREV
    more, rows = len(found) > limit, found[:limit]
    if backwards:
        rows.reverse()
    has_next = bool(rows) and (more or backwards)
    has_prev = bool(rows) and (more if backwards else cursor is not None)
    return CollectionPage(
        rows=rows,
        next=token_of(Direction.NEXT, rows[-1], matched) if has_next else None,
        prev=token_of(Direction.PREV, rows[0], matched) if has_prev else None,
        matched=matched,
    )


def token_of(direction: Direction, row: Collection, matched: int | None) -> str:
    """Write the place beside a collection."""
    return encode_collection(CollectionCursor(direction=direction, collection_id=row.collection_id, matched=matched))
