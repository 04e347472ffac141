"""Short words for writing over HTTP in tests."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from tests.api.asking import url

JSON = "application/json"
NOUNS = ("item", "collection", "catalog")


def a_user(*codenames, name="writer", **fields):
    """A user with permissions of the catalogue; all those to write when none is named."""
    wanted = codenames or [f"{verb}_{noun}" for noun in NOUNS for verb in ("add", "change", "delete", "view")]
    user = get_user_model().objects.create_user(name, password=name, **fields)
    user.user_permissions.set(Permission.objects.filter(codename__in=wanted, content_type__app_label="django_stac"))
    return user


@pytest.fixture
def writer(db):
    """A client signed in as somebody who may write everything."""
    client = Client()
    client.force_login(a_user())
    return client


def send(client, method, *route, body=None, media_type=JSON, query="", **headers):
    """Send a document to a route; ``if_match="…"`` is the header."""
    data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.generic(method, url(*route) + query, data, content_type=media_type, headers=given)
