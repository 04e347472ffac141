"""Which asset of a document stands for it as a picture. Whether its href may be shown, others decide."""

from typing import Any

from django_stac.spec.media_types import GIF, JPEG, PNG, WEBP, of_path

SHOWN_BY_BROWSERS = frozenset((PNG, JPEG, GIF, WEBP, "image/jpg", "image/avif"))
RANKS = ("thumbnail", "overview")


def thumbnail_hrefs(document: dict[str, Any]) -> list[str]:
    """The hrefs of an item's or a collection's pictures: thumbnails, then overviews, then any image for browsers."""
    assets = document.get("assets")
    pictures = [asset for asset in assets.values() if is_picture(asset)] if isinstance(assets, dict) else []
    return [asset["href"] for asset in sorted(pictures, key=rank)]


def is_picture(asset: object) -> bool:
    """Whether browsers show it as an image; its type tells, or else its name."""
    if not isinstance(asset, dict) or not isinstance(asset.get("href"), str):
        return False
    media_type = asset.get("type") or of_path(asset["href"])
    return isinstance(media_type, str) and media_type.split(";")[0].strip().lower() in SHOWN_BY_BROWSERS


def rank(asset: dict[str, Any]) -> int:
    """The lower, the better it stands for the whole."""
    roles = asset.get("roles")
    named = roles if isinstance(roles, list) else []
    return next((place for place, role in enumerate(RANKS) if role in named), len(RANKS))
