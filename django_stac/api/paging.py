"""The links of a page: to itself, to its HTML form, to its neighbours."""

from typing import Any

from django.http import QueryDict

from django_stac.documents.hrefs import Hrefs
from django_stac.spec.links import link
from django_stac.spec.media_types import HTML, JSON

Links = list[dict[str, Any]]


def get_links(
    href: str,
    params: QueryDict,
    hrefs: Hrefs,
    *,
    media_type: str,
    next: str | None = None,  # noqa: A002  the name of the relation
    prev: str | None = None,
) -> Links:
    """Links of a page asked for by GET, which carry every parameter given; ``next`` and ``prev`` are tokens."""
    neighbours = [
        link(rel, with_params(href, params, token=token), type=media_type, method="GET")
        for rel, token in (("next", next), ("prev", prev))
        if token
    ]
    return [
        link("self", with_params(href, params), type=media_type),
        link("alternate", with_params(href, params, f="html"), type=HTML),
        link("root", hrefs.root, type=JSON),
        *neighbours,
    ]


def post_links(
    href: str,
    body: Any,
    hrefs: Hrefs,
    *,
    media_type: str,
    next: str | None = None,  # noqa: A002  the name of the relation
    prev: str | None = None,
) -> Links:
    """Links of a page asked for by POST; each carries a whole body, because some clients cannot merge."""
    neighbours = [
        link(rel, href, type=media_type, method="POST", body={**body, "token": token}, merge=False)
        for rel, token in (("next", next), ("prev", prev))
        if token
    ]
    return [
        link("self", href, type=media_type, method="POST", body=body),
        link("root", hrefs.root, type=JSON),
        *neighbours,
    ]


def with_params(href: str, params: QueryDict, **changes: str) -> str:
    """Put query parameters behind a URL; without any, the URL stays what other documents link to."""
    shown = params.copy()
    for name, value in changes.items():
        shown[name] = value
    return f"{href}?{shown.urlencode(safe=',:/')}" if shown else href
