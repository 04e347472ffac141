"""Items of multispectral satellites: twenty assets like Sentinel-2's, and two levels like Landsat's."""

import datetime as dt
from typing import Any

from tests.benchmarks.scene import COG, ROOT, Document, Scene, document, instant

LETTERS = "CDEFGHJKLMNPQRSTUVWX"
DAY = dt.timedelta(days=1)

# Key, name in the product, centre and width in micrometres, metres a pixel.
S2_BANDS = (
    ("coastal", "B01", 0.443, 0.027, 60),
    ("blue", "B02", 0.49, 0.098, 10),
    ("green", "B03", 0.56, 0.045, 10),
    ("red", "B04", 0.665, 0.038, 10),
    ("rededge071", "B05", 0.704, 0.019, 20),
    ("rededge075", "B06", 0.74, 0.018, 20),
    ("rededge078", "B07", 0.783, 0.028, 20),
    ("nir", "B08", 0.842, 0.145, 10),
    ("nir08", "B8A", 0.865, 0.033, 20),
    ("nir09", "B09", 0.945, 0.026, 60),
    ("swir16", "B11", 1.61, 0.143, 20),
    ("swir22", "B12", 2.19, 0.242, 20),
)
S2_CLASSES = (
    "no data",
    "defective pixel",
    "topographic shadow",
    "cloud shadow",
    "vegetation",
    "bare ground",
    "water",
    "unclassified",
    "cloud of medium probability",
    "cloud of high probability",
    "thin cirrus",
    "snow or ice",
)
S2_SHARES = [
    "nodata_pixel",
    "saturated_defective_pixel",
    "dark_features",
    "cloud_shadow",
    "vegetation",
    "not_vegetated",
    "water",
    "unclassified",
    "medium_proba_clouds",
    "high_proba_clouds",
    "thin_cirrus",
    "snow_ice",
]
S2_EXTENSIONS = "eo/v2.0.0 projection/v2.0.0 raster/v2.0.0 sat/v1.0.0 view/v1.0.0 mgrs/v1.0.0 grid/v1.1.0 file/v2.1.0"

LANDSAT_BANDS = (
    ("coastal", "OLI_B1", "SR_B1", 0.44, 0.02),
    ("blue", "OLI_B2", "SR_B2", 0.48, 0.06),
    ("green", "OLI_B3", "SR_B3", 0.56, 0.06),
    ("red", "OLI_B4", "SR_B4", 0.65, 0.04),
    ("nir08", "OLI_B5", "SR_B5", 0.86, 0.03),
    ("swir16", "OLI_B6", "SR_B6", 1.6, 0.08),
    ("swir22", "OLI_B7", "SR_B7", 2.2, 0.2),
    ("lwir11", "TIRS_B10", "ST_B10", 10.9, 0.8),
)
LANDSAT_LAYERS = (
    ("qa_pixel", "QA_PIXEL", "Pixel quality assessment"),
    ("qa_radsat", "QA_RADSAT", "Radiometric saturation and terrain occlusion"),
    ("qa_aerosol", "SR_QA_AEROSOL", "Aerosol quality assessment"),
    ("atran", "ST_ATRAN", "Atmospheric transmittance"),
    ("cdist", "ST_CDIST", "Distance to the nearest cloud"),
    ("drad", "ST_DRAD", "Downwelled radiance"),
    ("urad", "ST_URAD", "Upwelled radiance"),
    ("trad", "ST_TRAD", "Thermal radiance"),
    ("emis", "ST_EMIS", "Emissivity estimated from a global dataset"),
    ("emsd", "ST_EMSD", "Standard deviation of the emissivity"),
    ("qa", "ST_QA", "Quality assessment of the surface temperature"),
)
LANDSAT_METADATA = (
    ("mtl.json", "MTL.json", "application/json"),
    ("mtl.txt", "MTL.txt", "text/plain"),
    ("mtl.xml", "MTL.xml", "application/xml"),
    ("ang", "ANG.txt", "text/plain"),
)
LANDSAT_EXTENSIONS = "eo/v2.0.0 projection/v2.0.0 raster/v2.0.0 view/v1.0.0 landsat/v2.0.0 file/v2.1.0"


# Like Sentinel-2


def sentinel_2(scene: Scene) -> Document:
    """About 17 kB in 20 assets."""
    satellite = scene.random.choice("AB")
    name = (
        f"{scene.zone:02d}{LETTERS[scene.tile % 20]}{LETTERS[scene.tile // 20 % 20]}{LETTERS[scene.tile // 400 % 20]}"
    )
    product = f"S2{satellite}_MSIL2A_{scene.stamp}_N0500_R{scene.tile % 143 + 1:03d}_T{name}_{scene.number:07d}"
    folder = f"{ROOT}/sentinel-2/{name[:2]}/{name[2]}/{name[3:]}/{scene.moment:%Y/%m/%d}/{product}.SAFE"
    properties = sentinel_2_properties(scene, satellite, name, product)
    return document(scene, product, properties, sentinel_2_assets(scene, folder, name), S2_EXTENSIONS)


def sentinel_2_properties(scene: Scene, satellite: str, tile: str, product: str) -> Document:
    return {
        "datetime": instant(scene.moment),
        "created": instant(scene.moment + DAY),
        "platform": f"sentinel-2{satellite.lower()}",
        "constellation": "sentinel-2",
        "instruments": ["msi"],
        "eo:cloud_cover": scene.cloud_cover(),
        "eo:snow_cover": scene.per_cent(),
        "sat:orbit_state": scene.random.choice(("descending", "descending", "ascending")),
        "sat:relative_orbit": scene.tile % 143 + 1,
        "proj:code": f"EPSG:{32600 + scene.zone}",
        "proj:centroid": {"lat": scene.bbox[1] + 0.5, "lon": scene.bbox[0] + 0.6},
        "mgrs:utm_zone": scene.zone,
        "mgrs:latitude_band": tile[2],
        "mgrs:grid_square": tile[3:],
        "grid:code": f"MGRS-{tile}",
        "view:azimuth": scene.degrees(0, 360),
        "view:incidence_angle": scene.degrees(0, 12),
        "view:sun_azimuth": scene.degrees(0, 360),
        "view:sun_elevation": scene.degrees(10, 70),
        "s2:product_uri": f"{product}.SAFE",
        "s2:generation_time": instant(scene.moment + DAY / 3),
        "s2:processing_baseline": "05.00",
        "s2:product_type": "S2MSI2A",
        "s2:datatake_id": f"GS2{satellite}_{scene.stamp}_{scene.number:06d}_N05.00",
        "s2:datatake_type": "INS-NOBS",
        "s2:datastrip_id": f"S2{satellite}_OPER_MSI_L2A_DS_{scene.stamp}_S{scene.stamp}_N05.00",
        "s2:tile_id": f"S2{satellite}_OPER_MSI_L2A_TL_{scene.stamp}_A{scene.number:06d}_T{tile}_N05.00",
        "s2:reflectance_conversion_factor": round(scene.random.uniform(0.96, 1.04), 12),
        **{f"s2:{share}_percentage": scene.per_cent() for share in S2_SHARES},
    }


def sentinel_2_assets(scene: Scene, folder: str, tile: str) -> Document:
    images = f"{folder}/GRANULE/L2A_T{tile}_A{scene.number:06d}_{scene.stamp}/IMG_DATA"
    stem = f"T{tile}_{scene.stamp}"
    assets = {
        key: sentinel_2_band(scene, f"{images}/R{gsd}m/{stem}_{name}_{gsd}m.tif", (key, name, centre, width), gsd)
        for key, name, centre, width, gsd in S2_BANDS
    }
    classes = [{"value": value, "name": name.replace(" ", "_"), "title": name} for value, name in enumerate(S2_CLASSES)]
    scl = raster(scene, f"{images}/R20m/{stem}_SCL_20m.tif", "Scene classification map", 20, 5490)
    assets["scl"] = scl | {"classification:classes": classes}
    for key, title in (("aot", "Aerosol optical thickness"), ("wvp", "Water vapour"), ("visual", "True colour image")):
        assets[key] = raster(scene, f"{images}/R10m/{stem}_{key.upper()}_10m.tif", title, 10, 10980)
    for key, name in (
        ("safe_manifest", "manifest.safe"),
        ("product_metadata", "MTD_MSIL2A.xml"),
        ("granule", "MTD_TL.xml"),
    ):
        assets[key] = {"href": f"{folder}/{name}", "type": "application/xml", "title": key, "roles": ["metadata"]}
    assets["preview"] = {
        "href": f"{folder}/preview.jpg",
        "type": "image/jpeg",
        "title": "Preview",
        "roles": ["thumbnail"],
    }
    return assets


def sentinel_2_band(scene: Scene, href: str, band: tuple[str, str, float, float], gsd: int) -> Document:
    key, name, centre, width = band
    described = {
        "name": name,
        "eo:common_name": key,
        "eo:center_wavelength": centre,
        "eo:full_width_half_max": width,
        "raster:scale": 0.0001,
        "raster:offset": -0.1,
    }
    asset = raster(scene, href, f"Band {name[1:]} ({key}) at {gsd} m", gsd, 109800 // gsd)
    return asset | {"bands": [described], "roles": ["data", "reflectance"]}


def raster(scene: Scene, href: str, title: str, gsd: float, size: int) -> Document:
    """One raster of a tile in its UTM zone."""
    west, north = 300000.0 + scene.tile % 40 * 10000, 1000000.0 + scene.tile * 60
    return {
        "href": href,
        "type": COG,
        "title": title,
        "gsd": gsd,
        "data_type": "uint16",
        "nodata": 0,
        "proj:shape": [size, size],
        "proj:bbox": [west, north - size * gsd, west + size * gsd, north],
        "proj:transform": [gsd, 0.0, west, 0.0, -gsd, north],
        "raster:spatial_resolution": gsd,
        **scene.file(),
        "roles": ["data"],
    }


# Like Landsat


def landsat(scene: Scene) -> Document:
    """About 16 kB in 25 assets: reflectance, temperature and everything they were made with."""
    return landsat_item(scene, "L2SP", LANDSAT_LAYERS)


def landsat_level_1(scene: Scene) -> Document:
    """About 9 kB in 16 assets."""
    return landsat_item(scene, "L1TP", LANDSAT_LAYERS[:2])


def landsat_item(scene: Scene, level: str, layers: tuple[tuple[str, str, str], ...]) -> Document:
    mission = scene.random.choice((7, 8, 9))
    path, row = scene.tile % 233 + 1, scene.tile % 248 + 1
    product = f"LC{mission:02d}_{level}_{path:03d}{row:03d}_{scene.moment:%Y%m%d}_{scene.number:07d}_02_T1"
    href = f"{ROOT}/landsat/{level}/standard/oli-tirs/{scene.moment:%Y}/{path:03d}/{row:03d}/{product}/{product}"
    properties = landsat_properties(scene, mission, (path, row), level)
    return document(scene, product, properties, landsat_assets(scene, href, layers), LANDSAT_EXTENSIONS)


def landsat_properties(scene: Scene, mission: int, place: tuple[int, int], level: str) -> Document:
    cloud_cover = scene.cloud_cover()
    return {
        "datetime": instant(scene.moment),
        "created": instant(scene.moment + 20 * DAY),
        "platform": f"landsat-{mission}",
        "instruments": ["oli", "tirs"],
        "gsd": 30,
        "description": f"Invented scene of processing level {level}, like those of the second collection of Landsat.",
        "eo:cloud_cover": cloud_cover,
        "view:off_nadir": 0,
        "view:sun_elevation": scene.degrees(10, 70),
        "view:sun_azimuth": scene.degrees(0, 360),
        "proj:code": f"EPSG:{32600 + scene.zone}",
        "proj:shape": [7951, 7831],
        "proj:transform": [30.0, 0.0, 300000.0 + scene.tile * 15, 0.0, -30.0, 5000000.0 + scene.tile * 30],
        "landsat:cloud_cover_land": round(cloud_cover * 0.9, 2),
        "landsat:wrs_type": "2",
        "landsat:wrs_path": f"{place[0]:03d}",
        "landsat:wrs_row": f"{place[1]:03d}",
        "landsat:collection_category": "T1",
        "landsat:collection_number": "02",
        "landsat:correction": level,
        "landsat:scene_id": f"LC8{place[0]:03d}{place[1]:03d}{scene.moment:%Y%j}LGN{scene.number % 100:02d}",
    }


def landsat_assets(scene: Scene, href: str, layers: tuple[tuple[str, str, str], ...]) -> Document:
    assets: dict[str, Any] = {
        key: landsat_raster(scene, f"{href}_{suffix}.TIF", f"Band {name}", {"eo:common_name": key, "name": name})
        | {"eo:center_wavelength": centre, "eo:full_width_half_max": width}
        for key, name, suffix, centre, width in LANDSAT_BANDS
    }
    for key, suffix, title in layers:
        assets[key] = landsat_raster(scene, f"{href}_{suffix}.TIF", title, {"name": suffix})
    for key, suffix, media_type in LANDSAT_METADATA:
        about = f"Metadata of the product ({suffix})"
        assets[key] = {
            "href": f"{href}_{suffix}",
            "type": media_type,
            "title": about,
            **scene.file(),
            "roles": ["metadata"],
        }
    for key, suffix in (("thumbnail", "thumb_small.jpeg"), ("reduced_resolution_browse", "thumb_large.jpeg")):
        assets[key] = {"href": f"{href}_{suffix}", "type": "image/jpeg", "title": key, "roles": ["overview"]}
    return assets


def landsat_raster(scene: Scene, href: str, title: str, band: Document) -> Document:
    about = f"{title} at 30 m, scaled as the metadata file says."
    scaled = {"data_type": "uint16", "nodata": 0, "raster:scale": 2.75e-05, "raster:offset": -0.2, "unit": "1"}
    return {
        "href": href,
        "type": COG,
        "title": title,
        "description": about,
        "bands": [{**band, **scaled, "raster:spatial_resolution": 30}],
        **scene.file(),
        "roles": ["data"],
    }
