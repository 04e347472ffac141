"""Aggregations: which may be asked for, and what they give (STAC API - Aggregation)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from django_stac.api.operations import Operation
from django_stac.api.paging import Links, get_links
from django_stac.api.views.asked_by_body import AskedByBody
from django_stac.history.names import Name
from django_stac.search.aggregation.measures import Aggregation
from django_stac.search.aggregation.names import offered, refuse_others
from django_stac.search.aggregation.query import PARAMETERS, AggregateQuery, from_body, from_params
from django_stac.search.aggregation.run import aggregate
from django_stac.spec.links import link
from django_stac.spec.media_types import JSON

Aggregations = list[dict[str, Any]]


class AggregationViewSet(AskedByBody):
    """``/aggregate`` and ``/aggregations``; below a collection, what its own items say something about."""

    operations = {
        "list": Operation(
            id="getAggregations",
            tag="Aggregation",
            summary="Aggregations that may be asked for",
            answer="Aggregations",
            page="django_stac/aggregations.html",
        ),
        "retrieve": Operation(
            id="getAggregate",
            tag="Aggregation",
            summary="Aggregate items",
            answer="AggregationCollection",
            page="django_stac/aggregations.html",
            parameters=tuple(sorted(PARAMETERS)),
            is_search=True,
        ),
        "search": Operation(
            id="postAggregate",
            tag="Aggregation",
            summary="Aggregate items with a body",
            answer="AggregationCollection",
            page="django_stac/aggregations.html",
            body="Aggregate",
            statuses=(411, 413, 415),
            is_search=True,
        ),
    }

    def list(self, request: Request, collection_id: str | None = None) -> Response:
        """Answer with the aggregations that may be asked for."""
        links = self.get_links(request, self.hrefs.aggregations(collection_id), collection_id)
        return self.present([each.described for each in self.offered(collection_id)], links)

    def retrieve(self, request: Request, collection_id: str | None = None) -> Response:
        """Answer to query parameters."""
        query = from_params(request.query_params, collection=collection_id)
        links = self.get_links(request, self.hrefs.aggregate(collection_id), collection_id)
        return self.present(self.aggregated(query, collection_id), links)

    def search(self, request: Request, collection_id: str | None = None) -> Response:
        """Answer to a body."""
        body = self.body(request)
        query = from_body(body, collection=collection_id)
        itself = link("self", self.hrefs.aggregate(collection_id), type=JSON, method="POST", body=body)
        links = [itself, link("root", self.hrefs.root, type=JSON), *self.collection_links(collection_id)]
        return self.present(self.aggregated(query, collection_id), links)

    def offered(self, collection_id: str | None) -> Sequence[Aggregation]:
        """The aggregations that a collection, or the site, offers to the user. Raises NotFound."""
        if collection_id is None:
            return offered()
        user = self.request.user
        row = self.policy.visible_collections(user).filter(collection_id=collection_id).only("derived").first()
        if row is None:
            raise self.missing(Name.of_collection(collection_id))
        # Facts are those of published items: who sees others may ask for anything.
        tells = self.policy.shows_derived(user) and not self.policy.sees_unpublished(user)
        return offered(row.derived if tells else None)

    def aggregated(self, query: AggregateQuery, collection_id: str | None) -> Aggregations:
        """Aggregations of what the user may see."""
        refuse_others(query.aggregations, self.offered(collection_id))
        user = self.request.user
        items, collections = self.policy.visible_items(user), self.policy.described_collections(user)
        return aggregate(query, visible=items, collections=collections)

    def present(self, aggregations: Aggregations, links: Links) -> Response:
        """Answer with an AggregationCollection."""
        return self.answer({"type": "AggregationCollection", "aggregations": aggregations, "links": links})

    def get_links(self, request: Request, href: str, collection_id: str | None) -> Links:
        links = get_links(href, request.query_params, self.hrefs, media_type=JSON)
        return [*links, *self.collection_links(collection_id)]

    def collection_links(self, collection_id: str | None) -> Links:
        return [] if collection_id is None else [link("collection", self.hrefs.collection(collection_id), type=JSON)]


class CollectionAggregationViewSet(AggregationViewSet):
    """The same below ``/collections/{collection_id}``."""

    operations = {
        action: replace(
            each,
            id=f"{each.id}OfCollection",
            summary=f"{each.summary} of a collection",
            statuses=(404, 410, *each.statuses),
        )
        for action, each in AggregationViewSet.operations.items()
    }
