"""What belongs to a row, shown below it: assets, stored files, children of catalogues."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from django_stac.access import policy
from django_stac.admin.reading import ReadOnly, site_hrefs
from django_stac.models import Asset, CatalogChild, StoredFile
from django_stac.models.stored_file import SCHEME

if TYPE_CHECKING:
    from django.http import HttpRequest

    TabularInline = admin.TabularInline[Any, Any]
else:
    TabularInline = admin.TabularInline


class ReadOnlyInline(ReadOnly, TabularInline):
    """Seen by whoever sees the row."""

    extra = 0
    max_num = 0
    can_delete = False
    show_change_link = False

    def has_view_permission(self, request: "HttpRequest", obj: Any = None) -> bool:
        return True


class AssetInline(ReadOnlyInline):
    """The assets in the item's document."""

    model = Asset
    fields = readonly_fields = ("key", "title", "media_type", "roles_in_words", "link")
    verbose_name_plural = _("assets")

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


class StoredFileInline(ReadOnlyInline):
    """The files that the document refers to."""

    model = StoredFile
    fields = readonly_fields = ("key", "storage", "path", "size", "owned")


class CatalogChildInline(ReadOnlyInline):
    """What a catalogue lists, as far as the user may see it."""

    model = CatalogChild
    fk_name = "parent"
    fields = readonly_fields = ("catalog", "collection")

    def get_queryset(self, request: "HttpRequest") -> Any:
        of_catalog = Q(catalog__in=policy().visible_catalogs(request.user))
        of_collection = Q(collection__in=policy().visible_collections(request.user))
        lines = super().get_queryset(request).filter(of_catalog | of_collection)
        listed = lines.select_related("catalog", "collection", "parent")
        return listed.defer("catalog__document", "collection__document", "parent__document")
