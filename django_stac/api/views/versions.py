"""Versions: documents as they were, what differs between them, and how one is restored."""

from functools import partial

from django.db import transaction
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from django_stac import transactions
from django_stac.access import REPLACING
from django_stac.api.html import HTMLRenderer
from django_stac.api.operations import Operation
from django_stac.api.parameters import number as number_named
from django_stac.api.past import Past
from django_stac.api.presenting import Document
from django_stac.api.renderers import GeoJSONRenderer, JSONRenderer
from django_stac.api.views.remembering import NOUNS, TITLES, Remembering
from django_stac.api.writing.idempotency import answered_once
from django_stac.api.writing.preconditions import creating, digest_to_match
from django_stac.documents.versions import media_type, present_version, version_links
from django_stac.exceptions import AlreadyExists, NotFound
from django_stac.history.names import Name, item_names
from django_stac.models import Kind, Version
from django_stac.spec.changes import patch_between
from django_stac.spec.links import link
from django_stac.spec.media_types import HTML, JSON

RESTORING = ("Idempotency-Key", "If-Match", "If-None-Match", "Prefer")
DIFFERENCES = "django_stac/differences.html"


def reading(kind: Kind) -> Operation:
    """The operation that answers with a document as it was."""
    return Operation(
        id=f"get{TITLES[kind]}Version",
        tag="History",
        summary=f"A version of {NOUNS[kind]}, or what differs in it",
        answer=f"{TITLES[kind]}Version",
        page="django_stac/version.html",
        renderer=GeoJSONRenderer if kind == Kind.ITEM else JSONRenderer,
        media_types=tuple(dict.fromkeys((media_type(kind), JSON, HTML))),
        parameters=("diff",),
        statuses=(404,),
    )


def restoring(kind: Kind) -> Operation:
    """The operation that restores a version."""
    return Operation(
        id=f"restore{TITLES[kind]}",
        tag="History",
        summary=f"Restore a version of {NOUNS[kind]}",
        answer=TITLES[kind],
        renderer=GeoJSONRenderer if kind == Kind.ITEM else JSONRenderer,
        action=REPLACING[kind],
        headers=RESTORING,
        answers=(200, 201, 204),
        statuses=(404, 409, 412, 422, 428),
    )


class VersionViewSet(Remembering):
    """``/versions/{number}/…``: the number stands first, because the ids of items may hold any further segment."""

    operations = {
        **{f"show_{kind}": reading(kind) for kind in Kind},
        **{f"restore_{kind}": restoring(kind) for kind in Kind},
    }

    @property
    def page(self) -> str:
        """The template of the HTML form; what differs has one of its own."""
        return DIFFERENCES if self.asks_what_differs else self.operation.page

    @property
    def asks_what_differs(self) -> bool:
        return self.request.method in ("GET", "HEAD") and "diff" in self.request.query_params

    def get_renderers(self) -> list[BaseRenderer]:
        """What differs between items is no GeoJSON."""
        return [JSONRenderer(), HTMLRenderer()] if self.asks_what_differs else super().get_renderers()

    # Reading

    def show_item(self, request: Request, number: int, collection_id: str, item_id: str) -> Response:
        """Answer with an item as it was."""
        return self.show(request, number, *item_names(collection_id, item_id))

    def show_collection(self, request: Request, number: int, collection_id: str) -> Response:
        """Answer with a collection as it was."""
        return self.show(request, number, Name.of_collection(collection_id))

    def show_catalog(self, request: Request, number: int, catalog_id: str) -> Response:
        """Answer with a catalogue as it was."""
        return self.show(request, number, Name.of_catalog(catalog_id))

    def show(self, request: Request, number: int, *names: Name) -> Response:
        """A document as it was, or what differs in it from another state."""
        other = number_named(request.query_params, "diff")
        past = self.past(*names)
        state = past.chronicle.state(number)
        if other is not None:
            return self.answer(self.differences(past.chronicle.state(other), state, past))
        chronicle, place = past.chronicle, past.name.place(self.hrefs)
        beside = chronicle.neighbors(number)
        links = version_links(
            state, place, self.hrefs, before=beside.before, after=beside.after, newest=chronicle.newest
        )
        return self.answer(present_version(state, links, self.hrefs), digest=state.digest)

    def differences(self, before: Version, after: Version, past: Past) -> Document:
        """The JSON Patch (RFC 6902) that leads from one state to the other."""
        place, kind = past.name.place(self.hrefs), media_type(past.name.kind)
        own = f"{self.hrefs.version(place, after.number)}?diff={before.number}"
        links = [
            link("self", own, type=JSON),
            link("alternate", f"{own}&f=html", type=HTML),
            link("root", self.hrefs.root, type=JSON),
            *(link("about", self.hrefs.version(place, state.number), type=kind) for state in (before, after)),
            link("version-history", self.hrefs.history(place), type=JSON),
        ]
        patch = patch_between(before.document, after.document)
        return {"from": before.number, "to": after.number, "patch": patch, "links": links}

    # Restoring

    def restore_item(self, request: Request, number: int, collection_id: str, item_id: str) -> Response:
        """Let an item be what it was."""
        return self.restore(request, number, *item_names(collection_id, item_id))

    def restore_collection(self, request: Request, number: int, collection_id: str) -> Response:
        """Let a collection be what it was; its items stay."""
        return self.restore(request, number, Name.of_collection(collection_id))

    def restore_catalog(self, request: Request, number: int, catalog_id: str) -> Response:
        """Let a catalogue be what it was; its children stay."""
        return self.restore(request, number, Name.of_catalog(catalog_id))

    def restore(self, request: Request, number: int, *names: Name) -> Response:
        """Replace what stands by a version of it, or make anew what was deleted."""
        past = self.past(*names, using=self.using)
        self.demand(past.home, *([] if past.row else [past.create]), item=past.rights["item"])
        past.chronicle.state(number)
        if past.name.kind == Kind.ITEM and past.home is None:
            raise NotFound(f"There is no collection {past.name.collection_id!r}.")  # Or one that the user does not see.
        write = self.put_back if past.row else self.undelete
        return answered_once(request, partial(write, request, past, number), using=self.using)

    def put_back(self, request: Request, past: Past, number: int) -> Response:
        """Replace what stands; its state is what If-Match names. What was deleted meanwhile is not made anew."""
        assert past.row is not None
        if_match = digest_to_match(request._request, past.row.digest)
        with transaction.atomic(using=self.using):
            row, is_new = transactions.restore(
                past.name, number, if_match=if_match, using=self.using, actor=request.user
            )
            if is_new:
                raise NotFound(f"There is no {past.name} any more.")
        return self.changed(self.served(row), digest=row.digest, unchecked=row.unchecked)

    def undelete(self, request: Request, past: Past, number: int) -> Response:
        """Make it anew; what the user did not see there is not replaced. Raises AlreadyExists."""
        with creating(request._request), transaction.atomic(using=self.using):
            row, is_new = transactions.restore(past.name, number, using=self.using, actor=request.user)
            if not is_new:
                raise AlreadyExists(f"Something stands there already: {past.name}.")
        location = past.name.place(self.hrefs)
        return self.created(self.served(row), digest=row.digest, location=location, unchecked=row.unchecked)
