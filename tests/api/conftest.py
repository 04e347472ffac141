"""What the tests of the API share."""

import pytest


@pytest.fixture(autouse=True)
def static_root(settings, tmp_path):
    """A place for static files that exists: WhiteNoise warns about any other."""
    settings.STATIC_ROOT = tmp_path
