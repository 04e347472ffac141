"""What everybody may ask of the API in every way, in which anything hidden could show by its name, place or time."""

from django_stac.search.aggregation.names import AGGREGATIONS
from tests.api.stored import STORAGE

OPEN = {
    "landing": [()],
    "conformance": [()],
    "api": [()],
    "api-html": [()],
    "catalogs": [()],
    "catalog": [("shelf",)],
    "catalog-children": [("shelf",)],
    "children": [()],
    "more": [("collections",), ("catalogs",)],
    "collections": [()],
    "collections-search": [()],
    "collection": [("shown",)],
    "dates": [("shown",)],
    "date": [("shown", "2024")],
    "items": [("shown",)],
    "item": [("shown", "shown")],
    "bulk-items": [("shown",)],
    "functions": [()],
    "aggregate": [()],
    "aggregations": [()],
    "collection-aggregate": [("shown",)],
    "collection-aggregations": [("shown",)],
    "queryables": [()],
    "sortables": [()],
    "collection-queryables": [("shown",)],
    "collection-sortables": [("shown",)],
    "collections-queryables": [()],
    "collections-sortables": [()],
    "search": [()],
    "changes": [()],
    "file": [(STORAGE, "shown.tif")],
    "collection-history": [("shown",)],
    "item-history": [("shown", "shown")],
    "catalog-history": [("shelf",)],
    "collection-version": [(1, "shown"), (2, "shown")],
    "item-version": [(1, "shown", "shown"), (2, "shown", "shown")],
    "catalog-version": [(1, "shelf"), (2, "shelf")],
    "unknown": [("nothing",), ("collections/",), ("collections/shown/items/",), ("search/",)],
}
"""What everybody may ask for: it answers the same whether or not anything is hidden."""
SEARCHES = [
    {"limit": "1"},
    {"ids": "secret"},
    {"collections": "secret"},
    {"collections": "secret,shown"},
    {"bbox": "-180,-90,180,90"},
    {"bbox": "100,0,110,10"},
    {"datetime": "../2000-01-01T00:00:00Z"},
    {"intersects": '{"type": "Point", "coordinates": [105, 5]}'},
    {"filter": "id LIKE 'secret%'"},
    {"filter": "x:secret = 'secret'"},
    {"filter": "x:secrte = 'secret'"},
    {"filter": "collection = 'secret' OR x:secret IS NOT NULL"},
    {"filter": "S_INTERSECTS(geometry, POINT(105 5)) AND datetime < DATE('2000-01-01')"},
    {"query": '{"x:secret": {"startsWith": "s"}}'},
    {"sortby": "+datetime", "limit": "1"},
    {"sortby": "-id", "limit": "1"},
    {"sortby": "x:secret"},
    {"sortby": "x:secre"},
    {"x:secret": "secret"},
    {"x:secre": "secret"},
    {"q": "secret"},
    {"q": "-shown"},
    {"fields": "properties.x:secret,x:secret"},
    {"query": '{"x:secre": 1}'},
    {"filter": '"x:secret-to" IS NULL'},
    {"filter": "eo:cloud_cover > 50"},
    {"filter": '{"op": "isNull", "args": [{"property": "x:secre"}]}', "filter-lang": "cql2-json"},
]
NOT_COUNTED = {"limit", "sortby", "fields", "x:secret", "x:secre"}
"""What no aggregation takes."""
SEARCHES_OF_COLLECTIONS = [
    {"limit": "1"},
    {"bbox": "100,0,110,10"},
    {"datetime": "../2000-01-01T00:00:00Z"},
    {"q": "secret"},
    {"q": "-shown"},
    {"filter": "title LIKE '%ecret%'"},
    {"filter": "x:secret = 'secret'"},
    {"filter": "datetime < DATE('2000-01-01')"},
    {"query": '{"id": {"contains": "secret"}}'},
    {"sortby": "-id", "limit": "1"},
    {"sortby": "x:secret"},
    {"sortby": "x:secre"},
    {"fields": "x:secret"},
    {"filter": "x:secre = 1"},
    {"filter": '"x:secret-to" = 1'},
]
OTHER_QUESTIONS = [
    *(
        ((name,), {"collections": names})
        for name in ("queryables", "sortables")
        for names in ("secret", "secret,shown")
    ),
    *((("children",), {"type": noun}) for noun in ("Catalog", "Collection")),
    *((("more", noun), {"after": "secre"}) for noun in ("catalogs", "collections")),
    *((("changes",), {"collections": names}) for names in ("secret", "secret,shown")),
    *((("changes",), params) for params in ({"limit": "1"}, {"limit": "2"}, {"since": "now"})),
    (("item-history", "shown", "shown"), {"limit": "1"}),
    (("item-version", 2, "shown", "shown"), {"diff": "1"}),
    (("date", "shown", "2024"), {"from": "secre"}),
    (("date", "shown", "2024"), {"before": "secret-too-too"}),
]
ALL = ",".join(AGGREGATIONS)


def routes(table):
    return [(name, *args) for name, places in table.items() for args in places]


def questions():
    """What is asked of the open routes: (route, parameters)."""
    yield from ((route, {"f": form}) for route in routes(OPEN) if route[0] != "file" for form in ("json", "html"))
    yield from ((("search",), params) for params in SEARCHES)
    yield from ((("items", "shown"), params) for params in SEARCHES if "collections" not in params)
    yield from (
        (route, params) for route in [("collections",), ("collections-search",)] for params in SEARCHES_OF_COLLECTIONS
    )
    yield from OTHER_QUESTIONS
    for route in [("aggregate",), ("collection-aggregate", "shown")]:
        yield from (
            (route, params | {"aggregations": ALL}) for params in [{}, *SEARCHES] if not NOT_COUNTED & params.keys()
        )


def bodies():
    """What is posted: (route, body)."""
    secret = {"op": "like", "args": [{"property": "x:secret"}, "s%"]}
    old = {"op": "t_before", "args": [{"property": "datetime"}, {"date": "2000-01-01"}]}
    everywhere = [{}, {"filter": secret}, {"filter": old}, {"query": {"x:secret": "secret"}}, {"q": ["secret"]}]
    for route in [("search",), ("collections-search",), ("aggregate",), ("collection-aggregate", "shown")]:
        further = {"aggregations": ALL.split(",")} if "aggregate" in route[0] else {}
        yield from ((route, body | further) for body in everywhere)
    yield from ((("search",), body) for body in [{"collections": ["secret"]}, {"ids": ["secret"]}])
    yield from (
        (("search",), {"sortby": [{"field": field}], "limit": 1}) for field in ("datetime", "x:secret", "x:secre")
    )
