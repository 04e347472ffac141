"""Stored bytes as served bytes: the server's links and the URLs of files are put in without parsing."""

from typing import Any

import orjson

from django_stac.documents.hrefs import Hrefs

STORED_REFERENCE = b'"stac-file:'
NO_LINKS = b"[]}"


def splice_links(document: bytes, links: list[dict[str, Any]]) -> bytes:
    """Append links to a stored document, whose last member is ``links``."""
    comma = b"" if document.endswith(NO_LINKS) else b","
    return b"%b%b%b" % (document[:-2], comma, orjson.dumps(links)[1:] + b"}")


def present_files(document: bytes, hrefs: Hrefs) -> bytes:
    """Turn references to stored files into URLs of the API."""
    if STORED_REFERENCE not in document:
        return document
    return document.replace(STORED_REFERENCE, b'"' + hrefs.files.encode())
