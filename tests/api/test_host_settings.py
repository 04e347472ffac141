"""What a host sets for its own REST framework API does not reach ours, but for authentication and throttling."""

import pytest
from django.conf import settings
from django.test import override_settings
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAcceptable
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.pagination import PageNumberPagination
from rest_framework.parsers import FormParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import AdminRenderer
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.versioning import AcceptHeaderVersioning
from rest_framework.views import APIView

from django_stac.api.urls import urlpatterns
from django_stac.api.views.base import StacViewSet
from tests.api.asking import ask, search
from tests.factories import an_item, put

POLICIES = [
    "renderer_classes",
    "parser_classes",
    "permission_classes",
    "content_negotiation_class",
    "metadata_class",
    "versioning_class",
    "pagination_class",
    "filter_backends",
    "schema",
]


class Nothing(BaseContentNegotiation):
    """Negotiation that agrees to nothing."""

    def select_renderer(self, request, renderers, format_suffix=None):
        raise NotAcceptable

    def select_parser(self, request, parsers):
        return None


class Refusal(BaseAuthentication):
    """A host's authentication that refuses everybody."""

    def authenticate(self, request):
        raise AuthenticationFailed("Nobody gets in.")

    def authenticate_header(self, request):
        return "Refusal"


class Never(BaseThrottle):
    """A host's throttle that is always shut."""

    def allow_request(self, request, view):
        return False

    def wait(self):
        return 3


def handler(error, context):
    """A host's exception handler."""
    return Response({"host": "handled"}, status=418)


HOSTILE = {
    "EXCEPTION_HANDLER": "tests.api.test_host_settings.handler",
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.AdminRenderer"],
    "DEFAULT_VERSIONING_CLASS": "rest_framework.versioning.AcceptHeaderVersioning",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "DEFAULT_FILTER_BACKENDS": ["rest_framework.filters.SearchFilter"],
    "DEFAULT_SCHEMA_CLASS": "rest_framework.schemas.openapi.AutoSchema",
    "PAGE_SIZE": 1,
    "URL_FORMAT_OVERRIDE": "limit",
    "FORMAT_SUFFIX_KWARG": "item_id",
    "COMPACT_JSON": False,
}


@pytest.fixture
def hostile(monkeypatch):
    """A host whose settings were there before our views were imported, and that changes them at run time too."""
    for name, value in {
        "renderer_classes": [AdminRenderer],
        "parser_classes": [FormParser],
        "permission_classes": [IsAuthenticated],
        "content_negotiation_class": Nothing,
        "versioning_class": AcceptHeaderVersioning,
    }.items():
        monkeypatch.setattr(APIView, name, value)
    monkeypatch.setattr("rest_framework.generics.GenericAPIView.pagination_class", PageNumberPagination)
    with override_settings(REST_FRAMEWORK=HOSTILE):
        yield


@pytest.mark.parametrize("policy", POLICIES)
def test_every_policy_is_said_by_our_own_views(policy):
    assert policy in vars(StacViewSet)


def test_every_route_is_one_of_our_views():
    classes = [pattern.callback.cls for pattern in urlpatterns if hasattr(pattern.callback, "cls")]
    assert len(classes) == len(urlpatterns) - 1
    assert all(issubclass(each, StacViewSet) for each in classes)


def test_answers_are_the_same_under_a_hostile_host(db, request):
    put(an_item("a"), an_item("b"))
    routes = [
        ("landing",),
        ("collections",),
        ("items", "scenes"),
        ("item", "scenes", "a"),
        ("search",),
        ("item", "x", "y"),
    ]
    before = [ask(*route).content for route in routes]
    request.getfixturevalue("hostile")
    assert [ask(*route).content for route in routes] == before


def test_errors_and_posts_are_the_same_under_a_hostile_host(db, hostile):
    assert ask("collection", "none").json()["code"] == "NotFound"
    assert ask("landing", headers={"accept": "image/png"}).status_code == 406
    assert search({"limit": 1}).json()["features"] == []


def test_version_in_the_accept_header_is_no_version_of_the_host(db, hostile):
    assert ask("api", headers={"accept": "application/vnd.oai.openapi+json;version=3.0"}).status_code == 200


def test_authentication_is_the_hosts(db, monkeypatch):
    monkeypatch.setattr(APIView, "authentication_classes", [Refusal])
    response = ask("landing")
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Refusal")
    assert response.json() == {"code": "Unauthorized", "description": "Nobody gets in."}


@override_settings(REST_FRAMEWORK={"UNAUTHENTICATED_USER": None})
def test_host_without_users_has_readers_all_the_same(db):
    put(an_item("a"))
    assert len(ask("search").json()["features"]) == 1


@override_settings(MIDDLEWARE=[*settings.MIDDLEWARE, "django.contrib.auth.middleware.LoginRequiredMiddleware"])
@pytest.mark.parametrize("path", ["", "search", "search/", "nothing"])
def test_host_that_wants_a_login_everywhere_leaves_the_api_to_its_policy(db, client, path):
    assert client.get(f"/stac/{path}").status_code in (200, 404)


def test_throttling_is_the_hosts(db, monkeypatch):
    monkeypatch.setattr(APIView, "throttle_classes", [Never])
    response = ask("landing")
    assert (response.status_code, response["Retry-After"]) == (429, "3")
