"""The schemas of what is written, and of the answer to several documents: the gate fills in what may be left out."""

from django_stac.api.bulk import METHODS
from django_stac.api.components import COUNT, NAMES, SCHEMAS, TEXT, Schema, array, members, ref

COUNTS = ("created", "updated", "unchanged", "skipped", "failed")
VERBS = ["add", "remove", "replace", "move", "copy", "test"]


def new(name: str, required: str) -> Schema:
    """A document as it may be sent."""
    return {**SCHEMAS[name], "required": required.split()}


def one_or_several(name: str, several: Schema) -> Schema:
    return {"oneOf": [ref("schemas", name), several]}


FEATURES = members("type features", type={"enum": ["FeatureCollection"]}, features=array("NewItem"))
WRITTEN: dict[str, Schema] = {
    "NewItem": new("Item", "type stac_version id geometry properties"),
    "NewItems": one_or_several("NewItem", FEATURES),
    "NewCollection": new("Collection", "type stac_version id description license extent"),
    "NewCollections": one_or_several("NewCollection", members("collections", collections=array("NewCollection"))),
    "NewCatalog": new("Catalog", "type stac_version id description"),
    "NewCatalogs": ref("schemas", "NewCatalog"),
    "PatchOperation": members("op path", op={"enum": VERBS}, path=TEXT, value={}, **{"from": TEXT}),
    "Patch": {"oneOf": [{"type": "object"}, array("PatchOperation")]},
    "Bulk": members(
        "items",
        items={"type": "object", "additionalProperties": ref("schemas", "NewItem")},
        method={"enum": list(METHODS)},
        if_match={"type": "object", "additionalProperties": TEXT},
    ),
    "CreatedItem": one_or_several("Item", ref("schemas", "Report")),
    "CreatedCollection": one_or_several("Collection", ref("schemas", "Report")),
    "CreatedCatalog": ref("schemas", "Catalog"),
    "Report": members(
        " ".join((*COUNTS, "problems")), **dict.fromkeys(COUNTS, COUNT), problems=array("Problem"), notes=NAMES
    ),
}
