"""What a member of staff may do here, as the policy has it: by model permissions, ownership, or on one collection."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from django_stac.access import OF_OWNERS, Action, policy
from django_stac.models import Collection, Item
from django_stac.models.among import among

if TYPE_CHECKING:
    from django.http import HttpRequest

    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = object

MOST_NAMED = 50
"""Rows, and collections, that a message names."""


class RightsMixin(ModelAdmin):
    """Permissions of pages; without a row they say whether there may be one. Lists show what the policy shows."""

    def action(self, verb: str) -> Action:
        """What ``add``, ``change`` or ``delete`` is called for this kind of row."""
        return Action(f"{verb}_{self.opts.model_name}")

    def may(self, request: "HttpRequest", verb: str, obj: Any = None) -> bool:
        """Whether the user may do this to the row; without one, to some row.

        Asked once a request, for Django asks again for each row of an inline.
        """
        known: dict[Any, bool] = request.__dict__.setdefault("stac_may", {})
        asked = verb, self.model, obj and obj.pk
        if asked not in known:
            known[asked] = self.may_now(request, self.action(verb), obj)
        return known[asked]

    def may_now(self, request: "HttpRequest", action: Action, obj: Any) -> bool:
        rights, user, item = policy(), request.user, obj if isinstance(obj, Item) else None
        if rights.may(user, action, collection=home_of(obj), item=item):
            return True
        if obj is not None:
            return False
        return bool(rights.given(user, action.value)) or (
            action in OF_OWNERS and rights.owned_collections(user).exists()
        )

    def was_given(self, request: "HttpRequest", *verbs: str) -> bool:
        """Whether the user may do one of these to single rows that were given to them."""
        return bool(policy().given(request.user, *(f"{verb}_{self.opts.model_name}" for verb in verbs)))

    def has_add_permission(self, request: "HttpRequest", *args: Any) -> bool:
        return self.may(request, "add")

    def has_change_permission(self, request: "HttpRequest", obj: Any = None) -> bool:
        return self.may(request, "change", obj)

    def has_delete_permission(self, request: "HttpRequest", obj: Any = None) -> bool:
        return self.may(request, "delete", obj)

    def has_view_permission(self, request: "HttpRequest", obj: Any = None) -> bool:
        by_model = super().has_view_permission(request, obj)
        return by_model or self.may(request, "change") or self.was_given(request, "view", "delete")

    def has_module_permission(self, request: "HttpRequest") -> bool:
        return super().has_module_permission(request) or self.has_view_permission(request)

    def barred(self, request: "HttpRequest", verb: str, rows: QuerySet[Any]) -> list[Collection]:
        """The collections of rows, or among them, in which the user may not do this."""
        rights, action = policy(), self.action(verb)
        if rights.may(request.user, action):
            return []
        rows = rows.exclude(among("pk", rights.given(request.user, action.value)))
        return [home for home in self.homes(rows) if not rights.may(request.user, action, collection=home)]

    def refusal(self, barred: list[Collection]) -> str:
        """Say that nothing was done, and why."""
        names = ", ".join(home.collection_id for home in barred[:MOST_NAMED])
        return _("Nothing was changed: you may not do this in %(names)s.") % {"names": names}

    def homes(self, rows: QuerySet[Any]) -> QuerySet[Collection]:
        """The collections that rows belong to, or are."""
        if rows.model not in (Item, Collection):
            return Collection.objects.none()
        pk = "collection" if rows.model is Item else "pk"
        return Collection.objects.filter(pk__in=rows.order_by().values(pk)).defer("document")


def home_of(obj: Any) -> Collection | None:
    """The collection of an item, or the one that the row is."""
    return obj.collection if isinstance(obj, Item) else obj if isinstance(obj, Collection) else None


def names_of(groups: list[int]) -> str:
    """The names of groups, told by their primary keys."""
    return ", ".join(Group.objects.filter(pk__in=groups).order_by("name").values_list("name", flat=True))
