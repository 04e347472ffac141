"""The querysets of the models, by name, for annotations and for policies."""

from django_stac.models.catalog import CatalogChildQuerySet, CatalogQuerySet
from django_stac.models.collection import CollectionQuerySet
from django_stac.models.item import ItemQuerySet
from django_stac.models.tombstone import TombstoneQuerySet
from django_stac.models.version import VersionQuerySet

__all__ = [
    "CatalogChildQuerySet",
    "CatalogQuerySet",
    "CollectionQuerySet",
    "ItemQuerySet",
    "TombstoneQuerySet",
    "VersionQuerySet",
]
