"""The gate: the only code that changes catalogues, collections and items.

Every verb validates, normalises, projects and stores in one transaction and announces after the commit; when it raises,
nothing is stored. API, admin and commands all call these.
"""

from django_stac.transactions.bulk import Incoming, upsert_items
from django_stac.transactions.catalogs import (
    add_child,
    create_catalog,
    delete_catalog,
    patch_catalog,
    remove_child,
    replace_catalog,
)
from django_stac.transactions.collections import (
    create_collection,
    delete_collection,
    patch_collection,
    replace_collection,
)
from django_stac.transactions.derive import derive
from django_stac.transactions.files import FileFact
from django_stac.transactions.items import create_item, delete_item, delete_items, patch_item, replace_item
from django_stac.transactions.judging import problems_of
from django_stac.transactions.publishing import set_published
from django_stac.transactions.purging import purge_versions
from django_stac.transactions.queryables import set_queryables
from django_stac.transactions.report import Failure, Report
from django_stac.transactions.restoring import restore, restore_catalog, restore_collection, restore_item
from django_stac.transactions.rights import set_rights
from django_stac.transactions.undeleting import restore_items
from django_stac.transactions.validation import set_validation

__all__ = [
    "Failure",
    "FileFact",
    "Incoming",
    "Report",
    "add_child",
    "create_catalog",
    "create_collection",
    "create_item",
    "delete_catalog",
    "delete_collection",
    "delete_item",
    "delete_items",
    "derive",
    "patch_catalog",
    "patch_collection",
    "patch_item",
    "problems_of",
    "purge_versions",
    "remove_child",
    "replace_catalog",
    "replace_collection",
    "replace_item",
    "restore",
    "restore_catalog",
    "restore_collection",
    "restore_item",
    "restore_items",
    "set_published",
    "set_queryables",
    "set_rights",
    "set_validation",
    "upsert_items",
]
