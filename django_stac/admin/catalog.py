"""Catalogues in the admin."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from django_stac import transactions
from django_stac.access import policy
from django_stac.admin.editing import EditingMixin
from django_stac.admin.forms import CatalogForm, DocumentForm, NewCatalogForm
from django_stac.admin.history import HistoryMixin
from django_stac.admin.inlines import CatalogChildInline
from django_stac.admin.validating import ValidatingMixin
from django_stac.documents.hrefs import Hrefs
from django_stac.models import Catalog

Document = dict[str, Any]

if TYPE_CHECKING:
    from django.http import HttpRequest

    ModelAdmin = admin.ModelAdmin[Catalog]
else:
    ModelAdmin = admin.ModelAdmin


class CatalogAdminMixin(HistoryMixin, ValidatingMixin, EditingMixin):
    """Catalogues, and what they list."""

    list_display = ("catalog_id", "title", "listed", "updated")
    search_fields = ("catalog_id", "title")
    sortable_by = ("catalog_id", "title", "updated")
    form, new_form = CatalogForm, NewCatalogForm
    new_fields = ("member_id", "member_title", "member_description", "document")
    edit_fields = (
        "catalog_id", "member_title", "member_description", "created", "updated", "document", "read_digest",
    )  # fmt: skip
    reading_fields = ("catalog_id", "title", "description", "created", "updated", "pretty")
    inlines = (CatalogChildInline,)

    def visible(self, request: "HttpRequest") -> QuerySet[Any]:
        catalogs, collections = policy().visible_catalogs(request.user), policy().visible_collections(request.user)
        seen = Q(children__catalog__in=catalogs) | Q(children__collection__in=collections)
        return catalogs.annotate(listed=Count("children", filter=seen))

    def path(self, obj: Catalog, hrefs: Hrefs) -> str:
        return hrefs.catalog(obj.catalog_id)

    def create(self, request: "HttpRequest", document: Document, cleaned: Document) -> Catalog:
        return transactions.create_catalog(document, actor=request.user)

    def replace(self, request: "HttpRequest", form: DocumentForm, document: Document) -> Catalog:
        digest = form.cleaned_data["read_digest"]
        return transactions.replace_catalog(document, if_match=digest, actor=request.user)

    def remove(self, request: "HttpRequest", rows: Any) -> None:
        with transaction.atomic(using=self.alias):
            for name in rows.order_by("catalog_id").values_list("catalog_id", flat=True):
                transactions.delete_catalog(name, actor=request.user)

    @admin.display(description=_("children"))
    def listed(self, obj: Any) -> int:
        count: int = obj.listed
        return count


@admin.register(Catalog)
class CatalogAdmin(CatalogAdminMixin, ModelAdmin):
    """Ours; a site may unregister it."""
