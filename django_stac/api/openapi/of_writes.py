"""The schemas of what is written, and of the answer to several documents: the gate fills in what may be left out."""

from django_stac.api.openapi.components import COUNT, NAMES, SCHEMAS, SOME, TEXT, TIME, Schema, array, members, ref
from django_stac.api.writing.bulk import METHODS
from django_stac.spec.media_types import JSON_PATCH, MERGE_PATCH, NDJSON

VERSION = r"^(0\.[6-9]|1\.[01])\.[0-9]{1,3}(-(alpha|beta|rc)\.[0-9]{1,3})?$"
ANY: dict[str, Schema] = {
    "id": SOME,
    "stac_version": {"type": "string", "pattern": VERSION, "description": "Documents from before 1.0 are migrated."},
    "stac_extensions": {"type": "array", "items": {"type": "string", "format": "uri"}, "uniqueItems": True},
}
"""What holds for documents of each kind."""
LICENSE: Schema = {"type": "string", "pattern": r"^[\w\-\.\+]+$"}
INSTANT = members("datetime", datetime={**TIME, "nullable": True}, start_datetime=TIME, end_datetime=TIME)
COUNTS = ("created", "updated", "unchanged", "skipped", "failed")
VERBS = ["add", "remove", "replace", "move", "copy", "test"]


def new(name: str, required: str, **further: Schema) -> Schema:
    """A document as it may be sent; ``further`` says more of some members than is known of those that are served."""
    schema = SCHEMAS[name]
    return {**schema, "required": required.split(), "properties": {**schema["properties"], **ANY, **further}}


def one_or_several(name: str, several: Schema) -> Schema:
    return {"oneOf": [ref("schemas", name), several]}


FEATURES = members("type features", type={"enum": ["FeatureCollection"]}, features=array("NewItem"))
WRITTEN: dict[str, Schema] = {
    "NewItem": new("Item", "type stac_version id geometry properties", properties=INSTANT),
    "NewItems": one_or_several("NewItem", FEATURES),
    "NewCollection": new("Collection", "type stac_version id description license extent", license=LICENSE),
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

FORMS: dict[str, Schema] = {
    JSON_PATCH: array("PatchOperation"),
    MERGE_PATCH: {"type": "object"},
    NDJSON: {"type": "string", "description": "An item on each line."},
}
"""Bodies that have a schema of their own in one media type."""
