"""The way from a page to the admin, for those who may use it."""

from typing import Any
from urllib.parse import quote, urlsplit

from django.urls import NoReverseMatch, reverse

from django_stac.api.pages.visit import Visit


def may_administer(visit: Visit) -> bool:
    """Whether the admin lets the person in at all."""
    user = visit.user
    return user is not None and user.is_active and bool(getattr(user, "is_staff", False))


def admin_url(visit: Visit, model: str, pk: int | None) -> str | None:
    """The admin's page of a row; None for others than its viewers, and on sites without the admin."""
    if pk is None or not may_administer(visit) or not visit.user.has_perm(f"django_stac.view_{model}"):  # type: ignore[union-attr]
        return None
    return place_in_admin(f"django_stac_{model}_change", pk)


def ways_in(visit: Visit) -> dict[str, str | None]:
    """From the front page into the admin: for staff at once, for strangers by signing in."""
    if may_administer(visit):
        return {"admin_url": place_in_admin("index")}
    login = None if visit.user and visit.user.is_authenticated else place_in_admin("login")
    return {"login_url": login and f"{login}?next={quote(urlsplit(visit.hrefs.root).path)}"}


def place_in_admin(name: str, *args: Any) -> str | None:
    """The URL of a page of the admin; None on sites without it."""
    try:
        return reverse(f"admin:{name}", args=args)
    except NoReverseMatch:
        return None
