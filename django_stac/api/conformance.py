"""Where each conformance class is kept. A class is declared when all of its routes are mounted."""

from collections.abc import Container

from django.urls import get_resolver

from django_stac.spec.conformance import Conformance as Class

_ITEMS = ("items", "item")
_COLLECTIONS = ("collections", "collection")
_AGGREGATION = ("aggregate", "aggregations", "collection-aggregate", "collection-aggregations")
_FILTERED = ("search", "items", "collections")
_KEPT: dict[tuple[str, ...], tuple[Class, ...]] = {
    ("landing", "api", "api-html"): (Class.CORE,),
    ("conformance", "api", *_COLLECTIONS, *_ITEMS): (
        Class.OGCAPI_FEATURES, Class.FEATURES_CORE, Class.FEATURES_OAS30, Class.FEATURES_HTML,
    ),
    _COLLECTIONS: (Class.COLLECTIONS, Class.COLLECTIONS_TRANSACTION),
    _ITEMS: (Class.FEATURES_GEOJSON, Class.FEATURES_TRANSACTION),
    ("items",): (
        Class.FEATURES_FIELDS, Class.FEATURES_FREE_TEXT, Class.FEATURES_ADVANCED_FREE_TEXT, Class.FEATURES_SORT_1_0,
        Class.FEATURES_SORT, Class.FEATURES_QUERY, Class.FEATURES_FILTER, Class.QUERYABLES_QUERY_PARAMETERS,
    ),
    ("search",): (
        Class.ITEM_SEARCH, Class.ITEM_SEARCH_FIELDS, Class.ITEM_SEARCH_FREE_TEXT, Class.ITEM_SEARCH_ADVANCED_FREE_TEXT,
        Class.ITEM_SEARCH_FILTER, Class.ITEM_SEARCH_SORT_1_0, Class.ITEM_SEARCH_SORT, Class.ITEM_SEARCH_QUERY,
    ),
    ("children", "catalog-children"): (Class.CHILDREN, Class.CHILDREN_TYPE_FILTER),
    ("landing", "more", "catalog", "collection", "dates", "date"): (Class.BROWSEABLE,),
    ("collections", "collections-search"): (
        Class.COLLECTION_SEARCH, Class.COLLECTION_SEARCH_FIELDS, Class.COLLECTION_SEARCH_FILTER,
        Class.COLLECTION_SEARCH_QUERY, Class.COLLECTION_SEARCH_SORT_RC, Class.COLLECTION_SEARCH_SORT,
        Class.COLLECTION_SEARCH_FREE_TEXT, Class.COLLECTION_SEARCH_ADVANCED_FREE_TEXT,
    ),
    ("collections",): (Class.SIMPLE_QUERY,),
    ("collections-search",): (Class.COLLECTION_SEARCH_ENDPOINT,),
    _AGGREGATION: (Class.AGGREGATION, Class.AGGREGATION_FILTER, Class.AGGREGATION_QUERY),
    ("queryables", "collection-queryables"): (Class.QUERYABLES,),
    ("collection-sortables",): (Class.SORTABLES,),
    ("sortables",): (Class.ITEM_SEARCH_SORTABLES,),
    ("collections-sortables",): (Class.COLLECTION_SEARCH_SORTABLES,),
    _FILTERED: (
        Class.FEATURES_3_FILTER, Class.CQL2_TEXT, Class.CQL2_JSON, Class.BASIC_CQL2,
        Class.ADVANCED_COMPARISON_OPERATORS, Class.CASE_INSENSITIVE_COMPARISON, Class.ACCENT_INSENSITIVE_COMPARISON,
        Class.BASIC_SPATIAL_FUNCTIONS, Class.BASIC_SPATIAL_FUNCTIONS_PLUS, Class.SPATIAL_FUNCTIONS,
        Class.TEMPORAL_FUNCTIONS, Class.ARRAY_FUNCTIONS, Class.PROPERTY_PROPERTY, Class.ARITHMETIC,
    ),
    ("functions", *_FILTERED): (Class.FUNCTIONS,),
}  # fmt: skip
MOUNTED = {kept: routes for routes, classes in _KEPT.items() for kept in classes}
"""Class → names of the routes that keep it."""


def conforms_to() -> list[str]:
    """Return what this site declares: ``conformsTo``."""
    return declared(get_resolver("django_stac.api.urls").reverse_dict)


def declared(routes: Container[str]) -> list[str]:
    """Return the URIs of what these routes keep, in the order of the landing page."""
    return [kept.value for kept in Class if all(name in routes for name in MOUNTED[kept])]
