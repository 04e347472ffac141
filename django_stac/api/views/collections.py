"""Collections: all of them, and each one."""

from rest_framework.request import Request
from rest_framework.response import Response

from django_stac.api.operations import Operation
from django_stac.api.presenting import presented_collections
from django_stac.api.views.collection_search import CollectionLists, by_parameters
from django_stac.exceptions import NotFound


class CollectionViewSet(CollectionLists):
    """``/collections`` and ``/collections/{collection_id}`` (STAC API - Collections, Collection Search)."""

    operations = {
        "list": by_parameters("getCollections", "Collections"),
        "retrieve": Operation(
            id="describeCollection",
            tag="Collections",
            summary="One collection",
            answer="Collection",
            page="django_stac/collection.html",
            statuses=(404,),
        ),
    }

    def retrieve(self, request: Request, collection_id: str) -> Response:
        """Answer with one collection."""
        row = self.policy.visible_collections(request.user).filter(collection_id=collection_id).first()
        if row is None:
            raise NotFound(f"There is no collection {collection_id!r}.")
        (served,) = presented_collections([row], self.hrefs, self.policy, request.user)
        return self.answer(served, digest=row.digest)
