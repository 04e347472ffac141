"""Every answer of the API as a page for a person, at the same URL. What pages show beyond it is in ``pages``."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
from django.template.loader import render_to_string
from rest_framework.renderers import BaseRenderer

from django_stac.api import pages
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
        view, request, response = context["view"], context["request"], context["response"]
        document = orjson.loads(data) if isinstance(data, bytes) else data
        failed = response.status_code >= HTTPStatus.BAD_REQUEST
        page = ERROR_PAGE if failed else getattr(view, "page", PLAIN_PAGE)
        made = pages.context(page, document, request=request)
        return render_to_string(page, {**made, "status": response.status_code}, request=request._request)
