"""System checks: a table of wrong settings and their ids."""

import pytest
from django.core.checks import run_checks

from tests.settings import DJANGO_STAC, SCRATCH

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"DJANGO_STAC": {"ASET_ROOTS": {}}}, ["django_stac.E001"]),
        ({"DJANGO_STAC": {"ACCESS_POLICY": "nowhere.Policy"}}, ["django_stac.E003"]),
        ({"DJANGO_STAC": {"ACCESS_POLICY": "pathlib.Path"}}, ["django_stac.E003"]),
        ({"DJANGO_STAC": {"ASSET_STORAGES": ["nowhere"]}}, ["django_stac.E004"]),
        ({"DJANGO_STAC": {"THUMBNAIL_STORAGE": "nowhere"}}, ["django_stac.E004"]),
        ({"MEDIA_ROOT": str(SCRATCH), "DJANGO_STAC": DJANGO_STAC}, ["django_stac.W001"] * 2),
        ({"USE_TZ": False}, ["django_stac.E005"]),
    ],
)
def test_wrong_settings_are_named(settings, changes, expected):
    for name, value in changes.items():
        setattr(settings, name, value)
    assert [message.id for message in run_checks() if message.id.startswith("django_stac")] == expected


def test_an_unknown_key_is_compared_with_the_known_ones(settings):
    settings.DJANGO_STAC = {"ASSET_ROOT": {}}
    (message,) = run_checks()
    assert message.hint == "Did you mean 'ASSET_ROOTS'?"
