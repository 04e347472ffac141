"""The conformance classes that this release declares. What obliges the server to keep them is in ``api``."""

from enum import StrEnum

_STAC = "https://api.stacspec.org/v1.0.0"
_WORDS = "https://api.stacspec.org/v1.0.0-rc.1"
_COLLECTION_SEARCH = "https://api.stacspec.org/v1.0.0-rc.1/collection-search"
_FEATURES = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"

_AGGREGATION = "https://api.stacspec.org/v0.3.0/aggregation"


class Conformance(StrEnum):
    """URIs of conformance classes, in the order in which the landing page lists them."""

    CORE = f"{_STAC}/core"
    COLLECTIONS = f"{_STAC}/collections"
    OGCAPI_FEATURES = f"{_STAC}/ogcapi-features"
    ITEM_SEARCH = f"{_STAC}/item-search"
    ITEM_SEARCH_FIELDS = f"{_STAC}/item-search#fields"
    FEATURES_FIELDS = f"{_STAC}/ogcapi-features#fields"
    ITEM_SEARCH_FREE_TEXT = f"{_WORDS}/item-search#free-text"
    ITEM_SEARCH_ADVANCED_FREE_TEXT = f"{_WORDS}/item-search#advanced-free-text"
    FEATURES_FREE_TEXT = f"{_WORDS}/ogcapi-features#free-text"
    FEATURES_ADVANCED_FREE_TEXT = f"{_WORDS}/ogcapi-features#advanced-free-text"
    CHILDREN = "https://api.stacspec.org/v1.0.0-rc.2/children"
    CHILDREN_TYPE_FILTER = "https://api.stacspec.org/v1.0.0-rc.2/children#type-filter"
    BROWSEABLE = "https://api.stacspec.org/v1.0.0-rc.3/browseable"
    COLLECTION_SEARCH = _COLLECTION_SEARCH
    COLLECTION_SEARCH_FIELDS = f"{_COLLECTION_SEARCH}#fields"
    COLLECTION_SEARCH_FILTER = f"{_COLLECTION_SEARCH}#filter"
    COLLECTION_SEARCH_QUERY = f"{_COLLECTION_SEARCH}#query"
    COLLECTION_SEARCH_SORT_RC = f"{_COLLECTION_SEARCH}#sort"
    COLLECTION_SEARCH_SORT = "https://api.stacspec.org/v1.1.0/collection-search#sort"
    COLLECTION_SEARCH_FREE_TEXT = f"{_COLLECTION_SEARCH}#free-text"
    COLLECTION_SEARCH_ADVANCED_FREE_TEXT = f"{_COLLECTION_SEARCH}#advanced-free-text"
    SIMPLE_QUERY = "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/simple-query"
    COLLECTION_SEARCH_ENDPOINT = "https://api.stacspec.org/v1.0.0-beta.1/collection-search-endpoint"
    AGGREGATION = _AGGREGATION
    AGGREGATION_FILTER = f"{_AGGREGATION}#filter"
    AGGREGATION_QUERY = f"{_AGGREGATION}#query"
    FEATURES_CORE = f"{_FEATURES}/core"
    FEATURES_OAS30 = f"{_FEATURES}/oas30"
    FEATURES_GEOJSON = f"{_FEATURES}/geojson"
    FEATURES_HTML = f"{_FEATURES}/html"


DECLARED: tuple[str, ...] = tuple(member.value for member in Conformance)
"""All declared URIs as plain text, in a stable order."""
