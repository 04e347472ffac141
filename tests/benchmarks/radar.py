"""Items of a radar satellite like Sentinel-1: each has a range of time."""

import datetime as dt

from tests.benchmarks.scene import COG, ROOT, Document, Scene, document, instant

HALF = dt.timedelta(seconds=12.5)
EXTENSIONS = "sar/v1.1.0 sat/v1.0.0 projection/v2.0.0 file/v2.1.0"
POLARISATIONS = ("vv", "vh")
ANNOTATIONS = {
    "product": "Describes the main characteristics of the band: state of the platform, image properties, polarisation, "
    "Doppler information, swath merging and geographic location.",
    "calibration": "Holds the look-up tables with the beta nought, sigma nought and gamma of the band, by which the "
    "pixel values become radar backscatter.",
    "noise": "Holds the look-up tables of the thermal noise of the band.",
}


def sentinel_1(scene: Scene) -> Document:
    """About 7.5 kB in 10 assets."""
    start, end = scene.moment - HALF, scene.moment + HALF
    product = f"S1A_IW_GRDH_1SDV_{start:%Y%m%dT%H%M%S}_{end:%Y%m%dT%H%M%S}_{scene.number:07d}"
    folder = f"{ROOT}/sentinel-1/GRD/{scene.moment:%Y/%m/%d}/IW/DV/{product}"
    return document(scene, product, properties(scene, start, end), assets(scene, folder), EXTENSIONS)


def properties(scene: Scene, start: dt.datetime, end: dt.datetime) -> Document:
    return {
        "datetime": instant(scene.moment),
        "start_datetime": instant(start),
        "end_datetime": instant(end),
        "platform": "sentinel-1a",
        "constellation": "sentinel-1",
        "s1:shape": [25632, 16723],
        "s1:resolution": "high",
        "s1:datatake_id": str(scene.number),
        "s1:orbit_source": "RESORB",
        "s1:slice_number": str(scene.number % 20 + 1),
        "s1:total_slices": "20",
        "s1:processing_level": "1",
        "s1:product_timeliness": "Fast-24h",
        "s1:instrument_configuration_id": "7",
        "sat:orbit_state": scene.random.choice(("ascending", "descending")),
        "sat:absolute_orbit": scene.number % 99999,
        "sat:relative_orbit": scene.random.randrange(1, 176),
        "sat:platform_international_designator": "2014-016A",
        "sar:product_type": "GRD",
        "sar:instrument_mode": "IW",
        "sar:polarizations": ["VV", "VH"],
        "sar:frequency_band": "C",
        "sar:center_frequency": 5.405,
        "sar:looks_range": 5,
        "sar:looks_azimuth": 1,
        "sar:looks_equivalent_number": 4.4,
        "sar:resolution_range": 20,
        "sar:resolution_azimuth": 22,
        "sar:pixel_spacing_range": 10,
        "sar:pixel_spacing_azimuth": 10,
        "sar:observation_direction": "right",
    }


def assets(scene: Scene, folder: str) -> Document:
    found: Document = {}
    for band in POLARISATIONS:
        name = band.upper()
        about = (
            f"Amplitude of {name} polarisation, detected and projected to ground range; each pixel is a real number."
        )
        href = f"{folder}/measurement/iw-{band}.tiff"
        found[band] = {
            "href": href,
            "type": COG,
            "title": f"{name} data",
            "description": about,
            **scene.file(),
            "roles": ["data"],
        }
        for kind, text in ANNOTATIONS.items():
            found[f"schema-{kind}-{band}"] = metadata(
                f"{folder}/annotation/{kind}-iw-{band}.xml", f"{name} {kind}", text, scene
            )
    manifest = (
        "General metadata of the product in XML: what its files are, how they were made and where each of them lies."
    )
    found["safe-manifest"] = metadata(f"{folder}/manifest.safe", "Manifest", manifest, scene)
    found["thumbnail"] = {"href": f"{folder}/preview/quick-look.png", "type": "image/png", "roles": ["thumbnail"]}
    return found


def metadata(href: str, title: str, text: str, scene: Scene) -> Document:
    about = {"title": title, "description": text}
    return {"href": href, "type": "application/xml", **about, **scene.file(), "roles": ["metadata"]}
