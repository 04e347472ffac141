"""Settings of Django that django-stac depends on."""

from django.core.checks import run_checks
from django.test import modify_settings

from django_stac.checks.site import check_apps


def deployed():
    return [message for message in run_checks(include_deployment_checks=True) if message.id.startswith("django_stac.W")]


def test_times_need_zones(settings):
    settings.USE_TZ = False
    assert [message.id for message in run_checks()] == ["django_stac.E005"]


def test_the_applications_that_ours_is_built_on_are_named():
    with modify_settings(INSTALLED_APPS={"remove": ["rest_framework", "django.contrib.gis"]}):
        found = [(message.id, message.hint) for message in check_apps(None)]
    assert found == [
        ("django_stac.E011", 'INSTALLED_APPS += ["django.contrib.gis"]'),
        ("django_stac.E011", 'INSTALLED_APPS += ["rest_framework"]'),
    ]


def test_a_trusted_prefix_without_the_host_and_scheme_of_the_proxy_is_named(settings):
    settings.DJANGO_STAC = {"TRUST_FORWARDED_PREFIX": True}
    settings.STATIC_ROOT = None
    assert [message.id for message in deployed()] == ["django_stac.W008"] * 2
    settings.USE_X_FORWARDED_HOST = True
    (message,) = deployed()
    assert 'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")' in message.hint
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert deployed() == []


def test_no_proxy_needs_no_headers(settings):
    settings.STATIC_ROOT = None
    assert deployed() == []
