"""Who may see and do what: one object that is always asked, so that no page, count, extent, link or file can leak."""

from collections.abc import Iterable
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeGuard

from django.db.models import Exists, OuterRef, Q
from django.utils.module_loading import import_string

from django_stac.conf import stac_settings
from django_stac.models import Catalog, Collection, Item, Kind, StoredFile, Tombstone, Visibility
from django_stac.models.among import among
from django_stac.models.collection import IS_PUBLIC
from django_stac.models.querysets import CatalogQuerySet, CollectionQuerySet, ItemQuerySet, TombstoneQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser
    from django.db.models import QuerySet

    User: TypeAlias = AbstractUser | AnonymousUser | None


class Action(Enum):
    """What a user may do; the value is the model permission of this app that allows it. PATCH counts as replacing."""

    CREATE_ITEM = "add_item"
    REPLACE_ITEM = "change_item"
    DELETE_ITEM = "delete_item"
    CREATE_COLLECTION = "add_collection"
    REPLACE_COLLECTION = "change_collection"
    DELETE_COLLECTION = "delete_collection"
    CREATE_CATALOG = "add_catalog"
    REPLACE_CATALOG = "change_catalog"
    DELETE_CATALOG = "delete_catalog"


REPLACING = {
    Kind.ITEM: Action.REPLACE_ITEM,
    Kind.COLLECTION: Action.REPLACE_COLLECTION,
    Kind.CATALOG: Action.REPLACE_CATALOG,
}
CREATING = {
    Kind.ITEM: Action.CREATE_ITEM,
    Kind.COLLECTION: Action.CREATE_COLLECTION,
    Kind.CATALOG: Action.CREATE_CATALOG,
}
OF_OWNERS = {Action.CREATE_ITEM, Action.REPLACE_ITEM, Action.DELETE_ITEM, Action.REPLACE_COLLECTION}
"""What the owners of a collection may do to it."""
TELLING = {Action.CREATE_ITEM: "item", Action.CREATE_COLLECTION: "collection", Action.DELETE_COLLECTION: "item"}
"""Whose refusal tells of hidden rows, and which: an id is taken, a collection is not empty. Who may must see them."""
DECIDING = (
    "visible_catalogs", "visible_collections", "visible_items", "hidden_collections", "visible_to", "shown_to",
)  # fmt: skip
"""What a site replaces that hides more, or less, than the columns of a collection say."""
OF_EVERYBODY = (*DECIDING, "sees_hidden", "given", "groups_of", "owned_by")
"""What a site replaces that shows people who are not signed in something else than what is public."""
OF_ITEMS = ("view_item", "change_item", "delete_item")
OF_COLLECTIONS = ("view_collection", "change_collection", "delete_collection")
"""Permissions on one row, of which each shows it."""
NONE: frozenset[int] = frozenset()


class AccessPolicy:
    """The built-in policy; a site names its own subclass in ``DJANGO_STAC["ACCESS_POLICY"]``.

    A collection that is published is seen by everybody, by people who are signed in, or by its groups, as its
    ``visibility`` says; its owner groups see it always, and all of its items. Other hidden rows are seen by active
    users with the permission ``django_stac.view_collection`` or ``django_stac.view_item``; being staff alone gives
    nothing. An item is visible only in a visible collection. Subclasses narrow the querysets with conditions on the
    rows or with subqueries, not with joins to many rows.
    """

    needs_apps: tuple[str, ...] = ()

    # Seeing

    def visible_catalogs(self, user: "User", using: str | None = None) -> CatalogQuerySet:
        """Every catalogue; what it lists is filtered like everything else."""
        return Catalog.objects.using(using)

    def visible_collections(self, user: "User", using: str | None = None) -> CollectionQuerySet:
        """Collections that the user may see."""
        if not is_known(user) and self.is_built_in(OF_EVERYBODY):
            return public_collections(using).all()
        collections = Collection.objects.using(using)
        return collections if self.sees_hidden(user, "collection") else collections.filter(self.visible_to(user))

    def described_collections(self, user: "User", using: str | None = None) -> CollectionQuerySet:
        """The same, for searches: what was derived from items is used as far as the user may be told of it."""
        visible = self.visible_collections(user, using)
        return visible if self.shows_derived(user) else visible.without_derived()

    def visible_items(self, user: "User", using: str | None = None) -> ItemQuerySet:
        """Items that the user may see."""
        if not is_known(user) and self.is_built_in(OF_EVERYBODY):
            return public_items(using).all()
        items = Item.objects.using(using)
        if not self.sees_hidden(user, "item"):
            shown = Q(published=True) | among("pk", self.given(user, *OF_ITEMS))
            if owned := self.owned_by(user):
                shown |= Q(collection__in=Collection.objects.using(using).filter(owned))
            items = items.filter(shown)
        # The few hidden ones are hashed; a list of the visible would be joined, collection by collection.
        return items.exclude(collection__in=self.hidden_collections(user, using))

    def hidden_collections(self, user: "User", using: str | None = None) -> CollectionQuerySet:
        """Collections that the user may not see: the complement of the visible, whatever a subclass makes of these."""
        collections = Collection.objects.using(using)
        if not self.is_built_in(["visible_collections"]):
            return collections.exclude(pk__in=self.visible_collections(user, using))
        sees_all = self.sees_hidden(user, "collection")
        return collections.none() if sees_all else collections.exclude(self.visible_to(user))

    def owned_collections(self, user: "User", using: str | None = None) -> CollectionQuerySet:
        """Collections that the user owns."""
        collections, owned = Collection.objects.using(using), self.owned_by(user)
        return collections.filter(owned) if owned else collections.none()

    def visible_files(self, user: "User", using: str | None = None) -> "QuerySet[StoredFile]":
        """Files of which the user may see an owner."""
        # Not `in`: beside the OR it would be a hash of every visible item, made anew for each part of a file.
        of_item = Exists(self.visible_items(user, using).filter(pk=OuterRef("item")))
        of_collection = Exists(self.visible_collections(user, using).filter(pk=OuterRef("collection")))
        return StoredFile.objects.using(using).filter(of_item | of_collection)

    def visible_tombstones(self, user: "User", using: str | None = None) -> TombstoneQuerySet:
        """Tombstones of what the user could see then, being who they are now."""
        return Tombstone.objects.using(using).filter(self.seen_then(user))

    def seen_then(self, user: "User") -> Q:
        """The condition on versions and tombstones of what the user could see then, being who they are now.

        A subclass that has things of its own to hide shows them to those alone who see all that is hidden.
        """
        sees_collections, sees_items = (self.sees_hidden(user, noun) for noun in ("collection", "item"))
        if not self.decides_by_columns():
            return Q() if sees_collections and sees_items else Q(pk__in=[])
        seen = Q() if sees_collections else self.shown_to(user)
        if not sees_items:
            seen &= Q(item_published=True) | Q(owner_groups__overlap=list(self.groups_of(user)))
        return seen

    def sight(self, user: "User") -> str:
        """What decides which things the user may see: when it is another, their place in the feed of changes is lost.

        A subclass that has rules of its own adds what they depend on, where that is more than who asks.
        """
        sees = [self.sees_hidden(user, noun) for noun in ("item", "collection")]
        told: list[Any] = [is_known(user), sorted(self.groups_of(user)), *sees, *self.standing(user)]
        if user is not None and not self.decides_by_columns():
            told.append(user.pk)
        return repr(told)

    def standing(self, user: "User") -> list[Any]:
        """What stands of what was given to the user: no tombstone tells them of what is gone."""
        told: list[Any] = []
        for name in (*OF_ITEMS, *OF_COLLECTIONS):
            if keys := self.given(user, name):
                rows = (Item if name in OF_ITEMS else Collection)._default_manager.filter(among("pk", keys))
                told.append((name, *rows.order_by("pk").values_list("pk", flat=True)))
        return told

    def decides_by_columns(self) -> bool:
        """Whether nothing is hidden, or shown, but by what the columns of collections and items say."""
        return self.is_built_in(DECIDING)

    def is_built_in(self, names: Iterable[str]) -> bool:
        """Whether the site has replaced none of these methods."""
        return all(getattr(getattr(self, name), "__func__", None) is BUILT_IN[name] for name in names)

    def shown_to(self, user: "User") -> Q:
        """The condition on collections that a user without ``view_collection`` may see."""
        if not is_known(user):
            return IS_PUBLIC
        groups = list(self.groups_of(user))
        if not groups:
            return Q(published=True, visibility__in=[Visibility.PUBLIC, Visibility.SIGNED_IN])
        seen = ~Q(visibility=Visibility.GROUPS) | Q(viewer_groups__overlap=groups)
        return Q(published=True) & seen | Q(owner_groups__overlap=groups)

    def visible_to(self, user: "User") -> Q:
        """The same, with those that were given to the user one by one."""
        return self.shown_to(user) | among("pk", self.given(user, *OF_COLLECTIONS))

    def owned_by(self, user: "User") -> Q:
        """The condition on collections that the user owns; empty when there can be none."""
        groups = list(self.groups_of(user))
        owned = Q(owner_groups__overlap=groups) if groups else Q()
        return owned | among("pk", self.given(user, Action.REPLACE_COLLECTION.value))

    def sees_hidden(self, user: "User", noun: str) -> bool:
        """Whether the user holds the view permission of ``item`` or ``collection``."""
        return is_known(user) and user.has_perm(f"django_stac.view_{noun}")

    def sees_unpublished(self, user: "User") -> bool:
        """Whether there may be items that the user sees and that are in no derived fact: these are not all, then."""
        sees_some = self.sees_hidden(user, "item") or bool(self.given(user, *OF_ITEMS))
        return sees_some or self.owned_collections(user).exists()

    def shows_derived(self, user: "User") -> bool:
        """Whether the user may be told what the published items of a visible collection have in common.

        A subclass that has items of its own to hide shows nothing that was derived from all of them.
        """
        return self.is_built_in(["visible_items"])

    def is_public(self, user: "User") -> bool:
        """Whether the user gets what everybody gets: such answers may be cached by anybody."""
        return user is None or not user.is_authenticated

    # Remembering

    def sees_history(
        self, user: "User", action: Action, *, collection: Collection | None = None, item: Item | None = None
    ) -> bool:
        """Whether the user sees what a thing was before, that they see now or saw until it was deleted.

        ``action`` is that of replacing things of its kind: who may replace it may know what was replaced. A site that
        opens its history to readers answers True here: who wrote is told to those alone who may write.
        """
        return self.may(user, action, collection=collection, item=item)

    def seen_versions(self, user: "User", *, collection: Collection | None = None) -> Q:
        """The condition on the versions of a thing whose history the user sees: what was withdrawn stays withdrawn.

        The owners of ``collection`` see its whole life, but not that of another that had its id once.
        """
        seen = self.seen_then(user)
        if collection is None or not self.decides_by_columns() or not self.owns(user, collection):
            return seen
        graves = Tombstone.objects.of_collection(collection.collection_id).filter(deleted=True)
        # What a collection was when it was deleted ended right after its tombstone was made.
        its_last = Q(kind=Kind.COLLECTION, deleted=True)
        return seen | Q(~Exists(graves.filter(at__gte=OuterRef("ended")))) & ~its_last

    def may_remember(self, user: "User") -> bool:
        """Whether there may be a history that the user sees: for others it is not looked up."""
        return is_known(user) or not self.is_built_in(["sees_history"])

    # Doing

    def may(
        self, user: "User", action: Action, *, collection: Collection | None = None, item: Item | None = None
    ) -> bool:
        """Whether the user may do this to the collection, to items of it or to this one; not asked is what they see.

        Model permissions count everywhere. Owners, and who holds the object permission ``change_collection``, may
        change the collection and write its items; other object permissions, also of single items, are what they say.
        Who creates, and who deletes collections, must see what is hidden there: a refusal would tell of it.
        """
        if not is_known(user) or not self.sees_all(user, action, collection):
            return False
        if user.has_perm(f"django_stac.{action.value}") or (item is not None and holds(user, action, item)):
            return True
        return collection is not None and self.may_here(user, action, collection)

    def may_here(self, user: "User", action: Action, collection: Collection) -> bool:
        """Whether ownership, or a permission on this one row, lets the user do what model permissions do not."""
        if action not in OF_OWNERS:
            return holds(user, action, collection)
        as_owner = self.owns(user, collection) or holds(user, Action.REPLACE_COLLECTION, collection)
        return as_owner or holds(user, action, collection)

    def sees_all(self, user: "User", action: Action, collection: Collection | None) -> bool:
        """Whether a refusal of this would tell the user of nothing that they may not see."""
        noun = TELLING.get(action)
        return noun is None or self.sees_hidden(user, noun) or (collection is not None and self.owns(user, collection))

    def owns(self, user: "User", collection: Collection) -> bool:
        """Whether one of the user's groups owns the collection, or it was given to the user."""
        in_groups = not self.groups_of(user).isdisjoint(collection.owner_groups)
        return in_groups or collection.pk in self.granted(user, Action.REPLACE_COLLECTION.value)

    def granted(self, user: "User", permission: str) -> frozenset[int]:
        """Primary keys of the rows on which the user holds a permission of this app, such as ``view_item``.

        None here: Django's backends answer for one row. A subclass that knows all shows them in lists and counts.
        """
        return NONE

    def given(self, user: "User", *permissions: str) -> frozenset[int]:
        """Primary keys of the rows on which the user holds one of these."""
        return NONE.union(*(self.granted(user, permission) for permission in permissions)) if is_known(user) else NONE

    def groups_of(self, user: "User") -> frozenset[int]:
        """Primary keys of an active user's groups, asked once a request, and not in SQL: people may live elsewhere."""
        if not is_known(user):
            return NONE
        known: frozenset[int] | None = getattr(user, "_stac_groups", None)
        if known is None:
            known = frozenset(user.groups.values_list("pk", flat=True)) if hasattr(user, "groups") else NONE
            user._stac_groups = known  # type: ignore[attr-defined]
        return known


BUILT_IN = dict(vars(AccessPolicy))
"""The methods as they are written here: a site replaces them in a subclass, on an instance, or on the class itself."""


def is_known(user: "User") -> TypeGuard["AbstractUser"]:
    """Whether somebody is signed in, and active."""
    return user is not None and user.is_authenticated and user.is_active


@cache
def public_collections(using: str | None) -> CollectionQuerySet:
    """What everybody sees by the built-in policy, made once: most requests come from nobody in particular."""
    return Collection.objects.using(using).published()


@cache
def public_items(using: str | None) -> ItemQuerySet:
    """The same of items. The few hidden collections are hashed; a list of the visible would be joined one by one."""
    hidden = Collection.objects.using(using).filter(~IS_PUBLIC)
    return Item.objects.using(using).filter(published=True).exclude(collection__in=hidden)


def holds(user: "User", action: Action, row: Collection | Item) -> bool:
    """Whether a backend of the site grants the permission on this one row."""
    return is_known(user) and user.has_perm(f"django_stac.{action.value}", row)


def policy() -> AccessPolicy:
    """Return the site's policy."""
    instance: AccessPolicy = import_string(stac_settings.ACCESS_POLICY)()
    return instance
