"""The way from the API into the admin: it is asked itself whom it lets in, so that no link leads to a refusal."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, get_script_prefix, resolve, reverse

from django_stac.access import Action, is_known, policy
from django_stac.api.base_url import forwarded_prefix
from django_stac.models import Catalog, Collection, Item
from django_stac.spec.links import link
from django_stac.spec.media_types import HTML

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    from django_stac.access import User

Links = list[dict[str, Any]]
Row = Catalog | Collection | Item
NOUNS: dict[type[Row], str] = {Item: "item", Collection: "collection", Catalog: "catalogue"}


@dataclass(frozen=True, slots=True)
class Desk:
    """A page of the admin, and who answers for it."""

    path: str
    admin: "ModelAdmin[Any]"


def desk(request: HttpRequest, model: type[Row], page: str, *args: Any) -> Desk | None:
    """The admin's page ``change`` or ``add`` of a model; None for those it does not let in, and on sites without it."""
    path = place_in_admin(f"{model._meta.app_label}_{model._meta.model_name}_{page}", *args)
    if path is None or not is_staff(request.user):
        return None
    try:
        found = resolve(f"/{path.removeprefix(get_script_prefix())}").func
    except Resolver404:
        return None
    admin: ModelAdmin[Any] | None = getattr(found, "model_admin", None)
    if admin is None or not admin.admin_site.has_permission(request):
        return None
    return Desk(forwarded_prefix(request) + path, admin)


def is_staff(user: "User") -> bool:
    """Whether this is somebody for whom there is an admin: what they get is for them alone."""
    return is_known(user) and bool(getattr(user, "is_staff", False))


def page_in_admin(request: HttpRequest, model: type[Row], pk: int | None) -> str | None:
    """The path of a row's page, for those who may read such pages."""
    found = None if pk is None else desk(request, model, "change", pk)
    return found.path if found and found.admin.has_view_or_change_permission(request) else None


def edit_form(request: HttpRequest, row: Row) -> Links:
    """The link to the form of a row, for those who may change it there (RFC 6861)."""
    found = desk(request, type(row), "change", row.pk)
    if found is None or not found.admin.has_change_permission(request, row):
        return []
    return [form("edit-form", request, found.path, f"Edit this {NOUNS[type(row)]} in the admin")]


def create_form(request: HttpRequest, model: type[Row], home: Collection | None = None) -> Links:
    """The link to the form of a new row, of items in their collection, for those who may add it there (RFC 6861)."""
    found = desk(request, model, "add")
    if found is None or not found.admin.has_add_permission(request):
        return []
    if home and not policy().may(request.user, Action.CREATE_ITEM, collection=home):
        return []
    query = f"?{urlencode({'collection': home.pk})}" if home else ""
    return [form("create-form", request, found.path + query, f"New {NOUNS[model]} in the admin")]


def form(rel: str, request: HttpRequest, path: str, title: str) -> dict[str, Any]:
    return link(rel, request.build_absolute_uri(path), type=HTML, title=title)


def place_in_admin(name: str, *args: Any) -> str | None:
    """The path of a page of the admin; None on sites without it."""
    try:
        return reverse(f"admin:{name}", args=args)
    except NoReverseMatch:
        return None
