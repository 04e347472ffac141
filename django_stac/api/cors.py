"""Cross-origin access: every page in every browser may read; who may see what is decided elsewhere."""

from collections.abc import Iterable

from django.http.response import HttpResponseBase

EXPOSED = (
    "Allow, ETag, Link, Location, Retry-After, Content-Language, Content-Range, Accept-Ranges, Content-Length, "
    "Preference-Applied, Unchecked-Extensions"
)
# "*" stands for the headers that carry a site's own keys; it never covers Authorization (Fetch standard).
ACCEPTED = (
    "Accept, Accept-Language, Authorization, Content-Type, If-Match, If-None-Match, If-Range, Range, "
    "Idempotency-Key, Prefer, X-API-Key, *"
)
DAY = "86400"


def open_to_all(response: HttpResponseBase) -> None:
    """Let scripts of other origins read an answer. What a site's own middleware has said stands."""
    response.headers.setdefault("Access-Control-Allow-Origin", "*")
    response.headers.setdefault("Access-Control-Expose-Headers", EXPOSED)


def answer_preflight(response: HttpResponseBase, methods: Iterable[str]) -> None:
    """Say which requests scripts of other origins may make."""
    response.headers.setdefault("Access-Control-Allow-Methods", ", ".join(methods))
    response.headers.setdefault("Access-Control-Allow-Headers", ACCEPTED)
    response.headers.setdefault("Access-Control-Max-Age", DAY)
