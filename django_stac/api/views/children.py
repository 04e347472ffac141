"""What a catalogue lists, as whole documents."""

from collections.abc import Sequence
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from django_stac.api.graph import children_of
from django_stac.api.operations import Operation
from django_stac.api.paging import get_links
from django_stac.api.presenting import Documents, presented_catalogs, presented_collections
from django_stac.api.roots import NOUNS, more_roots, roots_of
from django_stac.api.views.base import StacViewSet
from django_stac.exceptions import InvalidParameter
from django_stac.history.names import Name
from django_stac.models import Catalog, Collection
from django_stac.spec.links import link
from django_stac.spec.media_types import JSON

TYPES = ("Catalog", "Collection")


class ChildrenViewSet(StacViewSet):
    """``/children`` and ``/catalogs/{catalog_id}/children`` (STAC API - Children)."""

    operations = {
        "list": Operation(
            id="getChildren",
            tag="Children",
            summary="Children of the landing page",
            answer="Children",
            page="django_stac/children.html",
            parameters=("type",),
        ),
        "of_catalog": Operation(
            id="getCatalogChildren",
            tag="Children",
            summary="Children of a catalogue",
            answer="Children",
            page="django_stac/children.html",
            parameters=("type",),
            statuses=(404, 410),
        ),
    }

    def list(self, request: Request) -> Response:
        """Answer with the catalogues and collections that the landing page links to, in its order."""
        catalogs, collections = [
            roots_of(noun, self.policy, request.user, whole=kind in self.kinds())
            for noun, kind in zip(NOUNS, TYPES, strict=True)
        ]
        further = [
            more_roots(roots.noun, roots.ids[-1], self.hrefs, self.policy, request.user)
            for roots in (catalogs, collections)
            if roots.has_more and "Catalog" in self.kinds()
        ]
        return self.children(catalogs.rows, collections.rows, further, href=self.hrefs.children, parent=self.hrefs.root)

    def of_catalog(self, request: Request, catalog_id: str) -> Response:
        """Answer with what one catalogue links to, in its order."""
        catalog = self.policy.visible_catalogs(request.user).filter(catalog_id=catalog_id).first()
        if catalog is None:
            raise self.missing(Name.of_catalog(catalog_id))
        listed = children_of([catalog], self.policy, request.user)[catalog.pk]
        catalogs = in_order(Catalog, "catalog_id", [key for key, _ in listed.catalogs])
        collections = in_order(Collection, "collection_id", [key for key, _ in listed.collections])
        href = self.hrefs.children_of(catalog_id)
        return self.children(catalogs, collections, href=href, parent=self.hrefs.catalog(catalog_id))

    def children(
        self,
        catalogs: Sequence[Catalog],
        collections: Sequence[Collection],
        further: Sequence[dict[str, Any]] = (),
        *,
        href: str,
        parent: str,
    ) -> Response:
        """The served documents of the children that ``type`` asks for."""
        kinds, params = self.kinds(), self.request.query_params
        served: Documents = []
        if "Catalog" in kinds:
            served += presented_catalogs(catalogs, self.hrefs, self.policy, self.request.user)
        if "Collection" in kinds:
            served += presented_collections(collections, self.hrefs, self.policy, self.request.user)
        links = [*get_links(href, params, self.hrefs, media_type=JSON), link("parent", parent, type=JSON)]
        return self.answer({"children": [*served, *further], "links": links})

    def kinds(self) -> Sequence[str]:
        """The types asked for. Raises InvalidParameter."""
        given = self.request.query_params.get("type")
        if given is None:
            return TYPES
        if given not in TYPES:
            raise InvalidParameter("type", f"must be {' or '.join(TYPES)}; got {given[:40]!r}.")
        return (given,)


def in_order(model: Any, field: str, keys: list[str]) -> list[Any]:
    """The rows with these ids, in the order of the ids."""
    found = {getattr(row, field): row for row in model.objects.filter(**{f"{field}__in": keys})}
    return [found[key] for key in keys if key in found]
