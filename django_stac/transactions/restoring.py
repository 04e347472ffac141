"""The verbs that bring a version back: over what stands, which is a version then, or after it was deleted."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, Any, TypeVar

from django_stac.exceptions import InvalidDocument, NotFound, PreconditionFailed
from django_stac.history.names import Name
from django_stac.models import Catalog, Collection, Item, Kind, Tombstone, Version
from django_stac.transactions import catalogs, collections, items
from django_stac.transactions.files import FileFact
from django_stac.transactions.gate import Write, require_match, write

if TYPE_CHECKING:
    from django_stac.access import User
    from django_stac.models.querysets import TombstoneQuerySet, VersionQuerySet

Beside = dict[str, Any]
R = TypeVar("R", Item, Collection, Catalog)

RIGHTS = ("published", "visibility", "viewer_groups", "owner_groups")
"""What a tombstone keeps of a collection, under the same names."""
BESIDE = ("extent_mode", "validation", "rules", "queryables")
"""And what a version keeps."""


def restore(
    name: Name, number: int, *, if_match: str | None = None, using: str | None = None, actor: "User" = None
) -> tuple[Item | Collection | Catalog, bool]:
    """Do what the verb of its kind does."""
    if name.kind == Kind.ITEM:
        return restore_item(name.collection_id, name.thing_id, number, if_match=if_match, using=using, actor=actor)
    verb = restore_collection if name.kind == Kind.COLLECTION else restore_catalog
    return verb(name.thing_id, number, if_match=if_match, using=using, actor=actor)


def restore_item(
    collection: str,
    item_id: str,
    number: int,
    *,
    if_match: str | None = None,
    using: str | None = None,
    actor: "User" = None,
) -> tuple[Item, bool]:
    """Store a version of an item again; return the row, and whether it was deleted. Then it is published as it was.

    Raises NotFound (version or collection), InvalidDocument where the rules have become stricter, or
    PreconditionFailed: ``if_match`` is the digest of what stands. What equals the version already stays as it is.
    """
    with write(using, actor) as current:
        versions = Version.objects.using(current.using).of_item(collection, item_id)
        item = standing(partial(items.locked_item, collection, item_id, current), if_match)
        if item is None:
            return revived_item(collection, kept(versions, number), current), True
        if (version := other(versions, number)) is not None:
            items.rewrite(item, version.document, current, files=facts_of(version))
        return item, False


def restore_collection(
    collection_id: str, number: int, *, if_match: str | None = None, using: str | None = None, actor: "User" = None
) -> tuple[Collection, bool]:
    """Store a version of a collection again; return the row, and whether it was deleted.

    Then it is published, visible, owned and listed as it was, but without its items: each of these has versions of
    its own. Raises NotFound, InvalidDocument or PreconditionFailed, as :func:`restore_item`.
    """
    with write(using, actor) as current:
        versions = Version.objects.using(current.using).of_collection(collection_id)
        locked = partial(collections.locked_collection, collection_id, current, to_delete=False)
        collection = standing(locked, if_match)
        if collection is None:
            return revived_collection(kept(versions, number), current, beside_of(versions)), True
        if (version := other(versions, number)) is not None:
            collections.rewrite(collection, version.document, current, files=facts_of(version))
        return collection, False


def restore_catalog(
    catalog_id: str, number: int, *, if_match: str | None = None, using: str | None = None, actor: "User" = None
) -> tuple[Catalog, bool]:
    """Store a version of a catalogue again; return the row, and whether it was deleted.

    Then it lists what it did, and is listed where it was, as far as that stands. Raises NotFound, InvalidDocument or
    PreconditionFailed, as :func:`restore_item`.
    """
    with write(using, actor) as current:
        versions = Version.objects.using(current.using).of_catalog(catalog_id)
        catalog = standing(partial(catalogs.locked_catalog, catalog_id, current), if_match)
        if catalog is None:
            return revived_catalog(kept(versions, number), current, beside_of(versions)), True
        if (version := other(versions, number)) is not None:
            catalogs.rewrite(catalog, version.document, current)
        return catalog, False


# What stands


def standing(locked: Callable[[], R], if_match: str | None) -> R | None:
    """Return the row that is locked, None where there is none. Raises PreconditionFailed when neither is as named."""
    try:
        row = locked()
    except NotFound:
        if if_match is not None:
            raise PreconditionFailed(f"Nothing stands that could have the digest {if_match}.") from None
        return None
    require_match(row.digest, if_match)
    return row


def other(versions: "VersionQuerySet", number: int) -> Version | None:
    """Return the version of this number; None for the number of what stands. Raises NotFound."""
    last = versions.values_list("number", flat=True).last() or 0
    return None if number == last + 1 else kept(versions, number)


def kept(versions: "VersionQuerySet", number: int) -> Version:
    """Return the version of this number, which nobody purges before the write ends. Raises NotFound."""
    # Who purges deletes the files that no row names after that: not those that are on their way back.
    found = versions.kept().filter(number=number).select_for_update().first()
    if found is None:
        raise NotFound(f"There is no version {number}, or its document is not kept any more.")
    return found


def facts_of(version: Version) -> list[FileFact]:
    """The stored files that the document names."""
    return [FileFact(**fact) for fact in version.files or ()]


# What was deleted


def revived_item(collection: str, version: Version, current: Write) -> Item:
    """Make an item anew. Raises NotFound for its collection, InvalidDocument or AlreadyExists."""
    home = items.home_of(version.document, collection, current)
    stone = grave(Tombstone.objects.using(current.using).of_item(collection, version.thing_id))
    published, files = stone.item_published, facts_of(version)
    return items.inserted(version.document, home, current, published=published, files=files)


def revived_collection(version: Version, current: Write, beside: Beside) -> Collection:
    """Make a collection anew, with what it had beside its document."""
    stone = grave(Tombstone.objects.using(current.using).of_collection(version.thing_id))
    columns = {name: getattr(stone, name) for name in RIGHTS}
    columns |= {name: beside[name] for name in BESIDE if name in beside}
    collection = Collection(document=version.document, **columns)
    collections.inserted(collection, version.document, current, files=facts_of(version))
    parents = Catalog.objects.using(current.using).filter(catalog_id__in=beside.get("parents", ()))
    list_again(parents, [collection], current)
    return collection


def revived_catalog(version: Version, current: Write, beside: Beside) -> Catalog:
    """Make a catalogue anew, in its place of the graph."""
    catalog = catalogs.inserted(version.document, current)
    shelves, homes = Catalog.objects.using(current.using), Collection.objects.using(current.using)
    list_again(shelves.filter(catalog_id__in=beside.get("parents", ())), [catalog], current)
    list_again([catalog], shelves.filter(catalog_id__in=beside.get("catalogs", ())), current)
    list_again([catalog], homes.filter(collection_id__in=beside.get("collections", ())), current)
    return catalog


def grave(stones: "TombstoneQuerySet") -> Tombstone:
    """The last tombstone of a thing that was deleted; what has none comes back hidden."""
    return stones.filter(deleted=True).last() or Tombstone(published=False, item_published=False)


def beside_of(versions: "VersionQuerySet") -> Beside:
    """What the thing had beside its document when it was deleted; nothing where no history was kept then."""
    last = versions.last()
    return last.beside or {} if last else {}


def list_again(parents: Iterable[Catalog], children: Iterable[Catalog | Collection], current: Write) -> None:
    """List children under parents, but for what would make a cycle by now."""
    for parent, child in product(parents, children):
        with suppress(InvalidDocument, NotFound):
            catalogs.add_child(parent, child, using=current.using, actor=current.actor)
