"""The resources of the API, as the specifications name them. No slash at the end; a further one is ignored."""

from typing import Any

from django.urls import path

from django_stac.api.views.aggregation import AggregationViewSet, CollectionAggregationViewSet
from django_stac.api.views.bulk import BulkViewSet
from django_stac.api.views.catalogs import CatalogViewSet
from django_stac.api.views.changes import ChangeViewSet
from django_stac.api.views.children import ChildrenViewSet
from django_stac.api.views.collection_search import CollectionSearchViewSet
from django_stac.api.views.collections import CollectionViewSet
from django_stac.api.views.dates import DateViewSet
from django_stac.api.views.docs import DescriptionViewSet, DocumentationViewSet
from django_stac.api.views.files import FileViewSet
from django_stac.api.views.functions import FunctionViewSet
from django_stac.api.views.history import HistoryViewSet
from django_stac.api.views.items import ItemViewSet
from django_stac.api.views.landing import ConformanceViewSet, LandingViewSet, MoreViewSet
from django_stac.api.views.queryables import (
    CollectionQueryablesViewSet,
    CollectionsQueryablesViewSet,
    QueryablesViewSet,
)
from django_stac.api.views.search import SearchViewSet
from django_stac.api.views.unknown import without_slash
from django_stac.api.views.versions import VersionViewSet

LIST: dict[str, Any] = {"get": "list", "post": "create"}
ONE: dict[str, Any] = {"get": "retrieve", "put": "update", "patch": "partial_update", "delete": "destroy"}

urlpatterns = [
    # First, because it is asked for most: patterns are tried one by one.
    path("search", SearchViewSet.as_view({"get": "list", "post": "search"}), name="search"),
    path("", LandingViewSet.as_view({"get": "retrieve"}), name="landing"),
    path("conformance", ConformanceViewSet.as_view({"get": "retrieve"}), name="conformance"),
    path("api", DescriptionViewSet.as_view({"get": "retrieve"}), name="api"),
    path("api.html", DocumentationViewSet.as_view({"get": "retrieve"}), name="api-html"),
    path("catalogs", CatalogViewSet.as_view(LIST), name="catalogs"),
    path("catalogs/<str:catalog_id>", CatalogViewSet.as_view(ONE), name="catalog"),
    path("catalogs/<str:catalog_id>/children", ChildrenViewSet.as_view({"get": "of_catalog"}), name="catalog-children"),
    path("children", ChildrenViewSet.as_view({"get": "list"}), name="children"),
    path("more/<str:noun>", MoreViewSet.as_view({"get": "retrieve"}), name="more"),
    path("collections", CollectionViewSet.as_view(LIST), name="collections"),
    path("collections/<str:collection_id>", CollectionViewSet.as_view(ONE), name="collection"),
    path("collections/<str:collection_id>/dates", DateViewSet.as_view({"get": "retrieve"}), name="dates"),
    path("collections/<str:collection_id>/dates/<str:date>", DateViewSet.as_view({"get": "span"}), name="date"),
    path("collections/<str:collection_id>/items", ItemViewSet.as_view(LIST), name="items"),
    path("collections/<str:collection_id>/items/<path:item_id>", ItemViewSet.as_view(ONE), name="item"),
    path("collections/<str:collection_id>/bulk_items", BulkViewSet.as_view({"post": "create"}), name="bulk-items"),
    path(
        "collections/<str:collection_id>/aggregate",
        CollectionAggregationViewSet.as_view({"get": "retrieve", "post": "search"}),
        name="collection-aggregate",
    ),
    path(
        "collections/<str:collection_id>/aggregations",
        CollectionAggregationViewSet.as_view({"get": "list"}),
        name="collection-aggregations",
    ),
    path(
        "collections-search",
        CollectionSearchViewSet.as_view({"get": "list", "post": "search"}),
        name="collections-search",
    ),
    path(
        "collections/<str:collection_id>/queryables",
        CollectionQueryablesViewSet.as_view({"get": "queryables"}),
        name="collection-queryables",
    ),
    path(
        "collections/<str:collection_id>/sortables",
        CollectionQueryablesViewSet.as_view({"get": "sortables"}),
        name="collection-sortables",
    ),
    path("queryables", QueryablesViewSet.as_view({"get": "queryables"}), name="queryables"),
    path("sortables", QueryablesViewSet.as_view({"get": "sortables"}), name="sortables"),
    path(
        "collections-queryables",
        CollectionsQueryablesViewSet.as_view({"get": "queryables"}),
        name="collections-queryables",
    ),
    path(
        "collections-sortables",
        CollectionsQueryablesViewSet.as_view({"get": "sortables"}),
        name="collections-sortables",
    ),
    path("functions", FunctionViewSet.as_view({"get": "list"}), name="functions"),
    path("aggregate", AggregationViewSet.as_view({"get": "retrieve", "post": "search"}), name="aggregate"),
    path("aggregations", AggregationViewSet.as_view({"get": "list"}), name="aggregations"),
    path("changes", ChangeViewSet.as_view({"get": "list"}), name="changes"),
    path("files/<str:storage>/<path:path>", FileViewSet.as_view({"get": "retrieve"}), name="file"),
    # Numbers before names: nothing can stand behind the id of an item, which may hold slashes.
    path(
        "history/collections/<str:collection_id>",
        HistoryViewSet.as_view({"get": "of_collection"}),
        name="collection-history",
    ),
    path(
        "history/collections/<str:collection_id>/items/<path:item_id>",
        HistoryViewSet.as_view({"get": "of_item"}),
        name="item-history",
    ),
    path("history/catalogs/<str:catalog_id>", HistoryViewSet.as_view({"get": "of_catalog"}), name="catalog-history"),
    path(
        "versions/<int:number>/collections/<str:collection_id>",
        VersionViewSet.as_view({"get": "show_collection", "post": "restore_collection"}),
        name="collection-version",
    ),
    path(
        "versions/<int:number>/collections/<str:collection_id>/items/<path:item_id>",
        VersionViewSet.as_view({"get": "show_item", "post": "restore_item"}),
        name="item-version",
    ),
    path(
        "versions/<int:number>/catalogs/<str:catalog_id>",
        VersionViewSet.as_view({"get": "show_catalog", "post": "restore_catalog"}),
        name="catalog-version",
    ),
    path("<path:rest>", without_slash, name="unknown"),
]
