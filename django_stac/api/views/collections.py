"""Collections: pages of them, and each one."""

from collections.abc import Sequence

from rest_framework.request import Request
from rest_framework.response import Response

from django_stac.api.operations import Operation
from django_stac.api.paging import get_links
from django_stac.api.parameters import limit_of_collections
from django_stac.api.presenting import Documents, presented_collections
from django_stac.api.serializers import CollectionSerializer
from django_stac.api.views.base import StacViewSet
from django_stac.exceptions import NotFound
from django_stac.models import Collection
from django_stac.search.run import list_collections
from django_stac.spec.links import link
from django_stac.spec.media_types import JSON


class CollectionViewSet(StacViewSet):
    """``/collections`` and ``/collections/{collection_id}`` (STAC API - Collections)."""

    serializer_class = CollectionSerializer
    operations = {
        "list": Operation(
            id="getCollections",
            tag="Collections",
            summary="Collections",
            answer="Collections",
            page="django_stac/collections.html",
            parameters=("limit", "token"),
        ),
        "retrieve": Operation(
            id="describeCollection",
            tag="Collections",
            summary="One collection",
            answer="Collection",
            page="django_stac/collection.html",
            statuses=(404,),
        ),
    }

    def list(self, request: Request) -> Response:
        """Answer with a page of the collections that the user may see."""
        visible = self.policy.visible_collections(request.user)
        limit = limit_of_collections(request.query_params)
        page = list_collections(visible, limit=limit, token=request.query_params.get("token"))
        links = get_links(
            self.hrefs.collections, request.query_params, self.hrefs, media_type=JSON, next=page.next, prev=page.prev
        )
        counts = {} if page.matched is None else {"numberMatched": page.matched}
        return self.answer(
            {
                "collections": self.present(page.rows),
                "links": [*links, link("parent", self.hrefs.root, type=JSON)],
                **counts,
                "numberReturned": len(page.rows),
            }
        )

    def retrieve(self, request: Request, collection_id: str) -> Response:
        """Answer with one collection."""
        row = self.policy.visible_collections(request.user).filter(collection_id=collection_id).first()
        if row is None:
            raise NotFound(f"There is no collection {collection_id!r}.")
        return self.answer(self.present([row])[0], digest=row.digest)

    def present(self, rows: Sequence[Collection]) -> Documents:
        """The served documents of rows, with one statement for all."""
        return presented_collections(rows, self.hrefs, self.policy, self.request.user)
