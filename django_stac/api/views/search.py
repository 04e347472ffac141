"""Item search, by GET and by POST."""

from rest_framework.request import Request
from rest_framework.response import Response

from django_stac.api.operations import Operation
from django_stac.api.paging import Links, get_links, post_links
from django_stac.api.renderers import GeoJSONRenderer
from django_stac.api.serializers import ItemSerializer
from django_stac.api.views.asked_by_body import AskedByBody
from django_stac.documents.fields import Fields
from django_stac.documents.page import ItemCollection, item_collection
from django_stac.search import fields, parse
from django_stac.search.query import SearchQuery
from django_stac.search.run import Page, search_items
from django_stac.spec.media_types import GEOJSON


class SearchViewSet(AskedByBody):
    """``/search`` (STAC API - Item Search)."""

    serializer_class = ItemSerializer
    operations = {
        "list": Operation(
            id="getItemSearch",
            tag="Item Search",
            summary="Search items",
            answer="ItemCollection",
            page="django_stac/items.html",
            renderer=GeoJSONRenderer,
            parameters=tuple(sorted(parse.PARAMETERS)),
            is_search=True,
        ),
        "search": Operation(
            id="postItemSearch",
            tag="Item Search",
            summary="Search items with a body",
            answer="ItemCollection",
            page="django_stac/items.html",
            renderer=GeoJSONRenderer,
            body="Search",
            statuses=(411, 413, 415),
            is_search=True,
        ),
    }

    def list(self, request: Request) -> Response:
        """Answer a search by query parameters."""
        query, asked_for = parse.from_params(request.query_params), fields.from_params(request.query_params)
        page = self.find(request, query)
        links = get_links(
            self.hrefs.search, request.query_params, self.hrefs, media_type=GEOJSON, next=page.next, prev=page.prev
        )
        made = self.present(page, links, asked_for)
        return self.answer(made.body, essence=made.essence)

    def search(self, request: Request) -> Response:
        """Answer a search by a body."""
        body = self.body(request)
        query, asked_for = parse.from_body(body, beside=parse.BESIDE), fields.from_body(body)
        page = self.find(request, query)
        links = post_links(self.hrefs.search, body, self.hrefs, media_type=GEOJSON, next=page.next, prev=page.prev)
        return self.answer(self.present(page, links, asked_for).body)

    def find(self, request: Request, query: SearchQuery) -> Page:
        """Search among what the user may see."""
        user = request.user
        collections = self.policy.described_collections(user)
        return search_items(query, visible=self.policy.visible_items(user), collections=collections)

    def present(self, page: Page, links: Links, asked_for: Fields | None) -> ItemCollection:
        """The served page."""
        return item_collection(page.rows, self.hrefs, links=links, matched=page.matched, fields=asked_for)
