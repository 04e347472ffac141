"""Which form of a resource a client gets: the parameter ``f``, else the header ``Accept``."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import unquote_plus

from django.http.request import MediaType
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from django_stac.api.errors import QueryTooLong
from django_stac.exceptions import InvalidParameter

LONGEST_QUERY = 2**18
"""Bytes of a query string, or of one parameter in a longer one. Servers in front take less, mostly."""
Liking = tuple[float, int]
"""Quality and specificity of the range that matches best (RFC 9110, 12.5.1)."""


class Negotiation(DefaultContentNegotiation):
    """The first renderer unless another is preferred. Parameters of media types (``version=3.0``) are not compared."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[Any, str]:
        """Choose a renderer. Raises InvalidParameter (``f``), NotAcceptable or QueryTooLong."""
        # Nothing is asked of the query before the form of the answer, be it that of an error.
        refuse_length(request.META.get("QUERY_STRING", ""))
        wanted, offered = request.query_params.get("f"), list(renderers)
        chosen = by_accept(request, offered) if wanted is None else by_format(wanted, offered)
        return chosen, str(chosen.media_type)


def refuse_length(query: str) -> None:
    """Refuse, unread, what is too long. Raises InvalidParameter for one parameter, QueryTooLong for all together."""
    if len(query) <= LONGEST_QUERY:
        return
    name, _, value = max(query.split("&"), key=len).partition("=")
    if len(value) > LONGEST_QUERY:
        reason = f"takes at most {LONGEST_QUERY:,} bytes in a URL; got {len(value):,}. Long searches go by POST."
        raise InvalidParameter(unquote_plus(name[:200]), reason)
    raise QueryTooLong


def by_format(wanted: str, renderers: Sequence[BaseRenderer]) -> BaseRenderer:
    """Take what ``f`` names."""
    for renderer in renderers:
        if renderer.format == wanted:
            return renderer
    allowed = " or ".join(str(renderer.format) for renderer in renderers)
    raise InvalidParameter("f", f"must be {allowed}; got {wanted[:40]!r}.")


def by_accept(request: Request, renderers: Sequence[BaseRenderer]) -> BaseRenderer:
    """Take what the client likes best; the first of those that it likes the same."""
    accept = request.headers.get("Accept") or "*/*"
    ranges = [MediaType(text) for text in accept.split(",") if text.strip()]
    likings = [max(liking(media_type, ranges) for media_type in accepted(each)) for each in renderers]
    best = max(likings)
    if not best[0]:
        offered = ", ".join(str(renderer.media_type) for renderer in renderers)
        raise NotAcceptable(f"This resource is offered as {offered}.")
    return renderers[likings.index(best)]


def accepted(renderer: BaseRenderer) -> tuple[str, ...]:
    """The media types by which a client may ask for a renderer."""
    names: tuple[str, ...] = getattr(renderer, "accepts", (renderer.media_type,))
    return names


def liking(media_type: str, ranges: Sequence[MediaType]) -> Liking:
    """How much the client likes a media type: the most specific range says it."""
    main, _, sub = media_type.partition("/")
    matching = [each for each in ranges if each.main_type in ("*", main) and each.sub_type in ("*", sub)]
    if not matching:
        return 0, 0
    closest = max(matching, key=wildcards)
    return closest.quality, wildcards(closest)


def wildcards(media_range: MediaType) -> int:
    """0 for ``text/html``, -1 for ``text/*``, -2 for ``*/*``."""
    return -[media_range.main_type, media_range.sub_type].count("*")
