"""Entity tags of JSON answers: what changed since the client asked last."""

from hashlib import blake2b

from django.http import HttpRequest
from django.utils.http import parse_etags

from django_stac.exceptions import PreconditionFailed


def etag_of(essence: bytes, digest: str = "") -> str:
    """Tag served bytes by themselves, or by what is another where they are.

    For one resource the part before the dot is the digest of its stored document. What the bytes hold beyond the
    document (base URL, links, derived extent) changes the part after the dot.
    """
    served = blake2b(essence, digest_size=8).hexdigest()
    return f'"{digest}.{served}"' if digest else f'"{served}"'


def is_known(etag: str, request: HttpRequest, *, modified: str = "") -> bool:
    """Whether the client has this state already; ``modified`` is its Last-Modified, where it has one.

    Raises PreconditionFailed when the client wants another state and no other (RFC 9110, 13.1.1).
    """
    headers = request.headers
    if "If-Match" in headers and not {etag, "*"} & tags(headers["If-Match"]):
        raise PreconditionFailed(f"The state that If-Match names is gone; the one of now is {etag}.")
    if "If-None-Match" in headers:
        return bool({etag, "*"} & tags(headers["If-None-Match"]))
    return bool(modified) and headers.get("If-Modified-Since") == modified


def tags(header: str) -> set[str]:
    """The tags of a header, without the ``W/`` that compressing middleware puts before ours."""
    return {tag.removeprefix("W/") for tag in parse_etags(header)}
