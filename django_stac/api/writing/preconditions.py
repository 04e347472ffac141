"""What a client wants to be true before it writes (RFC 9110, 13.1).

It concerns the stored document: its digest is the part of an entity tag before the dot. What stands behind it (base
URL, links, derived extent) changes without any write, and compressing middleware marks tags as weak.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from django.http import HttpRequest
from rest_framework.exceptions import APIException

from django_stac.api.etags import tags
from django_stac.conf import stac_settings
from django_stac.exceptions import AlreadyExists, PreconditionFailed


class PreconditionRequired(APIException):
    """The site takes no write that does not name the state it has read."""

    status_code = HTTPStatus.PRECONDITION_REQUIRED
    default_detail = "Name the state that you have read: send its ETag as If-Match."


def digest_to_match(request: HttpRequest, digest: str) -> str | None:
    """Return the digest that must still stand when the write happens; None when any may.

    Raises PreconditionFailed, or PreconditionRequired where the site demands If-Match.
    """
    if {digest, "*"} & digests(request, "If-None-Match"):
        raise PreconditionFailed("There is such a document, and If-None-Match wants that there is none.")
    if "If-Match" not in request.headers:
        if stac_settings.REQUIRE_IF_MATCH:
            raise PreconditionRequired
        return None
    wanted = digests(request, "If-Match")
    if not {digest, "*"} & wanted:
        raise PreconditionFailed(f"The document was changed since it was read: If-Match does not name {digest}.")
    return digest if digest in wanted else None


@contextmanager
def creating(request: HttpRequest) -> Iterator[None]:
    """Let a new document be stored where nothing stands.

    Raises PreconditionFailed when the client names a state of it, which it cannot have yet, and instead of
    AlreadyExists when ``If-None-Match: *`` was sent.
    """
    if "If-Match" in request.headers:
        raise PreconditionFailed("What is created has no state yet that If-Match could name.")
    try:
        yield
    except AlreadyExists as error:
        if "*" in digests(request, "If-None-Match"):
            raise PreconditionFailed(str(error)) from error
        raise


def digests(request: HttpRequest, header: str) -> set[str]:
    """The digests that a header names, and ``*``."""
    return set(map(digest_of, tags(request.headers.get(header, ""))))


def digest_of(tag: str) -> str:
    """The part of an entity tag that concerns the stored document, whether or not the tag is marked as weak."""
    return tag.removeprefix("W/").strip('"').partition(".")[0]
