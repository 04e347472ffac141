"""What the numbered bands of well-known satellites are commonly called. Whose files they are must be sure."""

import re

_OLI = {
    "1": "coastal",
    "2": "blue",
    "3": "green",
    "4": "red",
    "5": "nir08",
    "6": "swir16",
    "7": "swir22",
    "8": "pan",
    "9": "cirrus",
    "10": "lwir11",
    "11": "lwir12",
}
_TM = {"1": "blue", "2": "green", "3": "red", "4": "nir08", "5": "swir16", "6": "lwir", "7": "swir22"}
# The Landsat products of old number their bands in tens, and the two gains of the thermal one 61 and 62.
_TM |= {f"{number}0": name for number, name in _TM.items()}
_ETM = _TM | {"8": "pan", "80": "pan", "61": "lwir", "62": "lwir"}
_MSI = {
    "1": "coastal",
    "2": "blue",
    "3": "green",
    "4": "red",
    "5": "rededge071",
    "6": "rededge075",
    "7": "rededge078",
    "8": "nir",
    "8A": "nir08",
    "9": "nir09",
    "10": "cirrus",
    "11": "swir16",
    "12": "swir22",
}
_BANDS = {
    "landsat-4": _TM,
    "landsat-5": _TM,
    "landsat-7": _ETM,
    "landsat-8": _OLI,
    "landsat-9": _OLI,
    **{f"sentinel-2{unit}": _MSI for unit in "abcd"},
}

# The names that the makers give to their products: LC08_L2SP_…, LC80080592019335LGN00, S2A_MSIL2A_…, T31UFT_2020….
_LANDSAT = re.compile(r"L[COTEM](?:0(?P<new>[45789])_L|(?P<old>[45789])\d{13})")
_SENTINEL = re.compile(r"(?:L[12][AC]_)?(?:S2(?P<unit>[A-D])_|T\d{2}[A-Z]{3}_A?\d{6})")
_TOKEN = re.compile(r"(?:S[RT]_)?B(?:AND_?)?0*(?P<number>[1-9]\d?A?)(?:_\d\dm)?", re.IGNORECASE)


def band_name(token: str, platform: str | None, product: str) -> str | None:
    """Return the eo common name of a band by its token (``B4``, ``SR_B4``, ``B04_10m``), or None.

    The platform tells what the number means, else the name of the product, when it is one of its makers' own.
    """
    bands = _BANDS.get(platform or _platform(product) or "", {})
    match = _TOKEN.fullmatch(token)
    return bands.get(match["number"].upper()) if match else None


def _platform(product: str) -> str | None:
    if match := _LANDSAT.match(product):
        return f"landsat-{match['new'] or match['old']}"
    if match := _SENTINEL.match(product):
        return f"sentinel-2{(match['unit'] or 'A').lower()}"
    return None
