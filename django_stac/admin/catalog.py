"""Catalogues in the admin."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from django_stac.access import policy
from django_stac.admin.inlines import CatalogChildInline
from django_stac.admin.reading import ReadingMixin
from django_stac.documents.hrefs import Hrefs
from django_stac.models import Catalog

if TYPE_CHECKING:
    from django.http import HttpRequest

    ModelAdmin = admin.ModelAdmin[Catalog]
else:
    ModelAdmin = admin.ModelAdmin


class CatalogAdminMixin(ReadingMixin):
    """Reading catalogues and what they list."""

    list_display = ("catalog_id", "title", "listed", "updated")
    search_fields = ("catalog_id", "title")
    sortable_by = ("catalog_id", "title", "updated")
    fields = ("catalog_id", "title", "description", "created", "updated", "pretty")
    readonly_fields = fields
    inlines = (CatalogChildInline,)

    def visible(self, request: "HttpRequest") -> QuerySet[Any]:
        catalogs, collections = policy().visible_catalogs(request.user), policy().visible_collections(request.user)
        seen = Q(children__catalog__in=catalogs) | Q(children__collection__in=collections)
        return catalogs.annotate(listed=Count("children", filter=seen))

    def path(self, obj: Catalog, hrefs: Hrefs) -> str:
        return hrefs.catalog(obj.catalog_id)

    @admin.display(description=_("children"))
    def listed(self, obj: Any) -> int:
        count: int = obj.listed
        return count


@admin.register(Catalog)
class CatalogAdmin(CatalogAdminMixin, ModelAdmin):
    """Ours; a site may unregister it."""
