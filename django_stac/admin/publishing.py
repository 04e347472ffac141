"""Publishing and hiding as actions of the lists of items and collections."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from django_stac.transactions import derive, set_published

if TYPE_CHECKING:
    from django.http import HttpRequest

    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = object


class PublishingMixin(ModelAdmin):
    """The actions "Publish" and "Hide", for those who may change rows."""

    actions: tuple[str, ...] = ("publish", "hide")

    def has_publish_permission(self, request: "HttpRequest") -> bool:
        """The change permission of the model; ``has_change_permission`` would open the forms too."""
        return request.user.has_perm(f"django_stac.change_{self.opts.model_name}")

    @admin.action(description=_("Publish the selected %(verbose_name_plural)s"), permissions=["publish"])
    def publish(self, request: "HttpRequest", queryset: QuerySet[Any]) -> None:
        count = self.set_all(request, queryset, published=True)
        self.message_user(request, ngettext("%d row published.", "%d rows published.", count) % count)

    @admin.action(description=_("Hide the selected %(verbose_name_plural)s"), permissions=["publish"])
    def hide(self, request: "HttpRequest", queryset: QuerySet[Any]) -> None:
        count = self.set_all(request, queryset, published=False)
        self.message_user(request, ngettext("%d row hidden.", "%d rows hidden.", count) % count, messages.SUCCESS)

    def set_all(self, request: "HttpRequest", queryset: QuerySet[Any], *, published: bool) -> int:
        """Change those that differ, and what their collections say of them; return how many."""
        count = set_published(queryset, published=published, actor=request.user)
        derive(actor=request.user)
        return count
