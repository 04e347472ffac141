"""Each case of the published table of writes has its status, which the OpenAPI description knows, too."""

import re

import pytest
from django.test import Client

from django_stac import transactions
from django_stac.api.openapi.schema import generated
from django_stac.api.urls import urlpatterns
from django_stac.models import Catalog, Collection, Item
from tests.api.sending import a_user, send
from tests.api.write_cases import CASES
from tests.factories import a_catalog, a_collection, an_item, put, put_catalog, put_collection

PATHS = {pattern.name: "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", str(pattern.pattern)) for pattern in urlpatterns}
PERMISSIONS = {"writer": (), "reader": ("view_item", "view_collection")}


@pytest.fixture
def site(db):
    """The site of the cases."""
    put(an_item("a", title="old"), an_item("gone"))
    put_collection("empty", title="old")
    put_collection("gone")
    put_catalog("shelf", title="old")
    put_catalog("gone")
    transactions.replace_item(an_item("a"))
    transactions.replace_collection(a_collection("empty"))
    transactions.replace_catalog(a_catalog("shelf"))
    transactions.delete_item("scenes", "gone")
    transactions.delete_collection("gone")
    transactions.delete_catalog("gone")


def client_of(name):
    """A browser of one of the people of the cases."""
    client = Client()
    if name in PERMISSIONS:
        client.force_login(a_user(*PERMISSIONS[name]))
    return client


def state():
    return [list(model.objects.order_by("pk").values("digest", "document")) for model in (Item, Collection, Catalog)]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_case_has_its_status_and_what_is_refused_changes_nothing(site, settings, case):
    settings.DJANGO_STAC = dict(case.settings)
    before = state()
    given = {"body": case.body, "media_type": case.media_type, "query": case.query, **case.headers}
    response = send(client_of(case.user), case.method, *case.route, **given)
    assert response.status_code == case.status, response.content
    assert case.status < 400 or (state() == before and response.json()["description"])


def test_the_status_of_each_case_is_described():
    paths = generated()["paths"]
    described = [paths[PATHS[case.route[0]]][case.method.lower()]["responses"] for case in CASES]
    assert [
        str(case) for case, statuses in zip(CASES, described, strict=True) if str(case.status) not in statuses
    ] == []


def test_every_write_of_every_route_has_cases():
    writes = {
        (method.upper(), pattern.name)
        for pattern in urlpatterns
        for method, action in getattr(pattern.callback, "actions", {}).items()
        if (operation := pattern.callback.cls.operations.get(action)) and operation.action
    }
    assert {(case.method, case.route[0]) for case in CASES} == writes
