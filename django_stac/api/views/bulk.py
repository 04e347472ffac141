"""Bulk loading over HTTP."""

from functools import partial

from rest_framework.request import Request
from rest_framework.response import Response

from django_stac.access import Action
from django_stac.api.operations import Operation
from django_stac.api.parsers import DocumentParser, Lines, NDJSONParser
from django_stac.api.views.writing import Writing
from django_stac.api.writing import bulk
from django_stac.api.writing.idempotency import answered_once
from django_stac.api.writing.many import report_of
from django_stac.models import Collection


class BulkViewSet(Writing):
    """``/collections/{collection_id}/bulk_items``: the form of stac-fastapi, and newline-delimited JSON."""

    operations = {
        "create": Operation(
            id="postBulkItems",
            tag="Features",
            summary="Store many items",
            answer="Report",
            action=Action.CREATE_ITEM,
            body="Bulk",
            parsers=(DocumentParser, NDJSONParser),
            parameters=("method",),
            headers=("Idempotency-Key",),
            statuses=(404, 409, 410, 411, 412, 413, 415, 422),
        )
    }

    def create(self, request: Request, collection_id: str) -> Response:
        """Store the items batch by batch, and answer what became of each."""
        collection = self.home(collection_id)
        self.demand(collection)
        return answered_once(request, partial(self.store, request, collection), using=self.using)

    def store(self, request: Request, collection: Collection) -> Response:
        """Store the items of the body, which who asks may create, and replace if that is asked for."""
        body = self.body(request)
        load = bulk.from_lines(body, request.query_params) if isinstance(body, Lines) else bulk.from_body(body)
        if load.replace:
            self.demand(collection, Action.REPLACE_ITEM)
        report = bulk.stored(load, collection.collection_id, using=self.using, actor=request.user)
        return report_of(report)
