"""Items in the admin."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from django_stac.access import policy
from django_stac.admin.filters import CollectionFilter
from django_stac.admin.inlines import AssetInline, StoredFileInline
from django_stac.admin.publishing import PublishingMixin
from django_stac.admin.reading import ReadingMixin
from django_stac.documents.hrefs import Hrefs
from django_stac.drawing.footprint import footprint
from django_stac.models import Item
from django_stac.spec.geometry import cut_at_antimeridian

if TYPE_CHECKING:
    from django.http import HttpRequest

    ModelAdmin = admin.ModelAdmin[Item]
else:
    ModelAdmin = admin.ModelAdmin


class ItemAdminMixin(PublishingMixin, ReadingMixin):
    """Reading, publishing and hiding items."""

    list_display = ("item_id", "collection", "datetime", "published", "updated")
    list_filter = ("published", CollectionFilter)
    list_select_related = ("collection",)
    search_fields = ("item_id",)
    search_help_text = _("An id, or its beginning")
    # Only what an index gives in order: sorting a million rows by another column takes seconds.
    ordering = ("-datetime", "-id")
    sortable_by = ("datetime",)
    deferred = ("document", "properties", "geometry")
    fields = (
        "item_id", "collection", "published", "datetime", "start_datetime", "end_datetime", "thumbnail",
        "footprint_drawn", "created", "updated", "pretty",
    )  # fmt: skip
    readonly_fields = fields
    inlines = (AssetInline, StoredFileInline)

    def visible(self, request: "HttpRequest") -> QuerySet[Any]:
        return policy().visible_items(request.user).select_related("collection").defer("collection__document")

    def path(self, obj: Item, hrefs: Hrefs) -> str:
        return hrefs.item(obj.collection.collection_id, obj.item_id)

    def get_search_results(
        self, request: "HttpRequest", queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """An exact id comes from the index; only when there is none, ids are compared with their beginning."""
        term = search_term.strip()
        if not term:
            return queryset, False
        exact = queryset.filter(item_id=term)
        return (exact if exact.exists() else queryset.filter(item_id__startswith=term)), False

    @admin.display(description=_("footprint"))
    def footprint_drawn(self, obj: Item) -> str:
        geometry, bbox = obj.document.get("geometry"), obj.document.get("bbox")
        return self.drawn(footprint([cut_at_antimeridian(geometry, bbox) if geometry and bbox else geometry]))


@admin.register(Item)
class ItemAdmin(ItemAdminMixin, ModelAdmin):
    """Ours; a site may unregister it."""
