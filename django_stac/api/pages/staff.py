"""The way from a page to the admin, for those who may use it."""

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
    try:
        return reverse(f"admin:django_stac_{model}_change", args=[pk])
    except NoReverseMatch:
        return None
