"""The picture that stands for an item: found in its assets, never made here."""

from typing import Any

from django_stac.api.pages.hyperlinks import image_url
from django_stac.api.pages.visit import mapping, texts
from django_stac.documents.hrefs import Hrefs
from django_stac.spec.media_types import GIF, JPEG, PNG, WEBP, of_path

SHOWN_BY_BROWSERS = frozenset((PNG, JPEG, GIF, WEBP, "image/jpg", "image/avif"))
RANKS = ("thumbnail", "overview")


def thumbnail(document: dict[str, Any], base: str, hrefs: Hrefs) -> str | None:
    """The URL of the best small picture among the assets of an item or a collection; None without one."""
    assets = [asset for asset in mapping(document.get("assets")).values() if is_picture(asset)]
    urls = (image_url(asset.get("href"), base, hrefs) for asset in sorted(assets, key=rank))
    return next(filter(None, urls), None)


def is_picture(asset: object) -> bool:
    """Whether browsers show it as an image; its type tells, or else its name."""
    if not isinstance(asset, dict):
        return False
    media_type = asset.get("type") or of_path(str(asset.get("href")))
    return isinstance(media_type, str) and media_type.split(";")[0].strip().lower() in SHOWN_BY_BROWSERS


def rank(asset: dict[str, Any]) -> int:
    """Thumbnails first, then overviews, then any image."""
    roles = texts(asset.get("roles"))
    return next((place for place, role in enumerate(RANKS) if role in roles), len(RANKS))
