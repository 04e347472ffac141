"""The description of the API, for programs and for people."""

from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from django_stac.api.html import HTMLRenderer
from django_stac.api.openapi.schema import description
from django_stac.api.operations import Operation
from django_stac.api.renderers import OpenAPIRenderer
from django_stac.api.views.base import StacViewSet
from django_stac.spec.media_types import HTML


class DescriptionViewSet(StacViewSet):
    """``/api``: OpenAPI 3.0 (OGC API - Features, ``oas30``)."""

    operations = {
        "retrieve": Operation(
            id="getAPIDescription",
            tag="Core",
            summary="OpenAPI description",
            answer="Description",
            page="django_stac/api.html",
            renderer=OpenAPIRenderer,
        )
    }

    def retrieve(self, request: Request) -> Response:
        """Answer with the document."""
        return self.answer(description(self.hrefs))


class DocumentationViewSet(DescriptionViewSet):
    """``/api.html``: the same as a page, in no other form."""

    operations = {
        "retrieve": Operation(
            id="getAPIDocumentation",
            tag="Core",
            summary="Documentation of the API",
            answer="Page",
            page="django_stac/api.html",
            media_types=(HTML,),
        )
    }

    def get_renderers(self) -> list[BaseRenderer]:
        return [HTMLRenderer()]
