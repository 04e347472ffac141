"""Items in the admin."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from django_stac import transactions
from django_stac.access import policy
from django_stac.admin.editing import MOST_DELETED, EditingMixin
from django_stac.admin.filters import CollectionFilter, TakenFilter
from django_stac.admin.forms import DocumentForm, ItemForm, NewItemForm
from django_stac.admin.history import HistoryMixin
from django_stac.admin.inlines import AssetInline, StoredFileInline
from django_stac.admin.publishing import PublishingMixin
from django_stac.admin.validating import ValidatingMixin
from django_stac.documents.hrefs import Hrefs
from django_stac.drawing.footprint import footprint
from django_stac.models import Collection, Item
from django_stac.spec.geometry import cut_at_antimeridian

Document = dict[str, Any]

if TYPE_CHECKING:
    from django.http import HttpRequest

    ModelAdmin = admin.ModelAdmin[Item]
else:
    ModelAdmin = admin.ModelAdmin


class ItemAdminMixin(HistoryMixin, PublishingMixin, ValidatingMixin, EditingMixin):
    """Items: lists, their documents, publishing and validating."""

    list_display = ("item_id", "collection", "datetime", "published", "updated")
    list_filter = ("published", TakenFilter, CollectionFilter)
    list_select_related = ("collection",)
    actions = ("publish", "hide", "validate")
    search_fields = ("item_id",)
    search_help_text = _("An id, or its beginning")
    # Only what an index gives in order: sorting a million rows by another column takes seconds.
    ordering = ("-datetime", "-id")
    sortable_by = ("datetime",)
    deferred = ("document", "properties", "geometry", "words")
    form, new_form = ItemForm, NewItemForm
    autocomplete_fields = ("collection",)
    new_fields = (
        "collection", "member_id", "member_datetime", "member_title", "member_description", "published", "document",
    )  # fmt: skip
    edit_fields = (
        "item_id", "collection_shown", "published", "member_title", "member_description", "datetime", "start_datetime",
        "end_datetime", "thumbnail", "footprint_drawn", "created", "updated", "document", "read_digest",
    )  # fmt: skip
    reading_fields = (
        "item_id", "collection_shown", "published", "datetime", "start_datetime", "end_datetime", "thumbnail",
        "footprint_drawn", "created", "updated", "pretty",
    )  # fmt: skip
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

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "collection":
            kwargs["queryset"] = policy().visible_collections(request.user).defer("document")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def create(self, request: "HttpRequest", document: Document, cleaned: Document) -> Item:
        home = cleaned["collection"]
        item = transactions.create_item(
            document, collection=home.collection_id, published=cleaned["published"], actor=request.user
        )
        self.derive_soon(home, request)
        return item

    def replace(self, request: "HttpRequest", form: DocumentForm, document: Document) -> Item:
        home, digest = form.instance.collection, form.cleaned_data["read_digest"]
        item = transactions.replace_item(document, collection=home.collection_id, if_match=digest, actor=request.user)
        if (published := form.column("published")) is not None:
            transactions.set_published(item, published=published, actor=request.user)
        self.derive_soon(home, request)
        return item

    def after_restoring(self, request: "HttpRequest", row: Item) -> None:
        self.derive_soon(row.collection, request)

    def remove(self, request: "HttpRequest", rows: Any) -> None:
        homes = (
            Collection.objects.using(self.alias).filter(pk__in=rows.order_by().values("collection")).defer("document")
        )
        touched = list(homes)
        transactions.delete_items(rows, at_most=MOST_DELETED, actor=request.user)
        for home in touched:
            self.derive_soon(home, request)

    @admin.display(description=_("collection"))
    def collection_shown(self, obj: Item) -> str:
        return f"{obj.collection} ({obj.collection.collection_id})"

    @admin.display(description=_("footprint"))
    def footprint_drawn(self, obj: Item) -> str:
        geometry, bbox = obj.document.get("geometry"), obj.document.get("bbox")
        return self.drawn(footprint([cut_at_antimeridian(geometry, bbox) if geometry and bbox else geometry]))


@admin.register(Item)
class ItemAdmin(ItemAdminMixin, ModelAdmin):
    """Ours; a site may unregister it."""
