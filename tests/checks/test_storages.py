"""The storages that settings name."""

import pytest
from django.core.checks import run_checks

from tests.settings import DJANGO_STAC, SCRATCH


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"ASSET_STORAGES": ["nowhere"]}, ["django_stac.E004"]),
        ({"THUMBNAIL_STORAGE": "nowhere"}, ["django_stac.E004"]),
        ({"FILE_HANDOVER": {"nowhere": "/internal/"}}, ["django_stac.E004"]),
        ({"FILE_HANDOVER": {"scenes": "/internal/"}, "ASSET_STORAGES": ["scenes"]}, []),
    ],
)
def test_a_storage_that_is_named_must_exist(settings, values, expected):
    settings.DJANGO_STAC = values
    assert [message.id for message in run_checks()] == expected


def test_a_storage_that_cannot_be_made_is_named(settings):
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {**settings.STORAGES, "odd": {"BACKEND": backend, "OPTIONS": {"locatoin": "/x"}}}
    settings.DJANGO_STAC = {"ASSET_STORAGES": ["odd"]}
    (message,) = run_checks()
    assert (message.id, "'locatoin'" in message.msg, message.hint) == (
        "django_stac.E004",
        True,
        "Mend STORAGES['odd'].",
    )


def test_storages_that_the_web_server_publishes_are_under_no_policy(settings):
    settings.MEDIA_ROOT, settings.DJANGO_STAC = str(SCRATCH), DJANGO_STAC
    assert [message.id for message in run_checks()] == ["django_stac.W001"] * 2
