"""Every answer of the API as a page for a person, at the same URL. What pages show beyond it is in ``pages``."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
from django.conf import settings
from django.db import OperationalError
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from rest_framework.renderers import BaseRenderer

from django_stac.api import errors, pages
from django_stac.spec.media_types import HTML

ERROR_PAGE = "django_stac/error.html"
PLAIN_PAGE = "django_stac/document.html"


class HTMLRenderer(BaseRenderer):
    """Render a document (a dict, or the bytes of one) with the template that the view names in ``page``.

    The context is ``document``, ``status``, and what :func:`django_stac.api.pages.context` adds. An error gets a
    page of its own; a view without ``page`` gets one that shows the links and the JSON.
    """

    media_type = HTML
    format = "html"
    charset = "utf-8"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the page as text; no body where the answer has none (204, 304)."""
        if data is None:
            return b""
        context = renderer_context or {}
        request, response = context["request"], context["response"]
        failed = response.status_code >= HTTPStatus.BAD_REQUEST
        if failed and request.method == "GET" and (query := without_empty(request.GET)) is not None:
            response.status_code, response["Location"] = HTTPStatus.SEE_OTHER, f"?{query}"
            return b""
        page = ERROR_PAGE if failed else getattr(context["view"], "page", PLAIN_PAGE)
        document = orjson.loads(data) if isinstance(data, bytes) else data
        try:
            return text_of(page, document, context)
        except OperationalError as error:
            return given_up(error, context)


def text_of(page: str, document: Any, context: Mapping[str, Any]) -> str:
    """The text of a page in the language of who asks."""
    request, status = context["request"], context["response"].status_code
    with translation.override(language(request)):
        content = pages.context(page, document, request=request)
        return render_to_string(page, {**content, "status": status}, request=request._request)


def given_up(error: OperationalError, context: Mapping[str, Any]) -> str:
    """The page of what the database said when it was asked for what only a page shows. Raises it when it is a bug."""
    refusal = errors.answer(error, dict(context))
    if refusal is None:
        raise error
    response = context["response"]
    response.status_code, response["Retry-After"] = refusal.status_code, refusal["Retry-After"]
    return text_of(ERROR_PAGE, refusal.data, context)


def without_empty(parameters: QueryDict) -> str | None:
    """The query without empty fields, which a form sends and the API refuses; None when none is empty."""
    filled = QueryDict(mutable=True)
    for name, values in parameters.lists():
        filled.setlist(name, [value for value in values if value.strip()])
    query = filled.urlencode(safe=",:/")
    return None if query == parameters.urlencode(safe=",:/") else query


def language(request: Any) -> str:
    """The language that ``lang`` names where the site speaks it, else the one that Django has chosen."""
    try:
        return translation.get_supported_language_variant(request.GET.get("lang", ""))
    except LookupError:
        return translation.get_language() or settings.LANGUAGE_CODE
