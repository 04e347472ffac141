"""A run that copies rasters is killed: no file is half, and the same again completes it."""

import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from random import Random

import numpy as np
import pytest
import rasterio
from affine import Affine

from django_stac.models import Item, StoredFile
from tests.durability.site import ALIAS, EMPTY
from tests.durability.strikes import STRIKES, VICTIMS
from tests.durability.ways import PATIENCE

SCENES, PIXELS = 8, 1000


@pytest.fixture(scope="module")
def rasters(tmp_path_factory):
    """A folder of rasters that take a while to be copied."""
    folder, noise = tmp_path_factory.mktemp("rasters"), np.random.default_rng(0)
    profile = {"driver": "GTiff", "width": PIXELS, "height": PIXELS, "count": 1, "dtype": "uint8", "crs": "EPSG:4326"}
    for number in range(SCENES):
        place = Affine(0.001, 0, number, 0, -0.001, 46)
        with rasterio.open(folder / f"scene-{number:02}.tif", "w", transform=place, **profile) as dataset:
            dataset.write(noise.integers(0, 255, (1, PIXELS, PIXELS), dtype="uint8"))
            dataset.update_tags(ACQUISITIONDATETIME="2024:06:01 10:00:00")
    return folder


def ingest(site, rasters):
    return site.command("stac_ingest", str(rasters), "--copy", "--collection", "copies", "--verbosity", "0")


def await_copying(site, scene, work):
    """Wait until some copies stand and the next one is just being written; return no backend, for none is at work."""
    while not work.done():
        files = list((site.folder / "scenes").rglob("*.*"))
        if len(files) >= scene and any(file.suffix == ".part" for file in files):
            return 0
        time.sleep(0.0005)
    work.result()
    return 0


def contents(folder, pattern="*.tif"):
    return sorted(sha256(file.read_bytes()).hexdigest() for file in folder.rglob(pattern))


@pytest.mark.parametrize("template", [EMPTY])
@pytest.mark.parametrize("victim", ["server", "machine"] if STRIKES else ["machine"])
@pytest.mark.parametrize("seed", range(STRIKES or 1))
def test_no_copy_is_half_and_the_same_again_completes_it(site, rasters, template, victim, seed):
    copies, sources = site.folder / "scenes", contents(rasters)
    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(ingest, site, rasters)
        VICTIMS[victim](site, await_copying(site, Random(seed).randint(1, SCENES), work))
        work.exception(PATIENCE)
    site.revive()
    assert set(contents(copies)) <= set(sources)
    assert Item.objects.using(ALIAS).count() in (0, SCENES)
    ingest(site, rasters)
    assert contents(copies, "*.*") == sources
    rows = StoredFile.objects.using(ALIAS).filter(storage="scenes", owned=True)
    assert sorted(row.checksum.removeprefix("1220") for row in rows) == sources
    assert Item.objects.using(ALIAS).count() == SCENES
    assert [note for note in (site.folder / "files").rglob("*") if note.parent.name == "~claims"] == []
