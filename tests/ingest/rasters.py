"""Small rasters, made on the spot."""

from pathlib import Path

import numpy as np
import rasterio
from affine import Affine


def a_raster(path: Path, *, value: int = 100, bands: int = 1, west: float = 10.0, date: str = "2024:06:01 10:00:00"):
    """Write a GeoTIFF of 16 by 16 pixels of 0.01 degrees, its north-western corner at ``west`` and 46 degrees."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.arange(256, dtype="uint8").reshape(16, 16) // 2 + value // 2
    profile = {"driver": "GTiff", "width": 16, "height": 16, "count": bands, "dtype": "uint8", "crs": "EPSG:4326"}
    with rasterio.open(path, "w", transform=Affine(0.01, 0, west, 0, -0.01, 46), **profile) as dataset:
        dataset.write(np.stack([pixels] * bands))
        if date:
            dataset.update_tags(ACQUISITIONDATETIME=date)
    return path
