"""Paths that no resource has: the same with a slash too many, or an error in the API's own form."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.views.decorators.csrf import csrf_exempt
from rest_framework.request import Request
from rest_framework.response import Response

from django_stac.api.operations import Operation
from django_stac.api.views.base import StacViewSet
from django_stac.exceptions import NotFound


class UnknownViewSet(StacViewSet):
    """Answers 404 to every method."""

    operations = {"": Operation(id="unknown", tag="", summary="", answer="Exception")}
    schema = None

    def refuse(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Raise NotFound."""
        raise NotFound(f"There is nothing at {request.path!r}.")


unknown = UnknownViewSet.as_view(dict.fromkeys(("get", "post", "put", "patch", "delete"), "refuse"))


@login_not_required
@csrf_exempt
def without_slash(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Answer as the path without one slash at its end would; a redirect would lose the body of a POST."""
    if not rest.endswith("/"):
        return unknown(request)
    match = resolve(f"/{rest[:-1]}", "django_stac.api.urls")
    if match.func is without_slash:
        return unknown(request)
    return match.func(request, *match.args, **match.kwargs)  # type: ignore[no-any-return]
