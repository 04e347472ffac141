"""Opens one raster with the driver that its first bytes name, local and without network, and tells its grid."""

import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio._err import CPLE_BaseError
from rasterio.crs import CRS
from rasterio.errors import CRSError, NodataShadowWarning, NotGeoreferencedWarning, RasterioError
from rasterio.transform import from_gcps
from rasterio.windows import Window
from shapely.errors import ShapelyError

from django_stac.exceptions import UnreadableRaster
from django_stac.raster.discover import shown
from django_stac.raster.variables import variables_in

# VRT and its kin are left out on purpose: they are text that can name other files and URLs.
_SIGNATURES = {
    b"II*\0": "GTiff",
    b"MM\0*": "GTiff",
    b"II+\0": "GTiff",
    b"MM\0+": "GTiff",
    b"\0\0\0\x0cjP  ": "JP2OpenJPEG",
    b"\xff\x4f\xff\x51": "JP2OpenJPEG",
    b"EHFA_HEADER_TAG": "HFA",
    b"CDF": "netCDF",
    b"\x89HDF": "netCDF",
}
KINDS = "GeoTIFF, JPEG 2000, Erdas Imagine (.img) or netCDF"

# No network whatever a file asks for: no remote file system, and HTTP only to a port where nobody listens.
_ENVIRONMENT = {
    "GDAL_DISABLE_READDIR_ON_OPEN": "TRUE",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{none}",
    "GDAL_HTTP_PROXY": "http://127.0.0.1:9",
    "GDAL_HTTP_MAX_RETRY": "0",
}


_FAILURES = (RasterioError, CPLE_BaseError, CRSError, ShapelyError, OSError, ValueError, ArithmeticError, MemoryError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Where the pixels of a raster lie."""

    crs: CRS
    transform: Affine
    """Pixel (column, row) to CRS coordinates (x, y) of its upper left corner."""
    width: int
    height: int
    measured: bool
    """False when the transform is only fitted to ground control points."""

    def place(self, pixels: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return x, y in the CRS of points given as column, row (upper left corner 0, 0)."""
        a, b, c, d, e, f = tuple(self.transform)[:6]
        columns, rows = pixels[:, 0], pixels[:, 1]
        return np.column_stack([a * columns + b * rows + c, d * columns + e * rows + f])


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """Open a raster for reading; every failure inside is UnreadableRaster with the file's name."""
    driver = _driver(path)
    try:
        # Strange numbers (signalling NaN, the largest float) are met with masks, not with warnings.
        with warnings.catch_warnings(), np.errstate(all="ignore"), rasterio.Env(**_ENVIRONMENT):
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            warnings.simplefilter("ignore", NodataShadowWarning)
            with rasterio.open(path, driver=driver, sharing=False) as file, _whole(path, file) as dataset:
                _check_bands(path, dataset)
                _touch_last_pixel(dataset)
                yield dataset
    except _FAILURES as error:
        raise UnreadableRaster(
            f"{shown(path)}: cannot be read as a raster ({_brief(error, path)}): "
            "copy it again, or convert it to GeoTIFF."
        ) from error


def grid_of(path: Path, dataset: Any, crs: str | None) -> Grid:
    """Tell the grid of an open raster; ``crs`` (``EPSG:…`` or WKT) takes the place of its own.

    Raises UnreadableRaster when the raster has no coordinate reference system or no position.
    """
    points, points_crs = dataset.gcps
    known = _named_crs(path, crs) if crs else dataset.crs or points_crs
    if not known:
        raise UnreadableRaster(
            f"{shown(path)}: has no coordinate reference system: name it with --crs EPSG:…, or set it in the file."
        )
    measured = not dataset.transform.is_identity
    if not measured and not points:
        raise UnreadableRaster(
            f"{shown(path)}: has no position on the Earth (no geotransform and no ground control points): "
            "add a world file, or georeference it first."
        )
    transform = dataset.transform if measured else from_gcps(points)
    if abs(transform.determinant) == 0:
        raise UnreadableRaster(f"{shown(path)}: its geotransform gives pixels of no size: georeference it again.")
    return Grid(crs=known, transform=transform, width=dataset.width, height=dataset.height, measured=measured)


def _driver(path: Path) -> str:
    try:
        # A pipe would keep its reader waiting for ever.
        if path.exists() and not path.is_file():
            raise UnreadableRaster(f"{shown(path)}: is no regular file.")
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise UnreadableRaster(f"{shown(path)}: cannot be opened ({error.strerror}).") from error
    if not head:
        raise UnreadableRaster(f"{shown(path)}: is empty (0 bytes): copy it again.")
    for signature, driver in _SIGNATURES.items():
        if head.startswith(signature):
            return driver
    raise UnreadableRaster(f"{shown(path)}: is not a raster, whatever its name says; allowed are {KINDS}.")


def _whole(path: Path, file: Any) -> AbstractContextManager[Any]:
    return variables_in(path, file) if file.driver == "netCDF" else nullcontext(file)


def _check_bands(path: Path, dataset: Any) -> None:
    if not dataset.count:
        raise UnreadableRaster(
            f"{shown(path)}: holds {len(dataset.subdatasets)} sub-datasets and no band of its own: "
            "write the one you mean to a GeoTIFF."
        )


def _touch_last_pixel(dataset: Any) -> None:
    # Overviews come first in a COG: a download cut short would pass unseen.
    corner = Window(dataset.width - 1, dataset.height - 1, 1, 1)
    dataset.read(dataset.count, window=corner)


def _named_crs(path: Path, text: str) -> CRS:
    try:
        return CRS.from_user_input(text)
    except CRSError:
        raise UnreadableRaster(
            f"{shown(path)}: --crs {text!r} is no coordinate reference system; write EPSG:32631 or WKT."
        ) from None


def _brief(error: BaseException, path: Path) -> str:
    """Return GDAL's own sentence, one line, without the folder that the file lies in."""
    # rasterio's own text ("Read failed. See previous exception …") points at its cause.
    said = str(error.__cause__ or error) or type(error).__name__
    for prefix in (f"{path.parent}/", f"{path.name}: ", f"{path.name}, "):
        said = said.replace(prefix, "")
    return " ".join(said.split())[:200].rstrip(".")
