"""The conventions of the site's own API, which are nobody else's."""

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response


class MarkupRenderer(BaseRenderer):
    """Everything as one element."""

    media_type = "application/xml"
    format = "xml"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return f"<answer>{data}</answer>".encode()


class Stubborn(BaseContentNegotiation):
    """Agrees to nothing."""

    def select_renderer(self, request, renderers, format_suffix=None):
        raise NotAcceptable

    def select_parser(self, request, parsers):
        return None


def handler(error, context):
    """Answer every error in the same way."""
    return Response({"host": "handled"}, status=418)
