"""A running site with the real sample rasters, made once for each module that asks for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from tests.settings import STORAGES
from tests.shared import SHARED

RASTERS = SHARED / "data" / "rasters"
DATED = ("ucayali-landsat", "prairie-naip", "worldcover-2021", "everglades-mangrove-2020")
"""Groups whose files say when they were taken."""
UNDATED = ("fishbourne-sentinel2", "elevation")
GIVEN_DATE = "2019-06-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class SampleSite:
    """Where it listens."""

    origin: str

    @property
    def root(self) -> str:
        """URL of the landing page."""
        return f"{self.origin}/stac/"


@pytest.fixture(scope="module")
def sample_site(request, tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[SampleSite]:
    """Ingest the sample rasters in place and serve them; the tables are emptied afterwards."""
    if not SHARED.is_dir():
        pytest.skip("sample data absent: set STAC_SHARED to their folder")
    with django_db_blocker.unblock(), override_settings(**site_settings(tmp_path_factory.mktemp("files"))):
        server = LiveServer("127.0.0.1")
        try:
            ingest_samples()
            yield SampleSite(server.url)
        finally:
            server.stop()
            call_command("flush", interactive=False, verbosity=0)


def site_settings(files: Path) -> dict[str, object]:
    samples = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": RASTERS}}
    return {
        "STORAGES": {**STORAGES, "samples": samples},
        "DJANGO_STAC": {"ASSET_STORAGES": ["samples"], "FILES_ROOT": files},
    }


def ingest_samples() -> None:
    for group in DATED:
        call_command("stac_ingest", str(RASTERS / group), verbosity=0)
    for group in UNDATED:
        call_command("stac_ingest", str(RASTERS / group), datetime=GIVEN_DATE, verbosity=0)
