"""The JSON forms of answers. The HTML form is ``html``."""

from collections.abc import Mapping
from typing import Any, ClassVar

import orjson
from rest_framework.renderers import BaseRenderer

from django_stac.spec.media_types import GEOJSON, JSON, OPENAPI, SCHEMA


class JSONRenderer(BaseRenderer):
    """Write a dict as JSON; bytes are JSON already."""

    media_type = JSON
    format = "json"
    charset = None
    accepts: ClassVar[tuple[str, ...]] = (JSON,)
    """What a client may ask for to get this form, without parameters."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        if data is None:
            return b""
        return data if isinstance(data, bytes) else orjson.dumps(data)


class GeoJSONRenderer(JSONRenderer):
    """Items and pages of items are GeoJSON, also to a client that asks for JSON (STAC API - Features)."""

    media_type = GEOJSON
    accepts = (GEOJSON, JSON)


class SchemaRenderer(JSONRenderer):
    """What may be filtered and sorted by."""

    media_type = SCHEMA
    accepts = (SCHEMA, JSON)


class OpenAPIRenderer(JSONRenderer):
    """The description of the API."""

    media_type = OPENAPI
    accepts = ("application/vnd.oai.openapi+json", JSON)
