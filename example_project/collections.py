"""What the demo's collections say of themselves, beside what ``stac_ingest`` finds out."""

from typing import Any

PRODUCER = {"name": "The django-stac demo", "roles": ["producer", "host"]}

COLLECTIONS: dict[str, dict[str, Any]] = {
    "sentinel-2-like": {
        "title": "Satellite scenes",
        "description": (
            "Two years of an invented landscape at the edge of the Alps, as a satellite like Sentinel-2 would see it: "
            "five bands of reflectance, with seasons, clouds and their shadows. Made on this machine, of no real place."
        ),
        "license": "CC0-1.0",
        "keywords": ["demo", "multispectral", "time series"],
        "providers": [PRODUCER],
    },
    "land-cover": {
        "title": "Land cover",
        "description": "Yearly maps of what covers the same landscape: woods, meadows, fields, towns, rock and water.",
        "license": "CC0-1.0",
        "keywords": ["demo", "land cover", "classification"],
        "providers": [PRODUCER],
    },
    "elevation": {
        "title": "Elevation",
        "description": "The relief of the same landscape in metres, in two tiles.",
        "license": "CC0-1.0",
        "keywords": ["demo", "elevation", "DEM"],
        "providers": [PRODUCER],
    },
}

MAPS = {
    "type": "Catalog",
    "stac_version": "1.1.0",
    "id": "thematic-maps",
    "title": "Thematic maps",
    "description": "What people have read out of the pictures.",
    "links": [],
}
MAPS_CHILDREN = ("land-cover",)
