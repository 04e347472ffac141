"""Where the URLs of a site hold ours."""

import pytest
from django.core.checks import run_checks
from django.http import HttpResponse
from django.urls import include, path

from django_stac.checks.mounts import LINE


class Site:
    """A URL configuration."""

    def __init__(self, *patterns):
        self.urlpatterns = list(patterns)


def mount(prefix, **options):
    return path(prefix, include("django_stac.urls", **options))


def found(settings, *patterns):
    settings.ROOT_URLCONF = Site(*patterns)
    return [message for message in run_checks() if message.id.startswith("django_stac")]


def test_a_site_without_a_mount_gets_the_line_to_paste(settings):
    (message,) = found(settings, path("", lambda request: HttpResponse()))
    assert (message.id, message.hint) == ("django_stac.W004", f"Add to its urlpatterns: {LINE}")


@pytest.mark.parametrize(
    "patterns",
    [
        lambda: [mount("stac/")],
        lambda: [mount("one/"), mount("two/", namespace="two")],
        lambda: [path("geo/", include([mount("stac/")]))],
        lambda: [path("geo/", include(([mount("stac/")], "geo"))), mount("stac/")],
    ],
)
def test_mounts_of_their_own_names_are_good(settings, patterns):
    assert found(settings, *patterns()) == []


def test_two_mounts_of_one_name_are_an_error(settings):
    (message,) = found(settings, mount("one/"), mount("two/"))
    assert message.id == "django_stac.E012"
    assert 'namespace="other"' in message.hint


def test_a_site_without_urls_is_left_alone(settings):
    del settings.ROOT_URLCONF
    assert [message.id for message in run_checks() if message.id.startswith("django_stac")] == []
