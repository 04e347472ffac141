"""Collections: all of them, and each one, read and written."""

from functools import partial

from rest_framework.request import Request
from rest_framework.response import Response

from django_stac import transactions
from django_stac.access import Action
from django_stac.api.operations import Operation
from django_stac.api.parameters import truth
from django_stac.api.renderers import JSONRenderer
from django_stac.api.served import served_row
from django_stac.api.views.collection_search import CollectionLists, by_parameters
from django_stac.api.views.writing import Writing, with_id
from django_stac.api.writing.idempotency import answered_once
from django_stac.api.writing.many import created_together
from django_stac.api.writing.operations import Kind, writes
from django_stac.api.writing.preconditions import creating, digest_to_match
from django_stac.exceptions import NotFound
from django_stac.history.names import Name
from django_stac.models import Collection

COLLECTIONS = Kind(
    name="Collection",
    noun="a collection",
    tag="Collections",
    document="Collection",
    create=Action.CREATE_COLLECTION,
    replace=Action.REPLACE_COLLECTION,
    delete=Action.DELETE_COLLECTION,
    renderer=JSONRenderer,
    delete_parameters=("cascade",),
)


class CollectionViewSet(Writing, CollectionLists):
    """``/collections`` and ``/collections/{collection_id}`` (STAC API - Collections, Collection Transaction)."""

    operations = {
        "list": by_parameters("getCollections", "Collections"),
        "retrieve": Operation(
            id="describeCollection",
            tag="Collections",
            summary="One collection",
            answer="Collection",
            page="django_stac/collection.html",
            statuses=(404, 410),
        ),
        **writes(COLLECTIONS),
    }

    def retrieve(self, request: Request, collection_id: str) -> Response:
        """Answer with one collection."""
        row = self.policy.visible_collections(request.user).filter(collection_id=collection_id).first()
        if row is None:
            raise self.missing(Name.of_collection(collection_id))
        return self.answer(served_row(row, request, self.hrefs, self.policy), digest=row.digest)

    def create(self, request: Request) -> Response:
        """Store a new collection, or all of several together (``{"collections": […]}``)."""
        self.demand()
        return answered_once(request, partial(self.store, request), using=self.using)

    def store(self, request: Request) -> Response:
        """Store what the body holds, which who asks may do."""
        create = partial(transactions.create_collection, using=self.using, actor=request.user)
        with creating(request._request):
            document = self.body(request)
            if isinstance(document, dict) and "collections" in document and "type" not in document:
                return created_together(document, "collections", create, using=self.using)
            row = create(document)
        location = self.hrefs.collection(row.collection_id)
        return self.created(self.served(row), digest=row.digest, location=location, unchecked=row.unchecked)

    def update(self, request: Request, collection_id: str) -> Response:
        """Replace a collection; its items stay."""
        row = self.to_write(collection_id)
        row = transactions.replace_collection(
            with_id(self.body(request), row.collection_id),
            if_match=digest_to_match(request._request, row.digest),
            using=self.using,
            actor=request.user,
        )
        return self.changed(self.served(row), digest=row.digest, unchecked=row.unchecked)

    def partial_update(self, request: Request, collection_id: str) -> Response:
        """Change a collection by a merge patch or a JSON Patch."""
        row = self.to_write(collection_id)
        row = transactions.patch_collection(
            row.collection_id,
            self.body(request),
            if_match=digest_to_match(request._request, row.digest),
            using=self.using,
            actor=request.user,
        )
        return self.changed(self.served(row), digest=row.digest, unchecked=row.unchecked)

    def destroy(self, request: Request, collection_id: str) -> Response:
        """Delete a collection, and with ``cascade`` its items."""
        cascade = truth(request.query_params, "cascade")
        row = self.collection_named(collection_id)
        self.demand(row, *([Action.DELETE_ITEM] if cascade else []))
        try:
            row = self.home(collection_id)
            served, if_match = self.served(row), digest_to_match(request._request, row.digest)
            transactions.delete_collection(
                collection_id, cascade=cascade, if_match=if_match, using=self.using, actor=request.user
            )
        except NotFound as error:
            return self.absent(error)
        return self.deleted(served)

    def to_write(self, collection_id: str) -> Collection:
        """Return the collection that the user sees and may change. Raises NotFound before anything tells of rights."""
        row = self.home(collection_id)
        self.demand(row)
        return row
