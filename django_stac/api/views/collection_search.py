"""Collections, page by page: those that fit what is asked by parameters or by a body."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from django_stac.api.operations import Operation
from django_stac.api.paging import Links, get_links, post_links
from django_stac.api.presenting import presented_collections
from django_stac.api.serializers import CollectionSerializer
from django_stac.api.staff import create_form
from django_stac.api.views.asked_by_body import AskedByBody
from django_stac.api.views.base import StacViewSet
from django_stac.documents.fields import COLLECTION, Fields, pruned, rule_of
from django_stac.models import Collection
from django_stac.search import fields, parse
from django_stac.search.query import SearchQuery
from django_stac.search.run import CollectionPage, search_collections
from django_stac.spec.links import QUERYABLES, SORTABLES, link
from django_stac.spec.media_types import JSON, SCHEMA

PARAMETERS = frozenset(parse.CHECKS_OF_COLLECTIONS) | parse.BESIDE


def by_parameters(operation_id: str, summary: str) -> Operation:
    """A search of collections by GET."""
    return Operation(
        id=operation_id,
        tag="Collections",
        summary=summary,
        answer="Collections",
        page="django_stac/collections.html",
        parameters=tuple(sorted(PARAMETERS)),
        is_search=True,
    )


class CollectionLists(StacViewSet):
    """What lists collections (STAC API - Collection Search)."""

    serializer_class = CollectionSerializer

    @property
    def href(self) -> str:
        """Where this list stands."""
        return self.hrefs.collections

    def list(self, request: Request) -> Response:
        """Answer with a page of the collections that the user may see, and that fit the parameters."""
        query = parse.from_params(request.query_params, checks=parse.CHECKS_OF_COLLECTIONS)
        asked_for = fields.from_params(request.query_params)
        page = self.find(query)
        made = get_links(self.href, request.query_params, self.hrefs, media_type=JSON, next=page.next, prev=page.prev)
        return self.answer(self.present(page, made, asked_for))

    def find(self, query: SearchQuery) -> CollectionPage:
        """Search among what the user may see."""
        return search_collections(query, visible=self.policy.described_collections(self.request.user))

    def present(self, page: CollectionPage, links: Links, asked_for: Fields | None) -> dict[str, Any]:
        """The served page."""
        served = presented_collections(page.rows, self.hrefs, self.policy, self.request.user)
        if asked_for:
            rule = rule_of(asked_for, COLLECTION)
            served = [pruned(each, rule) for each in served]
        counts = {} if page.matched is None else {"numberMatched": page.matched}
        return {
            "collections": served,
            "links": [
                *links,
                link("parent", self.hrefs.root, type=JSON),
                link(QUERYABLES, self.hrefs.collections_queryables, type=SCHEMA),
                link(SORTABLES, self.hrefs.collections_sortables, type=SCHEMA),
                *create_form(self.request._request, Collection),
            ],
            **counts,
            "numberReturned": len(page.rows),
        }


class CollectionSearchViewSet(AskedByBody, CollectionLists):
    """``/collections-search``: the same list, by POST too (Collection Search Endpoint for Large Payloads)."""

    operations = {
        "list": by_parameters("getCollectionSearch", "Search collections"),
        "search": Operation(
            id="postCollectionSearch",
            tag="Collections",
            summary="Search collections with a body",
            answer="Collections",
            page="django_stac/collections.html",
            body="CollectionSearch",
            statuses=(411, 413, 415),
            is_search=True,
        ),
    }

    @property
    def href(self) -> str:
        return self.hrefs.collections_search

    def search(self, request: Request) -> Response:
        """Answer a search by a body."""
        body = self.body(request)
        query = parse.from_body(body, checks=parse.CHECKS_OF_COLLECTIONS, beside=parse.BESIDE)
        asked_for = fields.from_body(body)
        page = self.find(query)
        made = post_links(self.href, body, self.hrefs, media_type=JSON, next=page.next, prev=page.prev)
        return self.answer(self.present(page, made, asked_for))
