"""Catalogues and collections as they are served, many at once: each is the same object wherever it stands."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django_stac.access import AccessPolicy
from django_stac.api.graph import children_of, parents_of
from django_stac.api.serializers import CatalogSerializer, CollectionSerializer
from django_stac.documents.hrefs import Hrefs
from django_stac.models import Catalog, Collection

if TYPE_CHECKING:
    from django_stac.access import User

Document = dict[str, Any]
Documents = list[Document]


def presented_catalogs(rows: Sequence[Catalog], hrefs: Hrefs, policy: AccessPolicy, user: "User") -> Documents:
    """The served documents of catalogues, with two statements for all."""
    context = {
        "hrefs": hrefs,
        "children": children_of(rows, policy, user),
        "parents": parents_of(rows, "catalog", policy, user),
    }
    return list(CatalogSerializer(rows, many=True, context=context).data)


def presented_collections(rows: Sequence[Collection], hrefs: Hrefs, policy: AccessPolicy, user: "User") -> Documents:
    """The served documents of collections, with one statement for all."""
    context = {
        "hrefs": hrefs,
        "parents": parents_of(rows, "collection", policy, user),
        "tells_derived": policy.shows_derived(user),
    }
    return list(CollectionSerializer(rows, many=True, context=context).data)
