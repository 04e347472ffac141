"""Items of an aerial survey like NAIP: small documents with small footprints."""

from tests.benchmarks.scene import COG, ROOT, Document, Scene, document

STATES = [
    "al",
    "az",
    "co",
    "fl",
    "ga",
    "ia",
    "id",
    "il",
    "ks",
    "mn",
    "mo",
    "mt",
    "nd",
    "ne",
    "nm",
    "nv",
    "ny",
    "oh",
    "ok",
    "or",
    "pa",
    "sd",
    "tn",
    "tx",
    "ut",
    "va",
    "wa",
    "wi",
    "wy",
]
BANDS = ("red", "green", "blue", "nir")
EXTENSIONS = "eo/v2.0.0 projection/v2.0.0 file/v2.1.0"


def naip(scene: Scene) -> Document:
    """About 3 kB in 4 assets; flown at the same hour every day, so that many items share one datetime."""
    state = STATES[scene.tile % len(STATES)]
    identifier = f"{state}_m_{scene.tile:07d}_ne_{scene.zone}_060_{scene.moment:%Y%m%d}_{scene.number:07d}"
    folder = f"{ROOT}/naip/v002/{state}/{scene.moment:%Y}/{state}_060cm_{scene.moment:%Y}"
    return document(scene, identifier, properties(scene, state), assets(scene, f"{folder}/{identifier}"), EXTENSIONS)


def properties(scene: Scene, state: str) -> Document:
    return {
        "datetime": f"{scene.moment:%Y-%m-%d}T16:00:00Z",
        "gsd": 0.6,
        "naip:state": state,
        "naip:year": f"{scene.moment:%Y}",
        "proj:code": f"EPSG:{26900 + scene.zone}",
        "proj:shape": [12550, 10980],
        "proj:transform": [0.6, 0.0, 600000.0 + scene.tile, 0.0, -0.6, 3400000.0 + scene.tile, 0.0, 0.0, 1.0],
        "providers": [
            {
                "name": "The invented office of aerial surveys",
                "roles": ["producer", "licensor"],
                "url": f"{ROOT}/about/programmes/aerial-photography-of-the-whole-country/",
            }
        ],
    }


def assets(scene: Scene, href: str) -> Document:
    render = f"{ROOT}/api/data/v1/item"
    query = f"collection={scene.collection}&assets=image&asset_bidx=image%7C1%2C2%2C3&format=png"
    bands = [{"name": name.title(), "eo:common_name": name, "data_type": "uint8"} for name in BANDS]
    image = {"href": f"{href}.tif", "type": COG, "title": "Red, green, blue and near infrared", "bands": bands}
    return {
        "image": {**image, **scene.file(), "roles": ["data"]},
        "thumbnail": {"href": f"{href}.200.jpg", "type": "image/jpeg", "title": "Thumbnail", "roles": ["thumbnail"]},
        "tilejson": {
            "href": f"{render}/tilejson.json?{query}",
            "type": "application/json",
            "title": "TileJSON with default rendering",
            "roles": ["tiles"],
        },
        "rendered_preview": {
            "href": f"{render}/preview.png?{query}",
            "type": "image/png",
            "title": "Rendered preview",
            "roles": ["overview"],
        },
    }
