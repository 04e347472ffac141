"""Pixels as PNG bytes."""

import numpy as np
import pytest
import rasterio

from django_stac.raster.png import png


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
@pytest.mark.parametrize("shape", [(1, 1), (3, 200), (200, 3)])
@pytest.mark.parametrize("opaque", [True, False])
def test_every_pixel_comes_back(shape, opaque):
    picture = np.random.default_rng(1).integers(0, 255, (4, *shape), dtype="uint8")
    picture[3] = 255 if opaque else picture[3]
    with rasterio.MemoryFile(png(picture)) as memory, memory.open() as dataset:
        assert (dataset.read() == picture[: 3 if opaque else 4]).all()


def test_smooth_pictures_are_small():
    slope = np.indices((200, 200)).sum(axis=0).astype("uint8")
    noise = np.random.default_rng(1).integers(0, 2, (4, 200, 200), dtype="uint8")
    assert len(png(np.stack([slope, slope, slope, slope]))) < 3000
    assert len(png(noise)) < 0.4 * noise.size
