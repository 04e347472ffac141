"""Items of a collection: pages of them, and each one, read and written."""

from functools import partial

from rest_framework.request import Request
from rest_framework.response import Response

from django_stac import transactions
from django_stac.access import Action, is_known
from django_stac.api.operations import Operation
from django_stac.api.paging import Links, get_links
from django_stac.api.parameters import further, refuse_other_collections, refuse_repeated, refuse_unknown
from django_stac.api.renderers import GeoJSONRenderer
from django_stac.api.serializers import ItemSerializer
from django_stac.api.served import ways_on
from django_stac.api.staff import create_form, is_staff
from django_stac.api.views.writing import Writing, with_id
from django_stac.api.writing.idempotency import answered_once
from django_stac.api.writing.many import stored_together
from django_stac.api.writing.operations import Kind, writes
from django_stac.api.writing.preconditions import creating, digest_to_match
from django_stac.documents.item import present
from django_stac.documents.page import item_collection
from django_stac.documents.splice import with_links
from django_stac.exceptions import NotFound
from django_stac.history.names import Name, item_names
from django_stac.models import Collection, Item
from django_stac.models.querysets import CollectionQuerySet
from django_stac.search import fields, parse
from django_stac.search.names.properties import UnknownQueryable
from django_stac.search.run import Page, Row, item_row, search_items
from django_stac.spec.links import link
from django_stac.spec.media_types import GEOJSON, JSON

PARAMETERS = tuple(sorted(parse.PARAMETERS))
NOT_ASKED = ("document", "properties", "geometry", "words", "collection__document")
"""What no permission depends on."""
ITEMS = Kind(
    name="Feature",
    noun="an item",
    tag="Features",
    document="Item",
    create=Action.CREATE_ITEM,
    replace=Action.REPLACE_ITEM,
    delete=Action.DELETE_ITEM,
    renderer=GeoJSONRenderer,
)


class ItemViewSet(Writing):
    """``/collections/{collection_id}/items`` and below (STAC API - Features, Transaction)."""

    serializer_class = ItemSerializer
    operations = {
        "list": Operation(
            id="getFeatures",
            tag="Features",
            summary="Items of a collection",
            answer="ItemCollection",
            page="django_stac/items.html",
            renderer=GeoJSONRenderer,
            parameters=PARAMETERS,
            takes_queryables=True,
            statuses=(404, 410),
            is_search=True,
        ),
        "retrieve": Operation(
            id="getFeature",
            tag="Features",
            summary="One item",
            answer="Item",
            page="django_stac/item.html",
            renderer=GeoJSONRenderer,
            statuses=(404, 410),
        ),
        **writes(ITEMS),
    }

    # Reading

    def list(self, request: Request, collection_id: str) -> Response:
        """Answer with a page of a collection's items."""
        refuse_other_collections(request.query_params, collection_id)
        asked_for = fields.from_params(request.query_params)
        collections = self.policy.described_collections(request.user)
        page = self.find_all(request, collection_id, collections)
        if not page.rows and not collections.filter(collection_id=collection_id).exists():
            raise self.missing(Name.of_collection(collection_id))
        links = self.links(request, collection_id, page)
        made = item_collection(page.rows, self.hrefs, links=links, matched=page.matched, fields=asked_for)
        return self.answer(made.body, essence=made.essence)

    def find_all(self, request: Request, collection_id: str, collections: CollectionQuerySet) -> Page:
        """Search a collection; its queryables are parameters, too (OGC API - Features - Part 3, clause 6.2)."""
        queryables = further(request.query_params, PARAMETERS)
        refuse_repeated(request.query_params, queryables)
        query = parse.from_params(request.query_params, collection=collection_id, queryables=queryables)
        try:
            return search_items(query, visible=self.policy.visible_items(request.user), collections=collections)
        except UnknownQueryable as error:
            refuse_unknown([error.parameter], PARAMETERS)
            raise

    def links(self, request: Request, collection_id: str, page: Page) -> Links:
        """The links of a page of a collection's items."""
        collection = self.hrefs.collection(collection_id)
        made = get_links(
            self.hrefs.items(collection_id),
            request.query_params,
            self.hrefs,
            media_type=GEOJSON,
            next=page.next,
            prev=page.prev,
        )
        return [
            *made,
            link("parent", collection, type=JSON),
            link("collection", collection, type=JSON),
            *self.create_form(request, collection_id),
        ]

    def create_form(self, request: Request, collection_id: str) -> Links:
        """The way to the form of a new item here, for those who may use it."""
        home = self.collection_named(collection_id) if is_staff(request.user) else None
        return create_form(request._request, Item, home) if home else []

    def retrieve(self, request: Request, collection_id: str, item_id: str) -> Response:
        """Answer with one item."""
        row = self.find(request, collection_id, item_id)
        further = self.policy.may_remember(request.user)
        links = ways_on(self.loaded(row), request, self.hrefs, self.policy) if further else []
        return self.answer(with_links(present(row, self.hrefs), links), digest=row.digest)

    def find(self, request: Request, collection_id: str, item_id: str, using: str | None = None) -> Row:
        """Return the row of exactly this id, else of the id without one slash at its end. Raises NotFound."""
        visible = self.policy.visible_items(request.user, using)
        names = item_names(collection_id, item_id)
        for name in names:
            if row := item_row(collection_id, name.thing_id, visible=visible):
                return row
        raise self.missing(*names, using=using)

    # Writing

    def create(self, request: Request, collection_id: str) -> Response:
        """Store a new item, or all items of a FeatureCollection together."""
        collection = self.home(collection_id)
        self.demand(collection)
        return answered_once(request, partial(self.store, request, collection_id), using=self.using)

    def store(self, request: Request, collection_id: str) -> Response:
        """Store what the body holds, which who asks may do."""
        with creating(request._request):
            document = self.body(request)
            if isinstance(document, dict) and document.get("type") == "FeatureCollection":
                return stored_together(document, collection_id, using=self.using, actor=request.user)
            item = transactions.create_item(document, collection=collection_id, using=self.using, actor=request.user)
        location = self.hrefs.item(collection_id, item.item_id)
        return self.created(self.served(item), digest=item.digest, location=location, unchecked=item.unchecked)

    def update(self, request: Request, collection_id: str, item_id: str) -> Response:
        """Replace an item."""
        row = self.to_write(request, collection_id, item_id)
        item = transactions.replace_item(
            with_id(self.body(request), row.item_id),
            collection=collection_id,
            if_match=digest_to_match(request._request, row.digest),
            using=self.using,
            actor=request.user,
        )
        return self.changed(self.served(item), digest=item.digest, unchecked=item.unchecked)

    def partial_update(self, request: Request, collection_id: str, item_id: str) -> Response:
        """Change an item by a merge patch or a JSON Patch."""
        row = self.to_write(request, collection_id, item_id)
        item = transactions.patch_item(
            collection_id,
            row.item_id,
            self.body(request),
            if_match=digest_to_match(request._request, row.digest),
            using=self.using,
            actor=request.user,
        )
        return self.changed(self.served(item), digest=item.digest, unchecked=item.unchecked)

    def destroy(self, request: Request, collection_id: str, item_id: str) -> Response:
        """Delete an item."""
        home = self.home(collection_id)
        try:
            row = self.find(request, collection_id, item_id, self.using)
            self.demand_of(row, home)
            if_match = digest_to_match(request._request, row.digest)
            transactions.delete_item(
                collection_id, row.item_id, if_match=if_match, using=self.using, actor=request.user
            )
        except NotFound as error:
            self.demand(home)
            return self.absent(error)
        return self.deleted(present(row, self.hrefs))

    def to_write(self, request: Request, collection_id: str, item_id: str) -> Row:
        """Return the row that the user sees and may change. Raises NotFound before anything tells of rights."""
        collection = self.home(collection_id)
        row = self.find(request, collection_id, item_id, self.using)
        self.demand_of(row, collection)
        return row

    def demand_of(self, row: Row, home: Collection) -> None:
        """Demand the right to do this here, or to this one item, which is only loaded when the first is lacking."""
        action = self.operation.action
        if action is None or not self.policy.may(self.request.user, action, collection=home):
            self.demand(home, item=self.loaded(row, self.using))

    def item_named(self, **names: str) -> Item | None:
        if "item_id" not in names or not is_known(self.request.user):
            return None
        try:
            return self.loaded(
                self.find(self.request, names["collection_id"], names["item_id"], self.using), self.using
            )
        except NotFound:
            return None

    def loaded(self, row: Row, using: str | None = None) -> Item:
        """The item of a row as a model instance, without its document. Raises NotFound when it was deleted since."""
        items = Item.objects.using(using).select_related("collection").defer(*NOT_ASKED)
        item = items.filter(collection__collection_id=row.collection_id, item_id=row.item_id).first()
        if item is None:
            raise self.missing(Name.of_item(row.collection_id, row.item_id), using=using)
        return item
