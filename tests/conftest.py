"""What every test may use."""

import os

import hypothesis
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection

from django_stac.search.foresight import kept, kept_indexes
from django_stac.search.names.disputes import disputes
from tests.sample_site import sample_site

__all__ = ["sample_site"]

# The second site has settings, and so a run, of its own.
collect_ignore = [] if os.environ.get("DJANGO_SETTINGS_MODULE") == "tests.host_site.settings" else ["host_site"]

# Machines are slow now and then: no example is measured.
hypothesis.settings.register_profile(
    "here", hypothesis.settings.get_profile("ci" if os.environ.get("CI") else "default"), deadline=None
)
hypothesis.settings.load_profile("here")


@pytest.fixture(autouse=True)
def nothing_is_foreseen():
    """Forget what was expected, and disputed, of the rows of the test before."""
    for memory in (kept, kept_indexes, disputes):
        memory.clear()


@pytest.fixture
def dba(db):
    """Skip what makes roles or drops extensions where the tests' user may not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('is_superuser')::bool")
        if not cursor.fetchone()[0]:
            pytest.skip("roles and extensions of a test's own need a superuser")


@pytest.fixture
def staff(db):
    """A member of staff without any permission."""
    return get_user_model().objects.create_user("staff", password="staff", is_staff=True)


@pytest.fixture
def viewer(db):
    """A user who may see what is not published."""
    user = get_user_model().objects.create_user("viewer", password="viewer")
    names = ["view_item", "view_collection"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names, content_type__app_label="django_stac"))
    return user
