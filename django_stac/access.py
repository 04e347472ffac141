"""Who may see and do what: one object that is always asked, so that no page, count, extent, link or file can leak."""

from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from django.db.models import Exists, OuterRef
from django.utils.module_loading import import_string

from django_stac.conf import stac_settings
from django_stac.models import Catalog, Collection, Item, StoredFile
from django_stac.models.querysets import CatalogQuerySet, CollectionQuerySet, ItemQuerySet

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


class AccessPolicy:
    """The built-in policy; a site names its own subclass in ``DJANGO_STAC["ACCESS_POLICY"]``.

    Published is public. Hidden rows are seen by active users with the permission ``django_stac.view_collection``
    or ``django_stac.view_item``; being staff alone gives nothing. An item is visible only in a visible collection.
    Subclasses narrow the querysets with conditions on the rows or with subqueries, not with joins to many rows.
    """

    def visible_catalogs(self, user: "User", using: str | None = None) -> CatalogQuerySet:
        """Every catalogue; what it lists is filtered like everything else."""
        return Catalog.objects.using(using)

    def visible_collections(self, user: "User", using: str | None = None) -> CollectionQuerySet:
        """Collections that the user may see."""
        collections = Collection.objects.using(using)
        return collections if self.sees_hidden(user, "collection") else collections.published()

    def visible_items(self, user: "User", using: str | None = None) -> ItemQuerySet:
        """Items that the user may see."""
        items = Item.objects.using(using)
        if not self.sees_hidden(user, "item"):
            items = items.filter(published=True)
        # The few hidden ones are hashed; a list of the visible would be joined, collection by collection.
        return items.exclude(collection__in=self.hidden_collections(user, using))

    def hidden_collections(self, user: "User", using: str | None = None) -> CollectionQuerySet:
        """Collections that the user may not see: the complement of the visible, whatever a subclass makes of these."""
        collections = Collection.objects.using(using)
        if type(self).visible_collections is not AccessPolicy.visible_collections:
            return collections.exclude(pk__in=self.visible_collections(user, using))
        return collections.none() if self.sees_hidden(user, "collection") else collections.filter(published=False)

    def visible_files(self, user: "User", using: str | None = None) -> "QuerySet[StoredFile]":
        """Files of which the user may see an owner."""
        # Not `in`: beside the OR it would be a hash of every visible item, made anew for each part of a file.
        of_item = Exists(self.visible_items(user, using).filter(pk=OuterRef("item")))
        of_collection = Exists(self.visible_collections(user, using).filter(pk=OuterRef("collection")))
        return StoredFile.objects.using(using).filter(of_item | of_collection)

    def may(self, user: "User", action: Action, *, collection: Collection | None = None) -> bool:
        """Whether the user may do this to the collection, or to items of it; it is not asked whether they see it."""
        return user is not None and user.is_active and user.has_perm(f"django_stac.{action.value}")

    def shows_derived(self, user: "User") -> bool:
        """Whether the user may be told what the published items of a visible collection have in common.

        A subclass that has items of its own to hide shows nothing that was derived from all of them.
        """
        return type(self).visible_items is AccessPolicy.visible_items

    def is_public(self, user: "User") -> bool:
        """Whether the user gets what everybody gets: such answers may be cached by anybody."""
        return user is None or not user.is_authenticated

    def sees_hidden(self, user: "User", noun: str) -> bool:
        """Whether the user holds the view permission of ``item`` or ``collection``."""
        return user is not None and user.is_active and user.has_perm(f"django_stac.view_{noun}")


def policy() -> AccessPolicy:
    """Return the site's policy."""
    instance: AccessPolicy = import_string(stac_settings.ACCESS_POLICY)()
    return instance
