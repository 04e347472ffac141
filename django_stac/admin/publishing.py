"""Publishing and hiding as actions of the lists of items and collections."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from django_stac.admin.rights import RightsMixin
from django_stac.transactions import derive, set_published

if TYPE_CHECKING:
    from django.http import HttpRequest


class PublishingMixin(RightsMixin):
    """The actions "Publish" and "Hide", for those who may change rows."""

    actions: tuple[str, ...] = ("publish", "hide")

    def has_publish_permission(self, request: "HttpRequest") -> bool:
        """Whoever may change a row may publish and hide it."""
        return self.has_change_permission(request)

    @admin.action(description=_("Publish the selected %(verbose_name_plural)s"), permissions=["publish"])
    def publish(self, request: "HttpRequest", queryset: QuerySet[Any]) -> None:
        count = self.set_all(request, queryset, published=True)
        if count is not None:
            self.message_user(request, ngettext("%d row published.", "%d rows published.", count) % count)

    @admin.action(description=_("Hide the selected %(verbose_name_plural)s"), permissions=["publish"])
    def hide(self, request: "HttpRequest", queryset: QuerySet[Any]) -> None:
        count = self.set_all(request, queryset, published=False)
        if count is not None:
            self.message_user(request, ngettext("%d row hidden.", "%d rows hidden.", count) % count, messages.SUCCESS)

    def set_all(self, request: "HttpRequest", queryset: QuerySet[Any], *, published: bool) -> int | None:
        """Change those that differ, and what their collections say of them at once; return how many.

        None are changed, and None is returned, where the user may not change all that are chosen.
        """
        if barred := self.barred(request, "change", queryset):
            self.message_user(request, self.refusal(barred), messages.ERROR)
            return None
        rows = queryset.filter(published=not published)
        homes = list(self.homes(rows).values_list("collection_id", flat=True))
        count = set_published(rows, published=published, actor=request.user)
        derive(collections=homes, actor=request.user)
        return count
