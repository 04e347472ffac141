"""What the files of a scene are called where people read it."""

import re
from pathlib import PurePath
from typing import Any

from django_stac.raster.products import product_layer

_NUMBERED = re.compile(r"B\d", re.IGNORECASE)
_PIXEL_SIZE = re.compile(r"_\d\dm$", re.IGNORECASE)
_NAMES = {
    "pan": "Panchromatic",
    "coastal": "Coastal aerosol",
    "green05": "Green 0.5 µm",
    "cirrus": "Cirrus",
    "rededge": "Red edge",
    "nir": "Near infrared",
    "lwir": "Thermal infrared",
    **{f"rededge0{ten}": f"Red edge 0.{ten} µm" for ten in (71, 75, 78)},
    **{f"nir0{ten}": f"Near infrared 0.{ten} µm" for ten in (8, 9)},
    **{f"swir{ten}": f"Short-wave infrared {ten / 10} µm" for ten in (16, 22)},
    **{f"lwir{micrometres}": f"Thermal infrared {micrometres} µm" for micrometres in (11, 12)},
}
_LAYERS = {
    "QA_PIXEL": "Pixel quality",
    "QA_RADSAT": "Saturation",
    "BQA": "Quality",
    "QA": "Quality",
    "SR_QA_AEROSOL": "Aerosol quality",
    "QA_AEROSOL": "Aerosol quality",
    "ST_QA": "Temperature uncertainty",
    "ST_ATRAN": "Atmospheric transmittance",
    "ST_CDIST": "Distance to cloud",
    "ST_EMIS": "Emissivity",
    "ST_EMSD": "Deviation of emissivity",
    "ST_TRAD": "Thermal radiance",
    "ST_DRAD": "Downwelled radiance",
    "ST_URAD": "Upwelled radiance",
    "TCI": "True colour",
    "SCL": "Scene classification",
    "AOT": "Aerosol optical thickness",
    "WVP": "Water vapour",
    "CLD": "Cloud probability",
    **{token: f"{token} polarisation" for token in ("VV", "VH", "HH", "HV")},
}


def title_of(token: str | None, bands: list[dict[str, Any]], file_name: str) -> str:
    """Return ``Red (B4)`` for a file that a band token tells from the others of its scene, else the file's name."""
    if token is None:
        return file_name
    layer = product_layer(PurePath(file_name).stem)
    said = (layer and layer.title) or _said(token, bands) or (f"Band {token}" if _NUMBERED.match(token) else token)
    if token.casefold() in said.casefold().split():
        return said
    return f"{said} ({token})"


def _said(token: str, bands: list[dict[str, Any]]) -> str:
    """Say what a file shows: in its own words, by its common name, or by the kind of layer; else nothing."""
    alone = bands[0] if len(bands) == 1 else {}
    if alone and alone["name"] not in (token, "band-1"):
        return str(alone["name"])
    if common := alone.get("eo:common_name"):
        return _NAMES.get(common) or str(common).capitalize()
    return _LAYERS.get(_PIXEL_SIZE.sub("", token).upper(), "")
