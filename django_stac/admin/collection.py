"""Collections in the admin."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from django_stac import transactions
from django_stac.access import Action, policy
from django_stac.admin.collection_form import CollectionForm, NewCollectionForm
from django_stac.admin.editing import EditingMixin
from django_stac.admin.forms import RIGHTS, DocumentForm
from django_stac.admin.history import HistoryMixin
from django_stac.admin.inlines import StoredFileInline
from django_stac.admin.publishing import PublishingMixin
from django_stac.admin.rights import MOST_NAMED, names_of
from django_stac.admin.validating import ValidatingMixin
from django_stac.documents.collection import extent
from django_stac.documents.hrefs import Hrefs
from django_stac.drawing.footprint import footprint
from django_stac.models import Collection, Item
from django_stac.spec.extents import boxes_of

Document = dict[str, Any]
DERIVED_SHOWN = {"item_count", "first", "last", "extent_drawn"}
"""What says something of items that a policy may hide."""
RIGHTS_SHOWN = ("shown_to", "viewers", "owners")
"""How those see the rights who may not give them."""

if TYPE_CHECKING:
    from django.http import HttpRequest

    ModelAdmin = admin.ModelAdmin[Collection]
else:
    ModelAdmin = admin.ModelAdmin


class CollectionAdminMixin(HistoryMixin, PublishingMixin, ValidatingMixin, EditingMixin):
    """Collections: lists, their documents, publishing and validating."""

    list_display = ("collection_id", "title", "published", "visibility", "item_count", "first", "last", "updated")
    list_filter = ("published", "visibility")
    actions = ("publish", "hide", "validate")
    search_fields = ("collection_id", "title")
    sortable_by = ("collection_id", "title", "published", "updated")
    form, new_form = CollectionForm, NewCollectionForm
    new_fields = (
        "member_id", "member_title", "member_description", "member_license", "published", *RIGHTS, "extent_mode",
        "declared", "validation", "item_rules", "document",
    )  # fmt: skip
    edit_fields = (
        "collection_id", "member_title", "member_description", "member_license", "published", *RIGHTS,
        "extent_mode", "item_count", "thumbnail", "extent_drawn", "created", "updated", "declared", "validation",
        "item_rules", "document", "read_digest",
    )  # fmt: skip
    reading_fields = (
        "collection_id", "title", "description", "license", "published", *RIGHTS_SHOWN,
        "extent_mode", "item_count", "thumbnail", "extent_drawn", "created", "updated", "queryables",
        "validation", "rules", "pretty",
    )  # fmt: skip
    inlines = (StoredFileInline,)

    def visible(self, request: "HttpRequest") -> QuerySet[Any]:
        return policy().visible_collections(request.user)

    def path(self, obj: Collection, hrefs: Hrefs) -> str:
        return hrefs.collection(obj.collection_id)

    def get_list_display(self, request: "HttpRequest") -> Any:
        return told(super().get_list_display(request), request)

    def get_fields(self, request: "HttpRequest", obj: Any = None) -> tuple[str, ...]:
        fields = told(super().get_fields(request, obj), request)
        shown = {} if self.may_give_rights(request, obj) else dict(zip(RIGHTS, RIGHTS_SHOWN, strict=True))
        return tuple(shown.get(name, name) for name in fields)

    def get_readonly_fields(self, request: "HttpRequest", obj: Any = None) -> list[str]:
        fields = super().get_readonly_fields(request, obj)
        # Django leaves fields out of a form that are named here, and no others.
        return fields if self.may_give_rights(request, obj) else [*fields, *RIGHTS]

    def may_give_rights(self, request: "HttpRequest", obj: Any) -> bool:
        """Owners change the document, not who else owns it: that takes the right to change any collection."""
        return policy().may(request.user, Action.REPLACE_COLLECTION if obj else Action.CREATE_COLLECTION)

    def create(self, request: "HttpRequest", document: Document, cleaned: Document) -> Collection:
        # Shown last: who may not see it has never seen it, be it within this transaction.
        collection = transactions.create_collection(
            document, published=False, extent_mode=cleaned["extent_mode"], actor=request.user
        )
        if declared := cleaned["declared"]:
            transactions.set_queryables(collection.collection_id, declared, actor=request.user)
        level, rules = cleaned["validation"], cleaned["item_rules"]
        transactions.set_validation(collection.collection_id, level=level, rules=rules, actor=request.user)
        rights = {name: cleaned[name] for name in RIGHTS if name in cleaned}
        collection = transactions.set_rights(collection.collection_id, **rights, actor=request.user)
        transactions.set_published(collection, published=cleaned["published"], actor=request.user)
        return collection

    def replace(self, request: "HttpRequest", form: DocumentForm, document: Document) -> Collection:
        mode, digest = form.column("extent_mode"), form.cleaned_data["read_digest"]
        # First, for the document is judged as the form says.
        if isinstance(form, CollectionForm):
            transactions.set_validation(form.instance.collection_id, **form.asked(), actor=request.user)
        collection = transactions.replace_collection(document, extent_mode=mode, if_match=digest, actor=request.user)
        published = form.column("published")
        if published is False:
            transactions.set_published(collection, published=False, actor=request.user)
        if "declared" in form.changed_data:
            declared = form.cleaned_data["declared"]
            transactions.set_queryables(collection.collection_id, declared, actor=request.user)
        rights = {name: form.column(name) for name in RIGHTS}
        collection = transactions.set_rights(collection.collection_id, **rights, actor=request.user)
        if published:
            transactions.set_published(collection, published=True, actor=request.user)
        return collection

    def remove(self, request: "HttpRequest", rows: Any) -> None:
        with transaction.atomic(using=self.alias):
            for name in rows.values_list("collection_id", flat=True):
                transactions.delete_collection(name, actor=request.user)

    def protected(self, rows: QuerySet[Any], count: int) -> list[str]:
        """Collections that still have items: nobody deletes a million items by one click."""
        has_items = Exists(Item.objects.using(self.alias).filter(collection=OuterRef("pk")))
        filled = rows.filter(has_items).values_list("collection_id", flat=True)
        message = gettext("The collection %(name)s still has items: delete them first.")
        return super().protected(rows, count) + [message % {"name": name} for name in filled[:MOST_NAMED]]

    @admin.display(description=_("visible to"))
    def shown_to(self, obj: Collection) -> str:
        return obj.get_visibility_display()

    @admin.display(description=_("groups that see it"))
    def viewers(self, obj: Collection) -> str:
        return names_of(obj.viewer_groups) or self.get_empty_value_display()

    @admin.display(description=_("groups that own it"))
    def owners(self, obj: Collection) -> str:
        return names_of(obj.owner_groups) or self.get_empty_value_display()

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
        return self.drawn(footprint([], extents=boxes_of(extent(obj, obj.derived or {}))))


def told(names: Iterable[Any], request: "HttpRequest") -> tuple[Any, ...]:
    """Those of the columns and fields that the user may be told."""
    shows_derived = policy().shows_derived(request.user)
    return tuple(name for name in names if shows_derived or name not in DERIVED_SHOWN)


@admin.register(Collection)
class CollectionAdmin(CollectionAdminMixin, ModelAdmin):
    """Ours; a site may unregister it."""
