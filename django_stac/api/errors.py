"""What goes wrong, as an answer: one table from exceptions to statuses, and the one form of an error body."""

from http import HTTPStatus
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent
from django.http import Http404
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import set_rollback

from django_stac.api.outages import SECONDS, outage_of
from django_stac.api.writing.many import RefusedDocuments, as_dict
from django_stac.conf import stac_settings
from django_stac.exceptions import (
    AlreadyExists,
    DatabaseAway,
    DatabaseBusy,
    Gone,
    InvalidDocument,
    InvalidParameter,
    NotEmpty,
    NotFound,
    PreconditionFailed,
    QueryTimeout,
    StacError,
    StartAgain,
)
from django_stac.spec.datetimes import format_instant

STATUSES: dict[type[Exception], HTTPStatus] = {
    InvalidParameter: HTTPStatus.BAD_REQUEST,
    InvalidDocument: HTTPStatus.BAD_REQUEST,
    Gone: HTTPStatus.GONE,
    NotFound: HTTPStatus.NOT_FOUND,
    StartAgain: HTTPStatus.GONE,
    AlreadyExists: HTTPStatus.CONFLICT,
    NotEmpty: HTTPStatus.CONFLICT,
    PreconditionFailed: HTTPStatus.PRECONDITION_FAILED,
    QueryTimeout: HTTPStatus.SERVICE_UNAVAILABLE,
    DatabaseBusy: HTTPStatus.SERVICE_UNAVAILABLE,
    DatabaseAway: HTTPStatus.SERVICE_UNAVAILABLE,
    Http404: HTTPStatus.NOT_FOUND,
    PermissionDenied: HTTPStatus.FORBIDDEN,
    RequestDataTooBig: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    TooManyFieldsSent: HTTPStatus.BAD_REQUEST,
}
"""What is missing here and is no APIException is a bug: Django answers 500 and tells nothing."""

LONGEST = 2_000
"""Characters of a description, a parameter's name or a pointer."""
MOST_PROBLEMS = 100
"""Problems of one document that an answer lists."""


class RangeNotSatisfiable(APIException):
    """The file is shorter than the range that was asked for."""

    status_code = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE

    def __init__(self, size: int) -> None:
        super().__init__(f"The file has {size} bytes: no byte of it is in the range.")
        self.size = size


class QueryTooLong(APIException):
    """The query string is so long that to decode it would take longer than to search."""

    status_code = HTTPStatus.REQUEST_URI_TOO_LONG
    default_detail = "The query string is too long: POST the search as a body."


class LengthRequired(APIException):
    """The length of the body must be told: unannounced bodies are taken for empty by what reads them."""

    status_code = HTTPStatus.LENGTH_REQUIRED
    default_detail = "A body needs a Content-Length; it came with Transfer-Encoding only."


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """Make the response to an exception (DRF's exception handler); None when it is a bug."""
    error = outage_of(error) or error
    if isinstance(error, DatabaseAway):
        # Who asks is told by the database: what makes the answer would look there again.
        context["request"].user = AnonymousUser()
    status = status_of(error)
    if status is None:
        return None
    set_rollback()
    return Response(body(error, status), status=status, headers=headers(error))


def status_of(error: Exception) -> HTTPStatus | None:
    """The status for an exception, None for a bug."""
    if isinstance(error, APIException):
        return HTTPStatus(error.status_code)
    if isinstance(error, RefusedDocuments):
        return error.status
    if isinstance(error, Gone) and not stac_settings.GONE:
        return HTTPStatus.NOT_FOUND
    return next((status for kind, status in STATUSES.items() if isinstance(error, kind)), None)


def body(error: Exception, status: HTTPStatus) -> dict[str, Any]:
    """The JSON of an error (OGC API - Features, exception): ``code`` and ``description``, and what is at fault."""
    answered = {"code": code_of(error, status), "description": description_of(error, status)}
    if isinstance(error, InvalidParameter):
        answered |= {"parameter": error.parameter} | ({"pointer": error.pointer} if error.pointer else {})
    if isinstance(error, InvalidDocument):
        answered["pointer"] = error.problems[0].pointer
    return {name: shortened(text) for name, text in answered.items()} | problems(error) | departure(error)


def problems(error: Exception) -> dict[str, Any]:
    """Everything that is wrong with a document, or which of several documents are refused and why."""
    if isinstance(error, RefusedDocuments):
        return {"problems": as_dict(error.report)["problems"]}
    if isinstance(error, InvalidDocument):
        found = error.problems[:MOST_PROBLEMS]
        return {"problems": [{"pointer": each.pointer, "description": shortened(each.message)} for each in found]}
    return {}


def departure(error: Exception) -> dict[str, Any]:
    """Since when something is gone, and where it can be had again."""
    return {"deleted": format_instant(error.since), "links": error.links} if isinstance(error, Gone) else {}


def shortened(text: str) -> str:
    """Leave out the middle of what is so long because it repeats what was sent."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"


def code_of(error: Exception, status: HTTPStatus) -> str:
    """A word for programs: the name of our own error, else the status in one word (``MethodNotAllowed``)."""
    return type(error).__name__ if isinstance(error, StacError) else status.phrase.title().replace(" ", "")


def description_of(error: Exception, status: HTTPStatus) -> str:
    """A sentence for people; strangers' exceptions say no more than their status does."""
    if isinstance(error, APIException):
        return str(error.detail)
    return str(error) if isinstance(error, StacError) else f"{status.phrase}: {status.description}"


def headers(error: Exception) -> dict[str, str]:
    """The headers that go with some errors."""
    made = {}
    if challenge := getattr(error, "auth_header", None):
        made["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None) or SECONDS.get(type(error)):
        made["Retry-After"] = str(wait)
    if isinstance(error, RangeNotSatisfiable):
        made["Content-Range"] = f"bytes */{error.size}"
    return made
