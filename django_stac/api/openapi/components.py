"""The schemas, parameters and errors that the OpenAPI description refers to."""

from http import HTTPStatus
from typing import Any

from django_stac.api.writing.idempotency import LONGEST_KEY
from django_stac.search.aggregation import query as aggregate_query
from django_stac.search.aggregation.names import AGGREGATIONS
from django_stac.search.languages import CRS84, LANGUAGES
from django_stac.spec.media_types import HTML, JSON

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
SOME: Schema = {**TEXT, "minLength": 1}
KEY: Schema = {**SOME, "maxLength": LONGEST_KEY}
TIME: Schema = {"type": "string", "format": "date-time"}
URI: Schema = {"type": "string", "format": "uri-reference"}
COUNT: Schema = {"type": "integer", "minimum": 0}
WAIT: Schema = {"description": "Seconds after which to try again, where they are known.", "schema": COUNT}
NAMES: Schema = {"type": "array", "items": TEXT}
NUMBERS: Schema = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6}
INTERVAL: Schema = {"type": "array", "items": {**TIME, "nullable": True}, "minItems": 2, "maxItems": 2}
PAGE_SIZE: Schema = {"type": "integer", "minimum": 1}

WORDS: Schema = {"oneOf": [NAMES, TEXT]}
FIELDS: Schema = {
    "type": "object",
    "nullable": True,
    "properties": {name: {**NAMES, "nullable": True} for name in ("include", "exclude")},
    "additionalProperties": False,
}


FILTERING: dict[str, Schema] = {
    "filter": {"oneOf": [{"type": "object"}, {"type": "boolean"}, TEXT]},
    "filter-lang": {"enum": list(LANGUAGES)},
    "filter-crs": {"enum": [CRS84]},
}


def ref(kind: str, name: str) -> Schema:
    """Refer to a component."""
    return {"$ref": f"#/components/{kind}/{name}"}


def array(name: str) -> Schema:
    return {"type": "array", "items": ref("schemas", name)}


def members(required: str, **properties: Schema) -> Schema:
    """An object with these members, the named ones always there; STAC allows others beside them."""
    return {"type": "object", "required": required.split(), "properties": properties}


LINKS = array("Link")
SORT: Schema = {"type": "array", "items": members("field", field=TEXT, direction={"enum": ["asc", "desc"]})}
STAC: dict[str, Schema] = {"stac_version": TEXT, "stac_extensions": NAMES, "id": TEXT, "links": LINKS}
COUNTS: dict[str, Schema] = {"numberMatched": COUNT, "numberReturned": COUNT}
CATALOG = members(
    "type stac_version id description links", type={"enum": ["Catalog"]}, title=TEXT, description=TEXT, **STAC
)
ASSETS: Schema = {"type": "object", "additionalProperties": ref("schemas", "Asset")}

FUNCTION_ARGS: Schema = {"type": "array", "items": members("type", title=TEXT, description=TEXT, type=NAMES)}

SEARCHING: dict[str, Schema] = {
    "bbox": NUMBERS,
    "datetime": TEXT,
    "q": WORDS,
    "query": {"type": "object"},
    **FILTERING,
    "sortby": SORT,
    "fields": FIELDS,
    "limit": PAGE_SIZE,
    "token": TEXT,
}

SCHEMAS: dict[str, Schema] = {
    "Link": members(
        "rel href",
        rel=SOME,
        href=URI,
        type=TEXT,
        title=TEXT,
        method={"description": "GET unless said."},
        body={"description": "What is sent with POST."},
        merge={"description": "Whether the body is added to that of the request before."},
    ),
    "Asset": members("href", href=URI, type=TEXT, title=TEXT, description=SOME, roles=NAMES),
    "Catalog": CATALOG,
    "Landing": {"allOf": [ref("schemas", "Catalog"), members("conformsTo", conformsTo=NAMES)]},
    "Conformance": members("conformsTo", conformsTo=NAMES),
    "Children": members("children links", children={"type": "array", "items": {"type": "object"}}, links=LINKS),
    "Catalogs": members("catalogs links", catalogs=array("Catalog"), links=LINKS),
    "Extent": members(
        "spatial temporal",
        spatial=members("bbox", bbox={"type": "array", "items": NUMBERS}),
        temporal=members("interval", interval={"type": "array", "items": INTERVAL, "minItems": 1}),
    ),
    "Collection": members(
        "type stac_version id description license extent links",
        type={"enum": ["Collection"]},
        title=TEXT,
        description=TEXT,
        license=TEXT,
        keywords=NAMES,
        extent=ref("schemas", "Extent"),
        summaries={"type": "object"},
        assets=ASSETS,
        **STAC,
    ),
    "Collections": members("collections links", collections=array("FoundCollection"), links=LINKS, **COUNTS),
    "Item": members(
        "type stac_version id geometry properties links assets",
        type={"enum": ["Feature"]},
        collection=TEXT,
        geometry={"nullable": True, "allOf": [ref("schemas", "Geometry")]},
        bbox=NUMBERS,
        properties={"type": "object"},
        assets=ASSETS,
        **STAC,
    ),
    "ItemCollection": members(
        "type features links", type={"enum": ["FeatureCollection"]}, features=array("FoundItem"), links=LINKS, **COUNTS
    ),
    "Search": {
        "type": "object",
        "properties": {
            "collections": NAMES,
            "ids": NAMES,
            "intersects": ref("schemas", "AnyGeometry"),
            **SEARCHING,
        },
    },
    "CollectionSearch": {"type": "object", "properties": SEARCHING},
    "Aggregations": members(
        "type aggregations links",
        type={"enum": ["AggregationCollection"]},
        aggregations={
            "type": "array",
            "items": members("name data_type", name=TEXT, data_type=TEXT, frequency_distribution_data_type=TEXT),
        },
        links=LINKS,
    ),
    "Bucket": members(
        "key data_type frequency",
        key=TEXT,
        data_type=TEXT,
        frequency=COUNT,
        **{end: {"type": "number"} for end in ("from", "to")},
    ),
    "Aggregation": members(
        "name data_type", name=TEXT, data_type=TEXT, value={"nullable": True}, buckets=array("Bucket"), overflow=COUNT
    ),
    "AggregationCollection": members(
        "type aggregations links",
        type={"enum": ["AggregationCollection"]},
        aggregations=array("Aggregation"),
        links=LINKS,
    ),
    "Change": members(
        "type kind id at",
        type={"enum": ["created", "updated", "deleted"]},
        kind={"enum": ["item", "collection", "catalog"]},
        collection=TEXT,
        id=TEXT,
        at={**TEXT, "format": "date-time"},
        digest=TEXT,
        href=URI,
        items=URI,
    ),
    "Changes": members(
        "changes numberReturned atEnd links",
        changes=array("Change"),
        numberReturned=COUNT,
        atEnd={"type": "boolean"},
        links=LINKS,
    ),
    "PropertySchemas": {"type": "object", "properties": {"properties": {"type": "object"}}},
    "Function": members("name returns", name=TEXT, description=TEXT, args=FUNCTION_ARGS, returns=NAMES),
    "Functions": members("functions links", functions=array("Function"), links=LINKS),
    "Description": {"type": "object"},
    "Page": TEXT,
    "File": {"type": "string", "format": "binary"},
    "Problem": members("description", source=TEXT, code=TEXT, pointer=TEXT, description=TEXT),
    "Exception": members(
        "code description",
        code=TEXT,
        description=TEXT,
        parameter=TEXT,
        pointer=TEXT,
        problems=array("Problem"),
        deleted=TIME,
        links=LINKS,
    ),
}


# What a search finds has as many members as `fields` asks for, and always these.
SCHEMAS["FoundItem"] = {**SCHEMAS["Item"], "required": ["type", "stac_version", "id", "collection"]}
SCHEMAS["FoundCollection"] = {**SCHEMAS["Collection"], "required": ["type", "stac_version", "id"]}

OPTIONS = {option: AGGREGATIONS[name].allowed for option, name in aggregate_query.OPTIONS.items()}
SCHEMAS["Aggregate"] = {
    "type": "object",
    "properties": {
        **{
            name: schema
            for name, schema in SCHEMAS["Search"]["properties"].items()
            if name not in aggregate_query.PAGING
        },
        "aggregations": NAMES,
        **OPTIONS,
    },
}


def in_query(name: str, description: str, schema: Schema, **further: Any) -> Schema:
    return {"name": name, "in": "query", "description": description, "schema": schema, **further}


def in_header(name: str, description: str, schema: Schema = TEXT) -> Schema:
    return {"name": name, "in": "header", "description": description, "schema": schema}


LISTED = {"style": "form", "explode": False}

PARAMETERS: dict[str, Schema] = {
    "f": in_query("f", "Form of the answer, before the header Accept.", {"enum": ["json", "html"]}),
    "lang": in_query("lang", "Language of the HTML form.", TEXT),
    "collections": in_query("collections", "Ids of collections, with commas between them.", NAMES, **LISTED),
    "ids": in_query("ids", "Ids of items, with commas between them.", NAMES, **LISTED),
    "bbox": in_query("bbox", "West, south, east, north (CRS84 degrees); 6 numbers with heights.", NUMBERS, **LISTED),
    "intersects": in_query("intersects", "A GeoJSON geometry as text; not together with bbox.", TEXT),
    "datetime": in_query("datetime", "An RFC 3339 instant, or an interval start/end with .. as an open end.", TEXT),
    "query": in_query("query", "The JSON text of properties with operators (STAC API - Query).", TEXT),
    "filter": in_query("filter", "A CQL2 filter, as text or JSON.", TEXT),
    "filter-lang": in_query("filter-lang", "How the filter is written; as text unless said.", FILTERING["filter-lang"]),
    "filter-crs": in_query("filter-crs", "Coordinates of the filter.", FILTERING["filter-crs"]),
    "sortby": in_query("sortby", "Sortables with commas between them, each with - before it to descend.", TEXT),
    "type": in_query("type", "Children of one type only.", {"enum": ["Catalog", "Collection"]}),
    "after": in_query("after", "The id behind which a list goes on.", SOME, required=True),
    "from": in_query("from", "Items of a crowded day from this id on.", TEXT),
    "before": in_query("before", "Items of a crowded day with ids before this one.", TEXT),
    "q": in_query(
        "q", "Terms with commas between them, or an expression with AND, OR, + and -, quotes and parentheses.", TEXT
    ),
    "fields": in_query(
        "fields", "Members to give, and with a minus sign to leave out; empty is the least that is valid.", TEXT
    ),
    "limit": in_query("limit", "Most entries of a page.", PAGE_SIZE),
    "aggregations": in_query("aggregations", "Names of aggregations, with commas between them.", NAMES, **LISTED),
    **{
        option: in_query(option, f"How finely {aggregate_query.OPTIONS[option]} divides.", schema)
        for option, schema in OPTIONS.items()
    },
    "queryables": in_query(
        "queryables",
        "Queryables of the collection, each a parameter of its own name that the property must be equal to.",
        {"type": "object", "additionalProperties": TEXT},
        style="form",
        explode=True,
    ),
    "since": in_query("since", "The place of a consumer, from a next link; now is behind what stands.", TEXT),
    "token": in_query("token", "The place of a page, from a next or prev link.", TEXT),
    "diff": in_query("diff", "The number of the version to compare with.", {"type": "integer", "minimum": 1}),
    "cascade": in_query("cascade", "Whether the items of the collection are deleted, too.", {"type": "boolean"}),
    "method": in_query(
        "method",
        "Whether lines of items replace those that stand.",
        {"enum": ["insert", "upsert"], "default": "insert"},
    ),
    "Idempotency-Key": in_header("Idempotency-Key", "A key of this request: to send it again does nothing twice.", KEY),
    "If-Match": in_header("If-Match", "Entity tags of the state that may be overwritten, or *."),
    "If-None-Match": in_header("If-None-Match", "* when nothing may stand yet."),
    "Prefer": in_header("Prefer", "return=representation for the document, return=minimal for none (RFC 7240)."),
}


def error(status: HTTPStatus) -> Schema:
    """The response of one error status."""
    exception = {"schema": ref("schemas", "Exception")}
    described = {"description": status.phrase, "content": {JSON: exception, HTML: {"schema": TEXT}}}
    return described | ({"headers": {"Retry-After": WAIT}} if status in (429, 503) else {})


def name_of(status: int) -> str:
    """The component name of an error status: ``NotFound``."""
    return HTTPStatus(status).phrase.title().replace(" ", "")


ERRORS = (400, 401, 403, 404, 406, 409, 410, 411, 412, 413, 414, 415, 416, 422, 428, 429, 503)
COMPONENTS: Schema = {
    "schemas": SCHEMAS,
    "parameters": PARAMETERS,
    "responses": {name_of(status): error(HTTPStatus(status)) for status in ERRORS},
}
