"""A file, or a part of it, as a response (RFC 9110, 14): readers of rasters fetch windows, never whole files."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import http_date

from django_stac.api.errors import RangeNotSatisfiable
from django_stac.api.etags import is_known
from django_stac.spec.media_types import COG, GEOTIFF, of_path

CHUNK = 256 * 1024
# A list of one may have empty members (RFC 9110, 5.6.1).
SINGLE_RANGE = re.compile(r"bytes=[ \t,]*([0-9]{0,40})-([0-9]{0,40})[ \t,]*", re.IGNORECASE)


def file_response(location: Path, request: HttpRequest) -> HttpResponseBase:
    """Answer with a file's bytes, streamed.

    Raises FileNotFoundError, RangeNotSatisfiable or PreconditionFailed.
    """
    if not location.is_file():
        raise FileNotFoundError(location)
    facts = location.stat()
    etag, modified = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"', http_date(facts.st_mtime)
    headers = {"ETag": etag, "Last-Modified": modified, "Accept-Ranges": "bytes", **file_headers(location.name)}
    if is_known(etag, request, modified=modified):
        return HttpResponse(status=304, headers=headers)
    wanted = None
    if request.method == "GET" and request.headers.get("If-Range", etag) in (etag, modified):
        wanted = byte_range(request.headers.get("Range", ""), facts.st_size)
    start, stop = wanted or (0, facts.st_size)
    headers["Content-Length"] = str(stop - start)
    if wanted:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{facts.st_size}"
    if request.method == "HEAD":
        return HttpResponse(headers=headers)
    return StreamingHttpResponse(
        content(location, start, stop, request), status=206 if wanted else 200, headers=headers
    )


def file_headers(name: str) -> dict[str, str]:
    """Headers that keep a file what it is: not compressed on the way, and never run as a page of this site."""
    media_type = of_path(name) or "application/octet-stream"
    return {
        "Content-Type": COG if media_type == GEOTIFF else media_type,
        # Django's GZipMiddleware would compress a part of a file and drop its length.
        "Content-Encoding": "identity",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """Read a ``Range`` header as first byte and the one after the last; None where the whole file is the answer.

    That is so for several ranges, other units and nonsense. Raises RangeNotSatisfiable.
    """
    match = SINGLE_RANGE.fullmatch(header.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if first and last and int(last) < int(first):
        return None
    start = int(first) if first else max(size - int(last), 0)
    stop = min(int(last) + 1, size) if first and last else size
    if start >= stop:
        raise RangeNotSatisfiable(size)
    return start, stop


def content(location: Path, start: int, stop: int, request: HttpRequest) -> Iterator[bytes] | AsyncIterator[bytes]:
    """Read in chunks, in the manner of the server that asks."""
    read = chunks(location, start, stop)
    return without_blocking(read) if isinstance(request, ASGIRequest) else read


def chunks(location: Path, start: int, stop: int) -> Iterator[bytes]:
    """Read the bytes from ``start`` to before ``stop``."""
    with location.open("rb") as file:
        file.seek(start)
        while start < stop and (chunk := file.read(min(CHUNK, stop - start))):
            start += len(chunk)
            yield chunk


async def without_blocking(read: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Read in a thread, chunk by chunk."""
    while chunk := await sync_to_async(lambda: next(read, b""))():
        yield chunk
