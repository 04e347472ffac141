"""Credentials that nobody can have."""

from base64 import b64encode

import pytest
from django.conf import settings
from django.test import Client

from tests.api.asking import ask, url
from tests.factories import put_collection

HELD = {
    "name": {"authorization": b"Basic " + b64encode(b"a\0b:secret")},
    "name in Latin-1": {"authorization": b"Basic " + b64encode(b"\xe9\0:secret")},
    "session": {"cookie": f"{settings.SESSION_COOKIE_NAME}={'k' * 20}\0{'k' * 20}"},
}


@pytest.fixture(params=HELD.values(), ids=HELD)
def held(request, db):
    """The header of somebody whose name, or session, holds a NUL: PostgreSQL takes it in no text."""
    put_collection()
    return request.param


@pytest.mark.parametrize("form", ["json", "html"])
def test_a_nul_in_them_is_refused_as_a_wrong_password_is(held, form):
    answer = ask("collection", "scenes", f=form, headers=held)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Basic realm="api"')
    assert b"no name has" in answer.content


def test_a_nul_in_them_writes_nothing(held):
    answer = Client().delete(url("collection", "scenes"), headers=held)
    assert (answer.status_code, answer.json()["code"]) == (401, "Unauthorized")
