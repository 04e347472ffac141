"""Media types of the documents that the server speaks and of the files that assets name."""

from pathlib import PurePosixPath

JSON = "application/json"
GEOJSON = "application/geo+json"
NDJSON = "application/x-ndjson"
MERGE_PATCH = "application/merge-patch+json"
JSON_PATCH = "application/json-patch+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
SCHEMA = "application/schema+json"
HTML = "text/html"
TEXT = "text/plain"
MARKDOWN = "text/markdown"
CSV = "text/csv"
XML = "application/xml"
PDF = "application/pdf"
ZIP = "application/zip"
GZIP = "application/gzip"

COG = "image/tiff; application=geotiff; profile=cloud-optimized"
GEOTIFF = "image/tiff; application=geotiff"
JP2 = "image/jp2"
PNG = "image/png"
JPEG = "image/jpeg"
GIF = "image/gif"
WEBP = "image/webp"
SVG = "image/svg+xml"
HDF5 = "application/x-hdf5"
HDF4 = "application/x-hdf"
NETCDF = "application/netcdf"
ZARR = "application/vnd.zarr"
PARQUET = "application/vnd.apache.parquet"
FLATGEOBUF = "application/vnd.flatgeobuf"
GEOPACKAGE = "application/geopackage+sqlite3"
KML = "application/vnd.google-earth.kml+xml"
KMZ = "application/vnd.google-earth.kmz"
PMTILES = "application/vnd.pmtiles"
COPC = "application/vnd.laszip+copc"

_BY_SUFFIX = {
    ".json": JSON,
    ".geojson": GEOJSON,
    ".ndjson": NDJSON,
    ".html": HTML,
    ".htm": HTML,
    ".txt": TEXT,
    ".md": MARKDOWN,
    ".csv": CSV,
    ".xml": XML,
    ".pdf": PDF,
    ".zip": ZIP,
    ".gz": GZIP,
    # Whether a TIFF is cloud-optimised cannot be seen from its name.
    ".tif": GEOTIFF,
    ".tiff": GEOTIFF,
    ".jp2": JP2,
    ".png": PNG,
    ".jpg": JPEG,
    ".jpeg": JPEG,
    ".gif": GIF,
    ".webp": WEBP,
    ".svg": SVG,
    ".h5": HDF5,
    ".hdf5": HDF5,
    ".hdf": HDF4,
    ".nc": NETCDF,
    ".zarr": ZARR,
    ".parquet": PARQUET,
    ".fgb": FLATGEOBUF,
    ".gpkg": GEOPACKAGE,
    ".kml": KML,
    ".kmz": KMZ,
    ".pmtiles": PMTILES,
}


def of_path(path: str) -> str | None:
    """Tell the media type from the ending of a path, in either case; None when the ending is unknown."""
    if path.lower().endswith(".copc.laz"):
        return COPC
    return _BY_SUFFIX.get(PurePosixPath(path.replace("\\", "/")).suffix.lower())
