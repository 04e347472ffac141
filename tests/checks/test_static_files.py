"""Our style sheets and scripts, as a site finds and serves them."""

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.test import modify_settings

from django_stac.checks.static_files import check_finders


def deployed():
    found = run_checks(include_deployment_checks=True)
    return [message.id for message in found if message.id.startswith("django_stac")]


def test_without_the_application_nobody_finds_them():
    with modify_settings(INSTALLED_APPS={"remove": ["django.contrib.staticfiles"]}):
        (message,) = check_finders(None)
    assert message.hint == 'INSTALLED_APPS += ["django.contrib.staticfiles"]'


def test_a_site_without_the_finder_of_applications_is_told(settings):
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    (message,) = check_finders(None)
    assert (message.id, "AppDirectoriesFinder" in message.hint) == ("django_stac.W005", True)


@pytest.fixture
def deployment(settings, tmp_path):
    settings.STATIC_ROOT, settings.WHITENOISE_USE_FINDERS = tmp_path, False
    return settings


def test_what_is_not_collected_is_named_until_it_is(deployment):
    assert deployed() == ["django_stac.W006"]
    call_command("collectstatic", interactive=False, verbosity=0)
    assert deployed() == []


@pytest.mark.parametrize(("name", "value"), [("WHITENOISE_USE_FINDERS", True), ("DEBUG", True), ("STATIC_ROOT", None)])
def test_sites_that_serve_them_otherwise_need_not_collect(deployment, name, value):
    setattr(deployment, name, value)
    assert deployed() == []
