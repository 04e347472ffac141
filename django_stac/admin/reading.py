"""What all our admin pages share: rows that the policy shows, and what is shown of them."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from django_stac.admin.document_field import readable
from django_stac.admin.paginator import EstimatedPaginator
from django_stac.documents.hrefs import Hrefs
from django_stac.drawing.thumbnail import thumbnail_hrefs
from django_stac.models.stored_file import SCHEME

if TYPE_CHECKING:
    from django.http import HttpRequest

    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = object


class ReadOnly(ModelAdmin):
    """Neither adds, nor changes, nor deletes."""

    def has_add_permission(self, request: "HttpRequest", *args: Any) -> bool:
        return False

    def has_change_permission(self, request: "HttpRequest", obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: "HttpRequest", obj: Any = None) -> bool:
        return False


class ReadingMixin(ModelAdmin):
    """Lists that stay fast with a million rows, and pages that show a document."""

    paginator = EstimatedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    deferred: tuple[str, ...] = ("document",)

    class Media:
        css = {"all": ("django_stac/admin.css",)}

    def visible(self, request: "HttpRequest") -> models.QuerySet[Any]:
        """The rows that the policy shows to the user."""
        raise NotImplementedError

    def path(self, obj: Any, hrefs: Hrefs) -> str:
        """The row's place in the API."""
        raise NotImplementedError

    def get_queryset(self, request: "HttpRequest") -> models.QuerySet[Any]:
        rows = self.visible(request).defer(*self.deferred)
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def view_on_site(self, obj: Any) -> str | None:
        """The row's page; none while the API is not mounted."""
        hrefs = site_hrefs()
        return self.path(obj, hrefs) if hrefs else None

    @admin.display(description=_("document"))
    def pretty(self, obj: Any) -> str:
        return format_html('<pre class="stac-json">{}</pre>', readable(obj.document))

    @admin.display(description=_("thumbnail"))
    def thumbnail(self, obj: Any) -> str:
        """The picture among the stored files; pictures elsewhere are not asked for."""
        hrefs, stored = site_hrefs(), [each for each in thumbnail_hrefs(obj.document) if each.startswith(SCHEME)]
        if not hrefs or not stored:
            return self.get_empty_value_display()
        url = hrefs.files + stored[0].removeprefix(SCHEME)
        return format_html('<img class="stac-thumbnail" src="{}" alt="{}">', url, _("Thumbnail"))

    def drawn(self, footprint: object) -> str:
        """A footprint as SVG."""
        if footprint is None:
            return self.get_empty_value_display()
        return render_to_string("django_stac/admin/footprint.html", {"footprint": footprint})


def site_hrefs() -> Hrefs | None:
    """The paths of the API on this site; None while it is not mounted."""
    try:
        return Hrefs(reverse("django_stac:landing"))
    except NoReverseMatch:
        return None
