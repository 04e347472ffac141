"""The rows: documents, their projections, and the verbs of reading them. Writing is ``django_stac.transactions``."""

from django_stac.models.asset import Asset
from django_stac.models.catalog import Catalog, CatalogChild
from django_stac.models.collection import Collection, ExtentMode, Validation, Visibility
from django_stac.models.epoch import Epoch
from django_stac.models.extension_schema import ExtensionSchema
from django_stac.models.given_answer import GivenAnswer
from django_stac.models.item import Item
from django_stac.models.mark import Mark
from django_stac.models.searched_property import SearchedProperty
from django_stac.models.stored_file import StoredFile
from django_stac.models.thing import Kind
from django_stac.models.tombstone import Tombstone
from django_stac.models.version import Version

__all__ = [
    "Asset",
    "Catalog",
    "CatalogChild",
    "Collection",
    "Epoch",
    "ExtensionSchema",
    "ExtentMode",
    "GivenAnswer",
    "Item",
    "Kind",
    "Mark",
    "SearchedProperty",
    "StoredFile",
    "Tombstone",
    "Validation",
    "Version",
    "Visibility",
]
