"""Collections in the admin."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from django_stac.access import policy
from django_stac.admin.inlines import StoredFileInline
from django_stac.admin.publishing import PublishingMixin
from django_stac.admin.reading import ReadingMixin
from django_stac.documents.collection import extent
from django_stac.documents.hrefs import Hrefs
from django_stac.drawing.footprint import boxes_of, footprint
from django_stac.models import Collection

if TYPE_CHECKING:
    from django.http import HttpRequest

    ModelAdmin = admin.ModelAdmin[Collection]
else:
    ModelAdmin = admin.ModelAdmin


class CollectionAdminMixin(PublishingMixin, ReadingMixin):
    """Reading, publishing and hiding collections."""

    list_display = ("collection_id", "title", "published", "item_count", "first", "last", "updated")
    list_filter = ("published",)
    search_fields = ("collection_id", "title")
    sortable_by = ("collection_id", "title", "published", "updated")
    fields = (
        "collection_id", "title", "description", "license", "published", "extent_mode", "item_count",
        "extent_drawn", "created", "updated", "pretty",
    )  # fmt: skip
    readonly_fields = fields
    inlines = (StoredFileInline,)

    def visible(self, request: "HttpRequest") -> QuerySet[Any]:
        return policy().visible_collections(request.user)

    def path(self, obj: Collection, hrefs: Hrefs) -> str:
        return hrefs.collection(obj.collection_id)

    @admin.display(description=_("published items"))
    def item_count(self, obj: Collection) -> int | None:
        return (obj.derived or {}).get("count")

    @admin.display(description=_("first"))
    def first(self, obj: Collection) -> str | None:
        return self.interval(obj)[0]

    @admin.display(description=_("last"))
    def last(self, obj: Collection) -> str | None:
        return self.interval(obj)[1]

    def interval(self, obj: Collection) -> list[str | None]:
        """The days of the first and the last published item, as last derived."""
        derived = (obj.derived or {}).get("extent")
        ends = derived["temporal"]["interval"][0] if derived else (None, None)
        return [end[:10] if end else None for end in ends]

    @admin.display(description=_("extent"))
    def extent_drawn(self, obj: Collection) -> str:
        return self.drawn(footprint([], extents=boxes_of(extent(obj))))


@admin.register(Collection)
class CollectionAdmin(CollectionAdminMixin, ModelAdmin):
    """Ours; a site may unregister it."""
