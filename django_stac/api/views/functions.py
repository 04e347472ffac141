"""The functions that a filter may call."""

from rest_framework.request import Request
from rest_framework.response import Response

from django_stac.api.operations import Operation
from django_stac.api.views.base import StacViewSet
from django_stac.documents.functions import present_functions


class FunctionViewSet(StacViewSet):
    """``/functions`` (CQL2, Functions)."""

    operations = {
        "list": Operation(id="getFunctions", tag="Filter", summary="Functions for filters", answer="Functions")
    }

    def list(self, request: Request) -> Response:
        """Answer with all functions, what they take and what they return."""
        return self.answer(present_functions(self.hrefs))
