"""The admin of the catalogue: lists, documents that are edited through the gate, publishing, validating.

Each class is a mixin and a registration; a site that wants its own unregisters ours and registers a class of the mixin.
"""

from django_stac.admin.catalog import CatalogAdmin, CatalogAdminMixin
from django_stac.admin.collection import CollectionAdmin, CollectionAdminMixin
from django_stac.admin.deleted import DeletedAdmin, DeletedAdminMixin
from django_stac.admin.item import ItemAdmin, ItemAdminMixin

__all__ = [
    "CatalogAdmin",
    "CatalogAdminMixin",
    "CollectionAdmin",
    "CollectionAdminMixin",
    "DeletedAdmin",
    "DeletedAdminMixin",
    "ItemAdmin",
    "ItemAdminMixin",
]
