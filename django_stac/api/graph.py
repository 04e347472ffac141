"""Who lists whom: children and parents of catalogues and collections, as far as the user may see them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q

from django_stac.access import AccessPolicy
from django_stac.documents.catalog import Child
from django_stac.models import Catalog, CatalogChild, Collection

if TYPE_CHECKING:
    from django_stac.access import User


@dataclass(slots=True)
class Children:
    """What one catalogue lists, in the order of its list."""

    catalogs: list[Child] = field(default_factory=list)
    collections: list[Child] = field(default_factory=list)


def children_of(catalogs: Iterable[Catalog], policy: AccessPolicy, user: "User") -> dict[int, Children]:
    """The visible children of each catalogue, by primary key; one statement for all."""
    of_catalog = Q(catalog__in=policy.visible_catalogs(user))
    of_collection = Q(collection__in=policy.visible_collections(user))
    lines = CatalogChild.objects.filter(of_catalog | of_collection, parent__in=list(catalogs)).order_by("pk")
    found: dict[int, Children] = defaultdict(Children)
    names = "catalog__catalog_id", "catalog__title", "collection__collection_id", "collection__title"
    for parent, catalog, catalog_title, collection, collection_title in lines.values_list("parent", *names):
        if catalog is None:
            found[parent].collections.append((collection, collection_title))
        else:
            found[parent].catalogs.append((catalog, catalog_title))
    return found


def parents_of(
    rows: Iterable[Catalog] | Iterable[Collection], noun: str, policy: AccessPolicy, user: "User"
) -> dict[int, str]:
    """The id of the first visible catalogue that lists each row, by primary key; absent where the root does.

    ``noun`` is ``"catalog"`` or ``"collection"``, what the rows are. One statement for all.
    """
    seen = CatalogChild.objects.filter(**{f"{noun}__in": list(rows)}, parent__in=policy.visible_catalogs(user))
    lines = seen.order_by("-pk").values_list(noun, "parent__catalog_id")
    return dict(lines)
