"""What belongs to a row, shown below it: assets, stored files, children of catalogues."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from django_stac.access import policy
from django_stac.admin.asset_form import AssetForm, AssetFormSet
from django_stac.admin.children_form import ChildForm, ChildFormSet
from django_stac.admin.reading import ReadOnly, site_hrefs
from django_stac.models import Asset, CatalogChild, StoredFile
from django_stac.models.stored_file import SCHEME

if TYPE_CHECKING:
    from django.http import HttpRequest

    TabularInline = admin.TabularInline[Any, Any]
else:
    TabularInline = admin.TabularInline


MOST_EDITED = 50
"""Rows below a form."""


class Bounded(TabularInline):
    """Rows of which the page may be too full to be sent back."""

    rows: str
    """The name by which the row above knows them."""

    @classmethod
    def is_long(cls, obj: Any, request: "HttpRequest") -> bool:
        """Whether there are more than a form takes; asked once a request, for Django asks several times."""
        known: dict[str, bool] = request.__dict__.setdefault("stac_long", {})
        if cls.rows not in known:
            known[cls.rows] = getattr(obj, cls.rows).order_by()[: MOST_EDITED + 1].count() > MOST_EDITED
        return known[cls.rows]


class InlineOfDocument(Bounded):
    """Seen by whoever sees the row, changed by whoever may change it: it is part of the row's document."""

    extra = 0
    show_change_link = False
    edit_fields: tuple[str, ...]
    reading_fields: tuple[str, ...]

    def may_edit(self, request: "HttpRequest", obj: Any) -> bool:
        """Whether the user may change the row that this belongs to, or add it."""
        parent = self.admin_site.get_model_admin(self.parent_model)
        return parent.has_change_permission(request, obj) if obj else parent.has_add_permission(request)

    def has_view_permission(self, request: "HttpRequest", obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: "HttpRequest", obj: Any = None) -> bool:
        return self.may_edit(request, obj)

    def has_change_permission(self, request: "HttpRequest", obj: Any = None) -> bool:
        return self.may_edit(request, obj)

    def has_delete_permission(self, request: "HttpRequest", obj: Any = None) -> bool:
        return self.may_edit(request, obj)

    def get_fields(self, request: "HttpRequest", obj: Any = None) -> tuple[str, ...]:
        return self.edit_fields if self.may_edit(request, obj) else self.reading_fields

    def get_readonly_fields(self, request: "HttpRequest", obj: Any = None) -> tuple[str, ...]:
        return () if self.may_edit(request, obj) else self.reading_fields


class AssetInline(InlineOfDocument):
    """The assets in the item's document."""

    rows = "assets"
    model = Asset
    form = AssetForm
    formset = AssetFormSet
    edit_fields = ("key", "title", "media_type", "roles_in_words", "href")
    reading_fields = ("key", "title", "media_type", "roles_in_words", "link")
    verbose_name_plural = _("assets")

    def get_formset(self, request: "HttpRequest", obj: Any = None, **kwargs: Any) -> Any:
        # Django's own copy of the class: what is set on it concerns this request only.
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.refusal = getattr(request, "stac_refusal", None)
        return formset

    @admin.display(description=_("roles"))
    def roles_in_words(self, asset: Asset) -> str:
        return ", ".join(map(str, asset.roles)) if isinstance(asset.roles, list) else ""

    @admin.display(description=_("href"))
    def link(self, asset: Asset) -> str:
        """A link where a browser can follow it, else the text."""
        hrefs = site_hrefs()
        if asset.href.startswith(SCHEME) and hrefs:
            return format_html('<a href="{}">{}</a>', hrefs.files + asset.href.removeprefix(SCHEME), asset.href)
        if asset.href.startswith(("https://", "http://")):
            return format_html('<a href="{}">{}</a>', asset.href, asset.href)
        return asset.href


class CatalogChildInline(InlineOfDocument):
    """What a catalogue lists, as far as the user may see it."""

    rows = "children"
    model = CatalogChild
    form = ChildForm
    formset = ChildFormSet
    fk_name = "parent"
    edit_fields = reading_fields = ("catalog", "collection")
    autocomplete_fields = ("catalog", "collection")

    def get_queryset(self, request: "HttpRequest") -> Any:
        of_catalog = Q(catalog__in=policy().visible_catalogs(request.user))
        of_collection = Q(collection__in=policy().visible_collections(request.user))
        lines = super().get_queryset(request).filter(of_catalog | of_collection)
        listed = lines.select_related("catalog", "collection", "parent")
        return listed.defer("catalog__document", "collection__document", "parent__document")

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.edit_fields:
            visible = policy().visible_catalogs if db_field.name == "catalog" else policy().visible_collections
            kwargs["queryset"] = visible(request.user).defer("document")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class StoredFileInline(ReadOnly, Bounded):
    """The files that the document refers to."""

    rows = "files"
    model = StoredFile
    extra = 0
    max_num = 0
    can_delete = False
    fields = readonly_fields = ("key", "storage", "path", "size", "owned")

    def has_view_permission(self, request: "HttpRequest", obj: Any = None) -> bool:
        return True
