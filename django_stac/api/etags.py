"""Entity tags of JSON answers: what changed since the client asked last."""

from hashlib import blake2b

from django.http import HttpRequest
from django.utils.http import parse_etags


def etag_of(body: bytes, digest: str = "") -> str:
    """Tag served bytes; for one resource the part before the dot is the digest of its stored document.

    What the bytes hold beyond the document (base URL, links, derived extent) changes the part after the dot.
    """
    served = blake2b(body, digest_size=8).hexdigest()
    return f'"{digest}.{served}"' if digest else f'"{served}"'


def is_known(etag: str, request: HttpRequest) -> bool:
    """Whether the client has this state already; ``W/`` is put before our tags by compressing middleware."""
    known = {tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))}
    return etag in known or "*" in known
