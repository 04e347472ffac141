"""Stored bytes as served bytes: the server's links and the URLs of files are put in without parsing."""

from typing import Any

import orjson

from django_stac.documents.hrefs import Hrefs

STORED_REFERENCE = b'"stac-file:'
NO_LINKS = b"[]}"


def spliced(document: bytes, links: bytes) -> tuple[bytes | memoryview, ...]:
    """The pieces of a stored document with further links: ``links`` is JSON, ``{…},{…}``, without its brackets.

    The document's last member is ``links``, so that nothing but its end is looked at.
    """
    comma = b"" if document.endswith(NO_LINKS) else b","
    return memoryview(document)[:-2], comma, links, b"]}"


def with_links(served: bytes, links: list[dict[str, Any]]) -> bytes:
    """Served bytes of one document with further links."""
    return b"".join(spliced(served, orjson.dumps(links)[1:-1])) if links else served


def present_files(json: bytes, hrefs: Hrefs) -> bytes:
    """Turn references to stored files into URLs of the API."""
    if STORED_REFERENCE not in json:
        return json
    return json.replace(STORED_REFERENCE, b'"' + hrefs.files.encode())
