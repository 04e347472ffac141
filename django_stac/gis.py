"""Where GDAL and GEOS lie inside the wheels of rasterio and shapely: with them GeoDjango needs no system one.

Called by the settings of a project; loading the libraries is GeoDjango's affair.
"""

import importlib.util
import os
from importlib.machinery import ModuleSpec
from pathlib import Path

LINES = """from django_stac.gis import find_gis_libraries
GDAL_LIBRARY_PATH, GEOS_LIBRARY_PATH = find_gis_libraries()"""
"""What a site writes in its settings."""
LIBRARY_NAMES = ("lib{name}-*", "lib{name}.*", "{name}-*.dll")


def find_gis_libraries() -> tuple[str | None, str | None]:
    """Return the values of GDAL_LIBRARY_PATH and GEOS_LIBRARY_PATH; None leaves Django to search the system.

    Variables of these two names in the environment win. ``STAC_GIS_LIBRARIES=system`` passes the wheels by,
    and so does a GDAL chosen by the environment: then GEOS must be of the same origin.
    """
    gdal = os.environ.get("GDAL_LIBRARY_PATH") or None
    geos = os.environ.get("GEOS_LIBRARY_PATH") or None
    if gdal or os.environ.get("STAC_GIS_LIBRARIES") == "system" or not _rasterio_is_mapped():
        return gdal, geos
    gdal = carried_by("rasterio", "gdal")
    # macOS wheels of rasterio hold no geos_c; shapely's is then mapped beside them, which does no harm.
    carried_geos = carried_by("rasterio", "geos_c") or carried_by("shapely", "geos_c") if gdal else None
    return gdal, geos or carried_geos


def carried_by(package: str, name: str) -> str | None:
    """Return the path of a library inside a package's wheel, None where it was built against the system's."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return None
    found = [path for folder in _library_folders(spec) for path in _named(folder, name)]
    return str(found[0]) if found else None


def _rasterio_is_mapped() -> bool:
    """Import rasterio: its libgdal finds the libraries and the PROJ data it needs only from then on."""
    try:
        import rasterio  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


def _library_folders(spec: ModuleSpec) -> tuple[Path, ...]:
    """Return the folders in which auditwheel and delvewheel, then delocate, put a wheel's libraries."""
    package = Path(spec.origin or "").parent
    return package.with_name(f"{package.name}.libs"), package / ".dylibs"


def _named(folder: Path, name: str) -> list[Path]:
    return sorted(path for pattern in LIBRARY_NAMES for path in folder.glob(pattern.format(name=name)))
