"""The way from a page to the admin, for those who may use it."""

from urllib.parse import quote, urlsplit

from django_stac.api.pages.visit import Visit
from django_stac.api.staff import is_staff, place_in_admin


def ways_in(visit: Visit) -> dict[str, str | None]:
    """From the front page into the admin: for staff at once, for strangers by signing in."""
    if is_staff(visit.user):
        return {"admin_url": place_in_admin("index")}
    login = None if visit.user and visit.user.is_authenticated else place_in_admin("login")
    return {"login_url": login and f"{login}?next={quote(urlsplit(visit.hrefs.root).path)}"}
