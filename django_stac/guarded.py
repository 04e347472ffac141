"""Permissions on single rows as django-guardian keeps them, in lists too: a policy for sites that use it."""

from typing import TYPE_CHECKING, Any

from django_stac.access import NONE, AccessPolicy, is_known
from django_stac.models import Collection, Item

if TYPE_CHECKING:
    from django.db.models import Model

    from django_stac.access import User

MODELS = {"item": Item, "collection": Collection}


class GuardedPolicy(AccessPolicy):
    """Shows what was given row by row with django-guardian, beside what the built-in policy shows.

    A permission on a collection shows it, and ``change_collection`` makes its holder one of its owners; a permission on
    an item shows it in a collection that the user sees. Keys are asked for, once a request, where people and their
    permissions are, which may be another database than the catalogue's.
    """

    needs_apps = ("guardian",)

    def granted(self, user: "User", permission: str) -> frozenset[int]:
        """Primary keys of the rows on which guardian grants the user, or a group of theirs, a permission."""
        model = MODELS.get(permission.partition("_")[2])
        if model is None or not is_known(user):
            return NONE
        known: dict[str, dict[str, set[int]]] = user.__dict__.setdefault("_stac_granted", {})
        label = model._meta.label
        if label not in known:
            known[label] = self.grants(user, model)
        return frozenset(known[label].get(permission, ()))

    def grants(self, user: "User", model: "type[Model]") -> dict[str, set[int]]:
        """All that was given on rows of a model: permission → primary keys."""
        from guardian.utils import (  # noqa: PLC0415 - optional, and its models need the apps
            get_group_obj_perms_model,
            get_user_obj_perms_model,
        )

        # They ask for the class alone, and take it as well as a row.
        any_row: Any = model
        rows = [*rows_of(get_user_obj_perms_model(any_row), model, user=user)]
        if groups := self.groups_of(user):
            rows += rows_of(get_group_obj_perms_model(any_row), model, group__in=groups)
        found: dict[str, set[int]] = {}
        for permission, key in rows:
            found.setdefault(permission, set()).add(int(key))
        return found


def rows_of(permissions: Any, model: "type[Model]", **holder: Any) -> Any:
    """The permissions of a table of guardian's, which may be one of the site's own for this model alone."""
    from guardian.ctypes import get_content_type  # noqa: PLC0415 - as above

    key = "object_pk" if permissions.objects.is_generic() else "content_object_id"
    of_model = permissions.objects.filter(permission__content_type=get_content_type(model), **holder)
    return of_model.values_list("permission__codename", key)
