"""How bodies are read: strict JSON, no form data."""

from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from django_stac.spec.json_text import JSONTextError, loads
from django_stac.spec.media_types import GEOJSON, JSON


class JSONParser(BaseParser):
    """Read a body as JSON; what JSON alone would let pass (duplicate keys, NaN) is refused."""

    media_type = JSON

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Return the parsed body. Raises ParseError, or RequestDataTooBig by Django's own limit."""
        request = (parser_context or {})["request"]
        try:
            return loads(request.body)
        except JSONTextError as error:
            raise ParseError(f"The body is not JSON: {error}") from error


class GeoJSONParser(JSONParser):
    """The same for bodies that are sent as GeoJSON."""

    media_type = GEOJSON
