"""The items of a collection by date, down to links to every one of them."""

from rest_framework.request import Request
from rest_framework.response import Response

from django_stac.api.operations import Operation
from django_stac.api.parameters import LONGEST_ID
from django_stac.api.views.base import StacViewSet
from django_stac.documents.dates import Shelf, present
from django_stac.exceptions import InvalidParameter, NotFound
from django_stac.history.names import Name
from django_stac.models.querysets import ItemQuerySet
from django_stac.search.dates import Part, few, parts, spans, within
from django_stac.spec.spans import Span, Unit


class DateViewSet(StacViewSet):
    """``/collections/{collection_id}/dates`` and below (STAC API - Browseable)."""

    operations = {
        "retrieve": Operation(
            id="getItemsByDate",
            tag="Browseable",
            summary="Items of a collection by date",
            answer="Catalog",
            page="django_stac/dates.html",
            statuses=(404, 410),
            is_search=True,
        ),
        "span": Operation(
            id="getItemsOfDate",
            tag="Browseable",
            summary="Items of one year, month or day",
            answer="Catalog",
            page="django_stac/dates.html",
            parameters=("from", "before"),
            statuses=(404, 410),
            is_search=True,
        ),
    }

    def retrieve(self, request: Request, collection_id: str) -> Response:
        """Answer with the items of a collection, or with its years."""
        return self.shelf(Shelf(collection_id))

    def span(self, request: Request, collection_id: str, date: str) -> Response:
        """Answer with the items of a span, or with the shorter spans in it, or with parts of a crowded day."""
        try:
            span = Span.parse(date)
        except ValueError as error:
            raise NotFound(str(error)) from None
        return self.shelf(Shelf(collection_id, span, self.end("from"), self.end("before")))

    def end(self, name: str) -> str | None:
        """The id of an item at which a part begins or ends. Raises InvalidParameter."""
        given = self.request.query_params.get(name)
        if given is not None and not (given.isprintable() and len(given) <= LONGEST_ID):
            raise InvalidParameter(name, f"must be the id of an item: at most {LONGEST_ID:,} printable characters.")
        return given

    def shelf(self, shelf: Shelf) -> Response:
        """The served catalogue of a place in the calendar."""
        part = Part(shelf.first, shelf.stop)
        items = within(self.items(shelf.collection_id), shelf.span, part)
        if (ids := few(items)) is not None:
            if shelf.span and not ids:
                raise NotFound(f"Collection {shelf.collection_id!r} has no items at {shelf.title}.")
            return self.answer(present(shelf, self.hrefs, items=ids))
        return self.answer(present(shelf, self.hrefs, below=below(shelf, items, part)))

    def items(self, collection_id: str) -> ItemQuerySet:
        """The visible items of a visible collection. Raises NotFound."""
        visible = self.policy.visible_collections(self.request.user)
        pk = visible.filter(collection_id=collection_id).values_list("pk", flat=True).first()
        if pk is None:
            raise self.missing(Name.of_collection(collection_id))
        return self.policy.visible_items(self.request.user).filter(collection=pk)


def below(shelf: Shelf, items: ItemQuerySet, part: Part) -> list[Shelf]:
    """The shelves among which too many items are divided."""
    unit = shelf.span.unit.below if shelf.span else Unit.YEAR
    if unit is not None and part == Part():
        return [Shelf(shelf.collection_id, span) for span in spans(items, unit)]
    return [Shelf(shelf.collection_id, shelf.span, each.first, each.stop) for each in parts(items, part)]
