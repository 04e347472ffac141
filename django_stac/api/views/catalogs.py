"""Catalogues: all of them, and each with what it lists."""

from collections.abc import Sequence

from rest_framework.request import Request
from rest_framework.response import Response

from django_stac.api.operations import Operation
from django_stac.api.paging import get_links
from django_stac.api.presenting import Documents, presented_catalogs
from django_stac.api.serializers import CatalogSerializer
from django_stac.api.views.base import StacViewSet
from django_stac.exceptions import NotFound
from django_stac.models import Catalog
from django_stac.spec.links import link
from django_stac.spec.media_types import JSON


class CatalogViewSet(StacViewSet):
    """``/catalogs`` and ``/catalogs/{catalog_id}`` (multi-tenant catalogs extension)."""

    serializer_class = CatalogSerializer
    operations = {
        "list": Operation(
            id="getCatalogs", tag="Catalogs", summary="Catalogues", answer="Catalogs", page="django_stac/catalogs.html"
        ),
        "retrieve": Operation(
            id="getCatalog",
            tag="Catalogs",
            summary="One catalogue",
            answer="Catalog",
            page="django_stac/catalog.html",
            statuses=(404,),
        ),
    }

    def list(self, request: Request) -> Response:
        """Answer with every catalogue that the user may see."""
        rows = list(self.policy.visible_catalogs(request.user).order_by("catalog_id"))
        made = get_links(self.hrefs.catalogs, request.query_params, self.hrefs, media_type=JSON)
        links = [*made, link("parent", self.hrefs.root, type=JSON)]
        return self.answer({"catalogs": self.present(rows), "links": links})

    def retrieve(self, request: Request, catalog_id: str) -> Response:
        """Answer with one catalogue."""
        row = self.policy.visible_catalogs(request.user).filter(catalog_id=catalog_id).first()
        if row is None:
            raise NotFound(f"There is no catalogue {catalog_id!r}.")
        return self.answer(self.present([row])[0], digest=row.digest)

    def present(self, rows: Sequence[Catalog]) -> Documents:
        """The served documents of rows, with two statements for all."""
        return presented_catalogs(rows, self.hrefs, self.policy, self.request.user)
