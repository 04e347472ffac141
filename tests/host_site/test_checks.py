"""System checks pass on the site as it is, and name what is wrong about its databases."""

import pytest
from django.core.checks import run_checks
from django.core.management import call_command

pytestmark = pytest.mark.django_db(databases=["default", "geo"])


def ours(**options):
    return [message.id for message in run_checks(**options) if message.id.startswith("django_stac")]


def test_the_site_is_sound():
    assert ours(databases=["default", "geo"], include_deployment_checks=True) == []


def test_the_command_agrees(capsys):
    call_command("check", databases=["default", "geo"], fail_level="WARNING")
    assert "no issues" in capsys.readouterr().out
