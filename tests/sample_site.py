"""A running site with the real sample rasters, made once for each module that asks for it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from tests.settings import STORAGES
from tests.shared import SHARED

RASTERS = SHARED / "data" / "rasters"
ITEMS = {
    "arctic-sea-ice": 1,
    "canberra-landsat5": 1,
    "elevation": 4,
    "everglades-mangrove-2020": 1,
    "fishbourne-sentinel2": 1,
    "global-sst": 1,
    "hawaii-lcmap-2020": 1,
    "kansas-cropland-2021": 4,
    "landsat8-c2-colombia": 1,
    "misc": 4,
    "naip-usa": 3,
    "newyork-landsat8-2018": 10,
    "olinda": 2,
    "prairie-naip": 3,
    "sentinel2-libya": 1,
    "ucayali-landsat": 8,
    "worldcover-2021": 1,
}
"""How many items each group of the samples makes, counted by hand in the notes beside them."""
GIVEN_DATE = "2019-06-01T00:00:00Z"
"""For files that do not say when they were taken."""


@dataclass(frozen=True, slots=True)
class SampleSite:
    """Where it listens, and what the command said that filled it."""

    origin: str
    report: dict[str, Any]

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
            yield SampleSite(server.url, ingest_samples())
        finally:
            server.stop()
            call_command("flush", interactive=False, verbosity=0)


def site_settings(files: Path) -> dict[str, object]:
    samples = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": RASTERS}}
    return {
        "STORAGES": {**STORAGES, "samples": samples},
        "DJANGO_STAC": {"ASSET_STORAGES": ["samples"], "FILES_ROOT": files},
    }


def ingest_samples() -> dict[str, Any]:
    """Ingest everything in one command (6 s of a quiet machine), and return its report."""
    out = StringIO()
    options = {"collection_by": "folder", "default_datetime": GIVEN_DATE, "workers": 1, "json": True}
    call_command("stac_ingest", str(RASTERS), stdout=out, verbosity=0, **options)
    return json.loads(out.getvalue())
