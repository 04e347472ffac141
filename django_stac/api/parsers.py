"""How bodies are read: strict JSON, no form data."""

from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from io import BufferedReader, RawIOBase
from typing import IO, Any

from rest_framework.exceptions import APIException, ParseError, UnsupportedMediaType
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from django_stac.conf import stac_settings
from django_stac.spec.json_text import JSONTextError, loads
from django_stac.spec.media_types import GEOJSON, JSON, JSON_PATCH, MERGE_PATCH, NDJSON

CHUNK = 2**16
"""Bytes of a body that are asked for at a time."""


class BodyTooLarge(APIException):
    """More than the site takes in one body."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    def __init__(self, most: int) -> None:
        super().__init__(f"The body has more than {most:,} bytes, the most that this site takes (MAX_BODY).")


def other_type(parsers: Iterable[type[BaseParser]]) -> UnsupportedMediaType:
    """The refusal of a body that none of these reads."""
    allowed = ", ".join(str(parser.media_type) for parser in parsers)
    return UnsupportedMediaType("", f"Content-Type must be one of {allowed}.")


class JSONParser(BaseParser):
    """Read a body as JSON; what JSON alone would let pass (duplicate keys, NaN) is refused."""

    media_type = JSON

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Return the parsed body. Raises ParseError, or RequestDataTooBig by Django's own limit."""
        try:
            return loads(self.read((parser_context or {})["request"]))
        except JSONTextError as error:
            raise ParseError(f"The body is not JSON: {error}") from error

    def read(self, request: Request) -> bytes:
        """The bytes of the body."""
        content: bytes = request._request.body
        return content


class GeoJSONParser(JSONParser):
    """The same for bodies that are sent as GeoJSON."""

    media_type = GEOJSON


class DocumentParser(JSONParser):
    """Read what is to be stored: documents may be larger than what Django lets a form be."""

    def read(self, request: Request) -> bytes:
        """The bytes of the body. Raises BodyTooLarge; what is announced as too large is not read at all."""
        most, announced = stac_settings.MAX_BODY, request.headers.get("Content-Length", "")
        if announced.isdecimal() and len(announced) < 19 and int(announced) <= most:
            content: bytes = request.stream.read()
            return content
        raise BodyTooLarge(most)


class GeoJSONDocumentParser(DocumentParser):
    """The same for items that are sent as GeoJSON."""

    media_type = GEOJSON


class MergePatchParser(DocumentParser):
    """Read a JSON merge patch (RFC 7396)."""

    media_type = MERGE_PATCH

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        """Return the patch, an object. Raises ParseError."""
        patch = super().parse(*args, **kwargs)
        if not isinstance(patch, dict):
            raise ParseError(f"A merge patch is an object (RFC 7396); a list of operations is sent as {JSON_PATCH}.")
        return patch


class JSONPatchParser(DocumentParser):
    """Read a JSON Patch (RFC 6902)."""

    media_type = JSON_PATCH

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        """Return the patch, a list of operations. Raises ParseError."""
        patch = super().parse(*args, **kwargs)
        if not isinstance(patch, list):
            raise ParseError(f"A JSON Patch is a list of operations (RFC 6902); an object is sent as {MERGE_PATCH}.")
        return patch


class Arriving(RawIOBase):
    """A body of which nothing but ``read`` is asked: the ``readline`` of granian 2.8 ends after the first line.

    It must be as long as announced, for when the client is gone servers let it end without a word. Reading raises
    ParseError where it is not.
    """

    def __init__(self, stream: IO[bytes], length: int) -> None:
        self.stream, self.length, self.arrived = stream, length, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk = self.stream.read(len(buffer))
        self.arrived += len(chunk)
        if not chunk and self.arrived < self.length:
            raise ParseError(f"The body ended after {self.arrived:,} of {self.length:,} bytes.")
        buffer[: len(chunk)] = chunk
        return len(chunk)


def announced_length(request: Request) -> int:
    """How many bytes the client says that its body has; 0 where it says no number."""
    given = request.headers.get("Content-Length", "")
    return int(given) if given.isdecimal() and len(given) < 19 else 0


class Lines:
    """The lines of a body as they arrive, with their numbers: never the whole body at once."""

    def __init__(self, body: Arriving, longest: int) -> None:
        self.stream, self.longest = BufferedReader(body, CHUNK), longest

    def __iter__(self) -> Iterator[tuple[int, bytes | None]]:
        """Yield each line that is not blank; None in place of one that is longer than the site takes."""
        number = 0
        while line := self.stream.readline(self.longest + 1):
            number += 1
            if len(line) > self.longest and not line.endswith(b"\n"):
                self.skip()
                yield number, None
            elif not line.isspace():
                yield number, line

    def skip(self) -> None:
        """Read on to the end of a line."""
        while (rest := self.stream.readline(2**20)) and not rest.endswith(b"\n"):
            pass


class NDJSONParser(BaseParser):
    """Read newline-delimited JSON."""

    media_type = NDJSON

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Return the lines; a body of any length is taken, each line up to ``MAX_BODY`` bytes."""
        length = announced_length((parser_context or {})["request"])
        return Lines(Arriving(stream, length), stac_settings.MAX_BODY)
