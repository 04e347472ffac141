"""Catalogues: all of them, and each with what it lists, read and written."""

from collections.abc import Sequence
from functools import partial

from rest_framework.request import Request
from rest_framework.response import Response

from django_stac import transactions
from django_stac.access import Action
from django_stac.api.operations import Operation
from django_stac.api.paging import get_links
from django_stac.api.presenting import Documents, presented_catalogs
from django_stac.api.renderers import JSONRenderer
from django_stac.api.serializers import CatalogSerializer
from django_stac.api.served import served_row
from django_stac.api.staff import create_form
from django_stac.api.views.writing import Writing, with_id
from django_stac.api.writing.idempotency import answered_once
from django_stac.api.writing.operations import Kind, writes
from django_stac.api.writing.preconditions import creating, digest_to_match
from django_stac.exceptions import NotFound
from django_stac.history.names import Name
from django_stac.models import Catalog
from django_stac.spec.links import link
from django_stac.spec.media_types import JSON

CATALOGS = Kind(
    name="Catalog",
    noun="a catalogue",
    tag="Catalogs",
    document="Catalog",
    create=Action.CREATE_CATALOG,
    replace=Action.REPLACE_CATALOG,
    delete=Action.DELETE_CATALOG,
    renderer=JSONRenderer,
)


class CatalogViewSet(Writing):
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
            statuses=(404, 410),
        ),
        **writes(CATALOGS),
    }

    def list(self, request: Request) -> Response:
        """Answer with every catalogue that the user may see."""
        rows = list(self.policy.visible_catalogs(request.user).order_by("catalog_id"))
        made = get_links(self.hrefs.catalogs, request.query_params, self.hrefs, media_type=JSON)
        forms = create_form(request._request, Catalog)
        links = [*made, link("parent", self.hrefs.root, type=JSON), *forms]
        return self.answer({"catalogs": self.present(rows), "links": links})

    def retrieve(self, request: Request, catalog_id: str) -> Response:
        """Answer with one catalogue."""
        row = self.find(catalog_id)
        return self.answer(served_row(row, request, self.hrefs, self.policy), digest=row.digest)

    def find(self, catalog_id: str, using: str | None = None) -> Catalog:
        """Return a catalogue that the user may see. Raises NotFound."""
        row = self.policy.visible_catalogs(self.request.user, using).filter(catalog_id=catalog_id).first()
        if row is None:
            raise self.missing(Name.of_catalog(catalog_id), using=using)
        return row

    def create(self, request: Request) -> Response:
        """Store a new catalogue, listed at the root."""
        self.demand()
        return answered_once(request, partial(self.store, request), using=self.using)

    def store(self, request: Request) -> Response:
        """Store what the body holds, which who asks may do."""
        with creating(request._request):
            row = transactions.create_catalog(self.body(request), using=self.using, actor=request.user)
        location = self.hrefs.catalog(row.catalog_id)
        return self.created(self.served(row), digest=row.digest, location=location, unchecked=row.unchecked)

    def update(self, request: Request, catalog_id: str) -> Response:
        """Replace a catalogue; its children stay."""
        row = self.to_write(catalog_id)
        row = transactions.replace_catalog(
            with_id(self.body(request), row.catalog_id),
            if_match=digest_to_match(request._request, row.digest),
            using=self.using,
            actor=request.user,
        )
        return self.changed(self.served(row), digest=row.digest, unchecked=row.unchecked)

    def partial_update(self, request: Request, catalog_id: str) -> Response:
        """Change a catalogue by a merge patch or a JSON Patch."""
        row = self.to_write(catalog_id)
        row = transactions.patch_catalog(
            row.catalog_id,
            self.body(request),
            if_match=digest_to_match(request._request, row.digest),
            using=self.using,
            actor=request.user,
        )
        return self.changed(self.served(row), digest=row.digest, unchecked=row.unchecked)

    def destroy(self, request: Request, catalog_id: str) -> Response:
        """Disband a catalogue: what it alone listed becomes a child of the root."""
        self.demand()
        try:
            row = self.find(catalog_id, self.using)
            served, if_match = self.served(row), digest_to_match(request._request, row.digest)
            transactions.delete_catalog(catalog_id, if_match=if_match, using=self.using, actor=request.user)
        except NotFound as error:
            return self.absent(error)
        return self.deleted(served)

    def to_write(self, catalog_id: str) -> Catalog:
        """Return the catalogue that the user sees and may change. Raises NotFound before anything tells of rights."""
        row = self.find(catalog_id, self.using)
        self.demand()
        return row

    def present(self, rows: Sequence[Catalog]) -> Documents:
        """The served documents of rows, with two statements for all."""
        return presented_catalogs(rows, self.hrefs, self.policy, self.request.user)
