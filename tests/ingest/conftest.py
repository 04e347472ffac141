"""Storages of a test's own: files lie under ``served``, thumbnails under ``private``."""

import pytest
from django.core.files.storage import storages

LOCAL = "django.core.files.storage.FileSystemStorage"


@pytest.fixture
def served(tmp_path, settings):
    """The folder of the storage ``scenes``, which is named in ASSET_STORAGES."""
    folder = tmp_path / "served"
    folder.mkdir()
    options = {"BACKEND": LOCAL, "OPTIONS": {"location": folder}}
    settings.STORAGES = {**settings.STORAGES, "scenes": options}
    settings.DJANGO_STAC = {"ASSET_STORAGES": ["scenes"], "FILES_ROOT": tmp_path / "private"}
    return folder


@pytest.fixture
def outside(tmp_path):
    """A folder that no consumer reaches."""
    folder = tmp_path / "outside"
    folder.mkdir()
    return folder


@pytest.fixture
def scenes_storage(served):
    return storages["scenes"]
