"""Every case of writing over HTTP with its status: tested one by one, and printed in docs/reference/writes.md."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from tests.factories import a_catalog, a_collection, an_item

MERGE, OPERATIONS, NDJSON = "application/merge-patch+json", "application/json-patch+json", "application/x-ndjson"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One request in a site with the item `a` in `scenes`, the collection `empty` and the catalogue `shelf`.

    Each of them has been changed once, and one of each kind, `gone`, was deleted.
    """

    method: str
    route: tuple[str, ...]
    when: str
    status: int
    body: Any = None
    user: str = "writer"
    """Or `reader`, who sees everything and may write nothing, or `stranger`."""
    media_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {'/'.join(self.route)} {self.when}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """What the same cases are told of."""

    many: tuple[str, ...]
    one: tuple[str, ...]
    absent: tuple[str, ...]
    gone: tuple[str, ...]
    """What was deleted."""
    new: dict[str, Any]
    taken: dict[str, Any]
    """A document of the id that ``one`` has, which is another than the stored one."""


ITEM = Noun(
    many=("items", "scenes"),
    one=("item", "scenes", "a"),
    absent=("item", "scenes", "x"),
    gone=("item", "scenes", "gone"),
    new=an_item("new"),
    taken=an_item("a", title="new"),
)
COLLECTION = Noun(
    many=("collections",),
    one=("collection", "empty"),
    absent=("collection", "x"),
    gone=("collection", "gone"),
    new=a_collection("new"),
    taken=a_collection("empty", title="new"),
)
CATALOG = Noun(
    many=("catalogs",),
    one=("catalog", "shelf"),
    absent=("catalog", "x"),
    gone=("catalog", "gone"),
    new=a_catalog("new"),
    taken=a_catalog("shelf", title="new"),
)
OTHER = '"00000000000000000000000000000000"'
PREFERS = {"prefer": "return=representation"}
DEMANDS = {"REQUIRE_IF_MATCH": True}


def of_anybody(method: str, route: tuple[str, ...], body: Any) -> Iterator[Case]:
    """Who may not."""
    yield Case(method=method, route=route, when="by a stranger", status=401, body=body, user="stranger")
    yield Case(method=method, route=route, when="without permission", status=403, body=body, user="reader")


def of_bodies(method: str, route: tuple[str, ...]) -> Iterator[Case]:
    """What is no document."""
    cases = {"an empty body": b"", "no JSON": b"{", "a repeated name": b'{"a": 1, "a": 2}', "a bare number": 5}
    for when, body in cases.items():
        yield Case(method=method, route=route, when=when, status=400, body=body)
    yield Case(method=method, route=route, when="another media type", status=415, body={}, media_type="text/plain")
    few = {"MAX_BODY": 10}
    yield Case(method=method, route=route, when="more than `MAX_BODY`", status=413, body={"a": "a" * 20}, settings=few)
    yield Case(
        method=method,
        route=route,
        when="a body of unannounced length",
        status=411,
        headers={"transfer-encoding": "chunked"},
    )
    yield Case(method=method, route=route, when="an unknown parameter", status=400, body={}, query="?colour=red")
    yield Case(
        method=method, route=route, when="only HTML is accepted", status=406, body={}, headers={"accept": "text/html"}
    )


def of_conditions(method: str, route: tuple[str, ...], body: Any) -> Iterator[Case]:
    """What a client wants to be true."""
    given: dict[str, Any] = {"method": method, "route": route, "body": body}
    yield Case(**given, when="`If-Match: *`", status=204, headers={"if-match": "*"})
    yield Case(**given, when="`If-Match` of another state", status=412, headers={"if-match": OTHER})
    yield Case(**given, when="`If-None-Match: *`", status=412, headers={"if-none-match": "*"})
    yield Case(**given, when="no `If-Match` under `REQUIRE_IF_MATCH`", status=428, settings=DEMANDS)
    yield Case(**given, when="`Prefer: return=representation`", status=200, headers=PREFERS)


def creating(noun: Noun) -> Iterator[Case]:
    given: dict[str, Any] = {"method": "POST", "route": noun.many}
    yield Case(**given, when="a new document", status=201, body=noun.new)
    yield Case(
        **given, when="`Prefer: return=minimal`", status=201, body=noun.new, headers={"prefer": "return=minimal"}
    )
    yield Case(**given, when="the id is taken", status=409, body=noun.taken)
    yield Case(
        **given, when="the id is taken, `If-None-Match: *`", status=412, body=noun.taken, headers={"if-none-match": "*"}
    )
    yield Case(**given, when="`If-Match`", status=412, body=noun.new, headers={"if-match": "*"})
    yield Case(**given, when="an invalid document", status=400, body=noun.new | {"stac_version": 5})
    yield from of_anybody("POST", noun.many, noun.new)
    yield from of_bodies("POST", noun.many)


def replacing(noun: Noun) -> Iterator[Case]:
    given: dict[str, Any] = {"method": "PUT", "route": noun.one}
    yield Case(**given, when="a document", status=204, body=noun.taken)
    yield Case(**given, when="an invalid document", status=400, body=noun.taken | {"stac_version": 5})
    yield Case(**given, when="another id than in the URL", status=400, body=noun.new)
    yield Case(method="PUT", route=noun.absent, when="it is not there", status=404, body=noun.new)
    yield Case(method="PUT", route=noun.gone, when="it was deleted", status=410, body=noun.new)
    yield from of_conditions("PUT", noun.one, noun.taken)
    yield from of_anybody("PUT", noun.one, noun.taken)
    yield from of_bodies("PUT", noun.one)


def patching(noun: Noun) -> Iterator[Case]:
    given: dict[str, Any] = {"method": "PATCH", "route": noun.one}
    merge, listed = {"title": "new"}, [{"op": "add", "path": "/title", "value": "new"}]
    yield Case(**given, when="an object", status=204, body=merge)
    yield Case(**given, when="a list of operations", status=204, body=listed)
    yield Case(**given, when=f"`{MERGE}`", status=204, body=merge, media_type=MERGE)
    yield Case(**given, when=f"`{OPERATIONS}`", status=204, body=listed, media_type=OPERATIONS)
    yield Case(**given, when="operations as a merge patch", status=400, body=listed, media_type=MERGE)
    yield Case(**given, when="an object as operations", status=400, body=merge, media_type=OPERATIONS)
    yield Case(**given, when="a test that fails", status=400, body=[{"op": "test", "path": "/id", "value": 1}])
    yield Case(**given, when="it makes an invalid document", status=400, body={"stac_version": 5})
    yield Case(**given, when="another id", status=400, body={"id": "new"})
    yield Case(method="PATCH", route=noun.absent, when="it is not there", status=404, body=merge)
    yield Case(method="PATCH", route=noun.gone, when="it was deleted", status=410, body=merge)
    yield from of_conditions("PATCH", noun.one, merge)
    yield from of_anybody("PATCH", noun.one, merge)
    yield from of_bodies("PATCH", noun.one)


def deleting(noun: Noun) -> Iterator[Case]:
    yield Case(method="DELETE", route=noun.one, when="it is there", status=204)
    yield Case(method="DELETE", route=noun.absent, when="it is not there", status=204)
    yield Case(method="DELETE", route=noun.gone, when="it was deleted", status=204)
    strict = {"STRICT_DELETE": True}
    yield Case(method="DELETE", route=noun.absent, when="it is not there, `STRICT_DELETE`", status=404, settings=strict)
    yield Case(method="DELETE", route=noun.gone, when="it was deleted, `STRICT_DELETE`", status=410, settings=strict)
    yield from of_conditions("DELETE", noun.one, None)
    yield from of_anybody("DELETE", noun.one, None)


def version_of(route: tuple[str, ...], number: str = "1") -> tuple[str, ...]:
    """The route of a version of what stands, or stood, at a route."""
    return (f"{route[0]}-version", number, *route[1:])


def restoring(noun: Noun) -> Iterator[Case]:
    given: dict[str, Any] = {"method": "POST", "route": version_of(noun.one)}
    yield Case(**given, when="a version of what stands", status=204)
    yield Case(**given, when="an unknown parameter", status=400, query="?colour=red")
    yield Case(**given, when="only HTML is accepted", status=406, headers={"accept": "text/html"})
    yield Case(method="POST", route=version_of(noun.one, "9"), when="there is no such version", status=404)
    yield Case(method="POST", route=version_of(noun.absent), when="it never was there", status=404)
    again: dict[str, Any] = {"method": "POST", "route": version_of(noun.gone)}
    yield Case(**again, when="it was deleted", status=201)
    yield Case(**again, when="it was deleted, `If-Match`", status=412, headers={"if-match": "*"})
    yield Case(**again, when="it was deleted, `If-None-Match: *`", status=201, headers={"if-none-match": "*"})
    yield from of_conditions("POST", version_of(noun.one), None)
    yield from of_anybody("POST", version_of(noun.one), None)


def features(*documents: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(documents)}


def of_items() -> Iterator[Case]:
    several: dict[str, Any] = {"method": "POST", "route": ITEM.many}
    yield Case(**several, when="a FeatureCollection", status=201, body=features(an_item("b"), an_item("c")))
    yield Case(
        **several, when="a FeatureCollection, an id is taken", status=409, body=features(an_item("a"), an_item("b"))
    )
    yield Case(**several, when="a FeatureCollection, an item is invalid", status=400, body=features(an_item("b"), {}))
    yield Case(**several, when="a FeatureCollection without items", status=400, body=features())
    yield Case(**several, when="another collection than in the URL", status=400, body=an_item("b", collection="empty"))
    for method, route in {"POST": ("items", "x"), "PUT": ("item", "x", "a"), "DELETE": ("item", "x", "a")}.items():
        yield Case(method=method, route=route, when="there is no such collection", status=404, body=an_item("a"))


def of_collections() -> Iterator[Case]:
    def several(*documents: Any) -> dict[str, Any]:
        return {"method": "POST", "route": COLLECTION.many, "body": {"collections": list(documents)}}

    yield Case(**several(a_collection("b"), a_collection("c")), when="several", status=201)
    yield Case(**several(a_collection("b"), a_collection("empty")), when="several, an id is taken", status=409)
    yield Case(**several(a_collection("b"), {}), when="several, one is invalid", status=400)
    scenes: dict[str, Any] = {"method": "DELETE", "route": ("collection", "scenes")}
    yield Case(**scenes, when="it has items", status=409)
    yield Case(**scenes, when="it has items, `cascade=true`", status=204, query="?cascade=true")
    yield Case(**scenes, when="`cascade` is neither true nor false", status=400, query="?cascade=yes")


def bulk() -> Iterator[Case]:
    given: dict[str, Any] = {"method": "POST", "route": ("bulk-items", "scenes")}
    new, standing = {"items": {"b": an_item("b")}}, {"items": {"a": an_item("a", title="new")}}
    upsert = standing | {"method": "upsert"}
    yield Case(**given, when="new items", status=200, body=new)
    yield Case(**given, when="the id is taken", status=409, body=standing)
    yield Case(**given, when="the id is taken, `upsert`", status=200, body=upsert)
    yield Case(
        **given, when="`upsert`, `if_match` of another state", status=412, body=upsert | {"if_match": {"a": OTHER}}
    )
    yield Case(**given, when="an item is invalid", status=400, body={"items": {"b": {}}})
    yield Case(**given, when="an unknown method", status=400, body=new | {"method": "replace"})
    yield Case(**given, when="lines", status=200, body=orjson.dumps(an_item("b")), media_type=NDJSON)
    yield Case(**given, when="a line is no item", status=400, body=b"{\n", media_type=NDJSON)
    yield Case(method="POST", route=("bulk-items", "x"), when="there is no such collection", status=404, body=new)
    yield from of_anybody("POST", ("bulk-items", "scenes"), new)
    yield from of_bodies("POST", ("bulk-items", "scenes"))


def cases() -> Iterator[Case]:
    """All, in the order of the page."""
    for noun, further in ((ITEM, of_items), (COLLECTION, of_collections), (CATALOG, tuple)):
        for verb in (creating, replacing, patching, deleting, restoring):
            yield from verb(noun)
        yield from further()
    yield from bulk()


CASES = tuple(cases())
