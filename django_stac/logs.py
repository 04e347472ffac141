"""What is logged under ``django_stac.*``: by whose request, and in which form. Handlers and levels are the site's.

A site names :class:`RequestContext` as a filter of its handler, and writes ``{request_id}``, ``{user_id}``,
``{method}``, ``{path}`` and ``{view}`` in its format.
"""

import logging
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpRequest

ABSENT = "-"
FIELDS = ("request_id", "user_id", "method", "path", "view")
MOST = 300
"""Characters of what others have sent that one record holds."""

IDENTIFIER = re.compile(r"[\w.:/+=@-]{1,128}", re.ASCII)

_current: ContextVar[dict[str, str] | None] = ContextVar("django_stac_request", default=None)


def plain(text: object, most: int = MOST) -> str:
    """Return what others have sent as one line of bounded length, so that nobody writes records of his own."""
    shown = (sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in str(text)[: most + 1])
    line = "".join(shown)
    return line if len(line) <= most else f"{line[: most - 1]}…"


@contextmanager
def request_context(request: "HttpRequest", view: str) -> Iterator[None]:
    """Let records inside the block tell the request; its query string and headers, which may hold secrets, are not."""
    facts = {"request_id": request_id(request), "view": view}
    facts |= {"method": plain(request.method), "path": plain(request.path)}
    token = _current.set(facts)
    try:
        yield
    finally:
        _current.reset(token)


def request_id(request: "HttpRequest") -> str:
    """Return the ``X-Request-ID`` that a proxy or a middleware has given, if it looks like one, or a new one."""
    given = request.headers.get("X-Request-ID", "")
    return given if IDENTIFIER.fullmatch(given) else secrets.token_hex(8)


def tell_user(user: Any) -> None:
    """Let the records of this request tell the user's primary key, from now on."""
    facts, key = _current.get(), getattr(user, "pk", None)
    if facts is not None and key is not None:
        facts["user_id"] = plain(key)


class RequestContext(logging.Filter):
    """Lets every record have the fields of the request in which it was made, ``-`` where there is none.

    What another filter of the site has set before stays.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        facts = _current.get() or {}
        for name in FIELDS:
            if not hasattr(record, name):
                setattr(record, name, facts.get(name, ABSENT))
        return True
