"""Rows as pystac objects, with the links and URLs that the API would serve."""

from functools import singledispatch
from typing import TYPE_CHECKING, Any

from django_stac.documents import catalog, collection, item
from django_stac.documents.hrefs import Hrefs
from django_stac.models import Catalog, Collection, Item

if TYPE_CHECKING:
    from pystac import STACObject


@singledispatch
def to_pystac(row: Any, base_url: str) -> "STACObject":
    """Return the served document of an Item, a Collection or a Catalog; ``base_url`` is that of the landing page.

    The collection of an item must be loaded. Children and parents are not looked up: the parent is the root.
    """
    raise TypeError(f"{type(row).__name__} is no item, collection or catalogue.")


@to_pystac.register(Item)
def of_item(row: Item, base_url: str) -> "STACObject":
    from pystac import Item as PystacItem  # noqa: PLC0415 - slow to import

    return PystacItem.from_dict(item.to_dict(row, Hrefs(base_url)), migrate=False, preserve_dict=False)


@to_pystac.register(Collection)
def of_collection(row: Collection, base_url: str) -> "STACObject":
    from pystac import Collection as PystacCollection  # noqa: PLC0415 - slow to import

    return PystacCollection.from_dict(collection.present(row, Hrefs(base_url)), migrate=False, preserve_dict=False)


@to_pystac.register(Catalog)
def of_catalog(row: Catalog, base_url: str) -> "STACObject":
    from pystac import Catalog as PystacCatalog  # noqa: PLC0415 - slow to import

    return PystacCatalog.from_dict(catalog.present(row, Hrefs(base_url)), migrate=False, preserve_dict=False)
