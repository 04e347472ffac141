"""People and rows of the second site; ``pytest --ds=tests.host_site.settings tests/host_site`` runs its tests."""

import shutil

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.storage import storages
from django.core.management import call_command
from django.test import Client


@pytest.fixture(scope="session", autouse=True)
def static_files():
    """The site's static files as a deployment collects them: their names hold digests."""
    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture
def person(db):
    """Return a user of the site with permissions of the catalogue."""

    def make(*codenames, email="ada@example.com", **fields):
        made = get_user_model().objects.create_user(email, password="ada", **fields)
        made.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        return made

    return make


@pytest.fixture
def signed_in(person):
    """Return a browser, which proves that its posts are meant, of such a user."""

    def make(*codenames, **fields):
        client = Client(enforce_csrf_checks=True)
        client.force_login(person(*codenames, **fields))
        return client

    return make


@pytest.fixture
def archive():
    """The storage that the site names for assets, empty."""
    location = settings.STORAGES["archive"]["OPTIONS"]["location"]
    location.mkdir()
    yield storages["archive"]
    shutil.rmtree(location)
