"""What the HTML pages show beside their document, prepared in Python so that the templates only lay it out."""

from typing import Any

from django.urls import reverse

from django_stac.documents.hrefs import Hrefs


def context(page: str, document: Any, *, view: Any, request: Any) -> dict[str, Any]:
    """Return the context of a page."""
    hrefs = getattr(view, "hrefs", None) or Hrefs(request.build_absolute_uri(reverse("django_stac:landing")))
    return {"document": document, "hrefs": hrefs}
