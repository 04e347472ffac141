"""People in the admin."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client


@pytest.fixture(autouse=True)
def static_root(settings, tmp_path):
    """A place for static files that exists: WhiteNoise warns about any other."""
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def curator(db):
    """Return a client signed in as a member of staff with the permissions named."""

    def sign_in(*codenames):
        user = get_user_model().objects.create_user("curator", password="curator", is_staff=True)
        found = Permission.objects.filter(codename__in=codenames, content_type__app_label="django_stac")
        user.user_permissions.set(found)
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def reader(curator):
    """A client that may read everything."""
    return curator("view_item", "view_collection", "view_catalog")
