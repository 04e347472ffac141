"""GDAL reads rasters through the API as it reads them from any web server: by HEAD and by ranges."""

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.windows import Window

from tests.api.asking import url
from tests.api.stored import STORAGE, put_scene

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pixels(tmp_path):
    """A tiled raster of 512 by 512 pixels behind the API."""
    pixels = np.arange(512 * 512, dtype="uint32").reshape(1, 512, 512)
    profile = {"width": 512, "height": 512, "count": 1, "dtype": "uint32", "tiled": True, "blockxsize": 128}
    place = {"crs": "EPSG:32632", "transform": Affine(10, 0, 600000, 0, -10, 5100000), "blockysize": 128}
    with rasterio.open(tmp_path / "scene.tif", "w", driver="GTiff", **profile, **place) as raster:
        raster.write(pixels)
    put_scene("scene", "scene.tif", (tmp_path / "scene.tif").read_bytes())
    return pixels[0]


def test_gdal_reads_a_window(live_server, pixels):
    source = f"/vsicurl/{live_server.url}{url('file', STORAGE, 'scene.tif')}"
    with rasterio.Env(GDAL_DISABLE_READDIR_ON_OPEN="EMPTY_DIR"), rasterio.open(source) as raster:
        window = raster.read(1, window=Window(200, 100, 50, 60))
    assert (window == pixels[100:160, 200:250]).all()
