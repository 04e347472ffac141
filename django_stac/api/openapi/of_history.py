"""The schemas of what is told of the history."""

from django_stac.api.openapi.components import COUNT, LINKS, TEXT, TIME, Schema, array, members, ref

NUMBER: Schema = {"type": "integer", "minimum": 1}
VERSION = members(
    "number digest size published links",
    number=NUMBER,
    digest=TEXT,
    size=COUNT,
    published={"type": "boolean"},
    written=TIME,
    written_by=TEXT,
    ended=TIME,
    ended_by=TEXT,
    end={"enum": ["replaced", "deleted"]},
    links=LINKS,
)
REMEMBERED: dict[str, Schema] = {
    "Version": VERSION,
    "History": members(
        "kind id versions numberReturned links",
        kind={"enum": ["item", "collection", "catalog"]},
        collection=TEXT,
        id=TEXT,
        deleted=TIME,
        versions=array("Version"),
        numberReturned=COUNT,
        links=LINKS,
    ),
    "Differences": members(
        "from to patch links", patch=array("PatchOperation"), links=LINKS, **{"from": NUMBER, "to": NUMBER}
    ),
    **{
        f"{name}Version": {"oneOf": [ref("schemas", name), ref("schemas", "Differences")]}
        for name in ("Item", "Collection", "Catalog")
    },
}
