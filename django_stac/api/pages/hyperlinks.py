"""Which hrefs of a document may become links and images of a page: it holds what strangers wrote."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from django_stac.api.pages.members import objects
from django_stac.api.pages.visit import Visit
from django_stac.documents.hrefs import Hrefs
from django_stac.models.stored_file import SCHEME


@dataclass(frozen=True, slots=True, kw_only=True)
class Hyperlink:
    """A row of the table of links; ``url`` is None where only the text may be shown."""

    rel: str
    href: str
    url: str | None
    title: str
    media_type: str
    method: str


def web_url(href: object, base: str) -> str | None:
    """Resolve an href; None unless it leads to http or https (no ``javascript:``, no ``s3:``)."""
    if not isinstance(href, str) or not href.strip():
        return None
    try:
        url = urljoin(base, href)
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) else None


def image_url(href: object, base: str, hrefs: Hrefs) -> str | None:
    """Resolve an href for an image: only from this site, so that a page asks nobody else."""
    if isinstance(href, str) and href.startswith(SCHEME):
        return hrefs.files + href.removeprefix(SCHEME)
    url = web_url(href, base)
    return url if url and origin(url) == origin(hrefs.root) else None


def origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def id_below(url: object, parent: str) -> str | None:
    """The id of the collection or catalogue whose URL lies right below ``parent``; None when it does not."""
    if not isinstance(url, str) or not url.startswith(f"{parent}/"):
        return None
    tail = url.removeprefix(f"{parent}/")
    return None if not tail or "/" in tail else unquote(tail)


def hyperlinks(visit: Visit) -> list[Hyperlink]:
    """Every link of the document."""
    return [hyperlink(each, visit.url) for each in objects(visit.document.get("links"))]


def hyperlink(link: dict[str, Any], base: str) -> Hyperlink:
    """One link; a request with a body (POST) cannot be followed by a click."""
    method = str(link.get("method") or "GET")
    return Hyperlink(
        rel=str(link.get("rel") or ""),
        href=str(link.get("href") or ""),
        url=web_url(link.get("href"), base) if method == "GET" else None,
        title=str(link.get("title") or ""),
        media_type=str(link.get("type") or ""),
        method=method,
    )
