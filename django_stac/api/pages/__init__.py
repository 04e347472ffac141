"""What the HTML pages show beside their document, prepared in Python so that the templates only lay it out."""

from typing import TYPE_CHECKING, Any

import orjson
from rest_framework.exceptions import APIException

from django_stac.api.base_url import hrefs_of
from django_stac.api.pages.contents import CONTENTS, MOST_ITEMS, nothing
from django_stac.api.pages.hyperlinks import hyperlinks
from django_stac.api.pages.members import mapping
from django_stac.api.pages.visit import Visit
from django_stac.conf import stac_settings

if TYPE_CHECKING:
    from django_stac.access import User


def context(page: str, document: Any, *, request: Any) -> dict[str, Any]:
    """Return the context of a page: ``document``, ``hrefs``, what every page has, and what this one shows."""
    visit = Visit(
        request=request._request,
        document=mapping(document),
        hrefs=hrefs_of(request._request),
        user=user_of(request),
        asked_for=request.build_absolute_uri(),
        parameters=request.GET,
    )
    return {
        "document": document,
        "hrefs": visit.hrefs,
        "site_title": stac_settings.TITLE,
        "json_url": json_url(visit),
        "hyperlinks": hyperlinks(visit),
        "pretty": pretty(document),
        "history_url": visit.rel("version-history")["href"],
        **CONTENTS.get(page, nothing)(visit),
    }


def pretty(document: Any) -> str:
    """JSON for reading; a page of very many items stays compact, or its white space would outweigh it."""
    is_long = len(mapping(document).get("features") or ()) > MOST_ITEMS
    return orjson.dumps(document, option=0 if is_long else orjson.OPT_INDENT_2).decode()


def json_url(visit: Visit) -> str:
    """The same page as JSON."""
    asked = visit.parameters.copy()
    asked["f"] = "json"
    return f"?{asked.urlencode()}"


def user_of(request: Any) -> "User":
    """The person; nobody when credentials were refused, which the error page is about to say."""
    try:
        user: User = request.user
    except APIException:
        return None
    return user
