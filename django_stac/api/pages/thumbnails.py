"""The picture that stands for an item or a collection on a page: found in its assets, never made here."""

from typing import Any

from django_stac.api.pages.hyperlinks import image_url
from django_stac.documents.hrefs import Hrefs
from django_stac.drawing.thumbnail import thumbnail_hrefs


def thumbnail(document: dict[str, Any], base: str, hrefs: Hrefs) -> str | None:
    """The URL of the best small picture of a stored or served document; None without one on this site."""
    urls = (image_url(href, base, hrefs) for href in thumbnail_hrefs(document))
    return next(filter(None, urls), None)
