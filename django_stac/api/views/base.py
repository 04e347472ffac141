"""What every resource of the API has in common, and independent of the host's settings for its own API."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from http import HTTPStatus
from typing import Any, ClassVar

import orjson
from django.utils.cache import patch_vary_headers
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import APIException, UnsupportedMediaType
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.schemas.inspectors import ViewInspector
from rest_framework.throttling import BaseThrottle
from rest_framework.viewsets import GenericViewSet

from django_stac.access import AccessPolicy, policy
from django_stac.api import cors, errors
from django_stac.api.base_url import hrefs_of
from django_stac.api.credentials import wary
from django_stac.api.etags import etag_of, is_known
from django_stac.api.html import HTMLRenderer
from django_stac.api.missing import missing
from django_stac.api.negotiation import Negotiation
from django_stac.api.openapi.schema import OperationSchema
from django_stac.api.operations import Operation
from django_stac.api.parameters import refuse_repeated, refuse_unknown
from django_stac.api.parsers import other_type
from django_stac.api.renderers import JSONRenderer
from django_stac.api.staff import is_staff
from django_stac.api.throttling import ScopeThrottle
from django_stac.documents.hrefs import Hrefs
from django_stac.exceptions import NotFound
from django_stac.history.names import Name
from django_stac.logs import request_context, tell_user
from django_stac.spec.media_types import JSON


class StacViewSet(GenericViewSet[Any]):
    """A resource. Of the host's ``REST_FRAMEWORK`` only authentication and throttling count; all else is said here.

    A view parses, asks and answers; who may see what is the AccessPolicy's to say, so that there are no permissions.
    """

    operations: ClassVar[Mapping[str, Operation]]
    """The operation of each action."""
    renderer_classes: Sequence[type[BaseRenderer]] = (JSONRenderer, HTMLRenderer)
    parser_classes = ()
    content_negotiation_class = Negotiation
    permission_classes = ()
    filter_backends = ()
    pagination_class = None
    versioning_class = None
    metadata_class = None
    schema: ViewInspector | None = OperationSchema()

    # The request

    @property
    def operation(self) -> Operation:
        """The operation asked for; the resource's first when the method is none of its own."""
        return self.operations.get(str(self.action)) or next(iter(self.operations.values()))

    @property
    def page(self) -> str:
        """The template of the HTML form."""
        return self.operation.page

    @cached_property
    def hrefs(self) -> Hrefs:
        """The URLs of the API for this request."""
        return hrefs_of(self.request._request)

    @cached_property
    def policy(self) -> AccessPolicy:
        return policy()

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Answer; what is logged on the way tells the request."""
        with request_context(request, type(self).__name__):
            answer = super().dispatch(request, *args, **kwargs)
            # Views and requests refer to each other: an answer that they hold stays until garbage is collected.
            del self.response
            return answer

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        tell_user(request.user)
        if "\0" in request.path:
            raise NotFound("No path holds a NUL.")
        if self.action in self.operations and self.operation.parameters is not None:
            if not self.operation.takes_queryables:
                refuse_unknown(request.query_params, self.operation.parameters)
            refuse_repeated(request.query_params, self.operation.parameters)

    def get_format_suffix(self, **kwargs: Any) -> None:
        """No ``.json`` at the end of ids."""

    def get_authenticators(self) -> list[BaseAuthentication]:
        return [wary(each) for each in super().get_authenticators()]

    def get_renderers(self) -> list[BaseRenderer]:
        return [self.operation.renderer(), *([] if self.operation.action else [HTMLRenderer()])]

    def get_throttles(self) -> list[BaseThrottle]:
        return [*super().get_throttles(), ScopeThrottle()]

    def body(self, request: Request) -> Any:
        """The parsed body. Raises LengthRequired, UnsupportedMediaType, or what its parser raises."""
        if "Content-Length" not in request.headers and "Transfer-Encoding" in request.headers:
            raise errors.LengthRequired
        request.parsers = [parser() for parser in self.operation.parsers]
        try:
            return request.data
        except UnsupportedMediaType as error:
            raise other_type(self.operation.parsers) from error

    def get_exception_handler(self) -> Any:
        return errors.answer

    def missing(self, *names: Name, using: str | None = None) -> NotFound:
        """The error for what the user does not see under any of these names; if they saw it once, it says so."""
        return missing(names, self.policy, self.request.user, self.hrefs, using)

    # The answer

    def answer(self, served: bytes | dict[str, Any], *, digest: str = "", essence: bytes = b"") -> Response:
        """Answer with a served document, or with 304 when the client has it.

        ``digest`` is the stored document's; ``essence`` is what is another where a long body is.
        """
        body = served if isinstance(served, bytes) else orjson.dumps(served)
        if not isinstance(self.request.accepted_renderer, JSONRenderer) or self.request.method == "POST":
            return Response(body)
        etag = etag_of(essence or body, digest)
        if is_known(etag, self.request._request):
            return Response(status=304, headers={"ETag": etag})
        return Response(body, headers={"ETag": etag})

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Say which methods there are, to people (``Allow``) and to browsers (preflight)."""
        response = Response(status=204)
        cors.answer_preflight(response, self.allowed_methods)
        return response

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Add what concerns caches and other origins, to errors too."""
        final = super().finalize_response(request, response, *args, **kwargs)
        cors.open_to_all(final)
        everybodys = self.is_public() and final.status_code != HTTPStatus.UNAUTHORIZED
        final.headers.setdefault("Cache-Control", f"{'public' if everybodys else 'private'}, max-age=0")
        patch_vary_headers(final, self.vary())
        if isinstance(final, Response):
            if final.exception and isinstance(final.accepted_renderer, JSONRenderer):
                final.content_type = JSON
            if request.method == "HEAD":
                final.add_post_render_callback(without_body)
            final.add_post_render_callback(without_itself)
        return final

    def is_public(self) -> bool:
        """Whether anybody would get this answer; with credentials that were refused nobody is known."""
        try:
            return self.policy.is_public(self.request.user) and not is_staff(self.request.user)
        except APIException:
            return False

    def vary(self) -> list[str]:
        """The request headers that the answer depends on."""
        is_page = isinstance(getattr(self.request, "accepted_renderer", None), HTMLRenderer)
        return ["Accept", *(["Accept-Language"] if is_page else []), "Authorization", "Cookie"]


def without_itself(response: Any) -> None:
    """Let a rendered answer, which may be large, be forgotten as soon as it is sent."""
    response.renderer_context.pop("response", None)


def without_body(response: Response) -> None:
    """Let HEAD tell the length of what GET would send, also under servers that leave bodies alone."""
    response["Content-Length"] = str(len(response.content))
    response.content = b""
