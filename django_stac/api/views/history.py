"""The history of an item, a collection or a catalogue: its versions, and who made them when."""

from collections.abc import Sequence
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from django_stac.api.operations import Operation
from django_stac.api.paging import Links, get_links
from django_stac.api.parameters import number
from django_stac.api.past import Past
from django_stac.api.views.remembering import NOUNS, TITLES, Remembering
from django_stac.documents.versions import instant, media_type, present_state, with_differences
from django_stac.history.names import Name, item_names
from django_stac.history.people import names_of
from django_stac.models import Kind, Version
from django_stac.search import parse
from django_stac.spec.links import link
from django_stac.spec.media_types import JSON

LIMIT: parse.Checks = {"limit": parse.CHECKS["limit"]}


def listing(kind: Kind) -> Operation:
    """The operation that lists the versions of a thing of this kind."""
    return Operation(
        id=f"get{TITLES[kind]}History",
        tag="History",
        summary=f"Versions of {NOUNS[kind]}",
        answer="History",
        page="django_stac/history.html",
        parameters=("limit", "token"),
        statuses=(404,),
    )


class HistoryViewSet(Remembering):
    """``/history/…``: before the path of what it tells of, because the ids of items may hold any further segment."""

    operations = {f"of_{kind}": listing(kind) for kind in Kind}

    def of_item(self, request: Request, collection_id: str, item_id: str) -> Response:
        """Answer with the versions of an item."""
        return self.tell(request, *item_names(collection_id, item_id))

    def of_collection(self, request: Request, collection_id: str) -> Response:
        """Answer with the versions of a collection."""
        return self.tell(request, Name.of_collection(collection_id))

    def of_catalog(self, request: Request, catalog_id: str) -> Response:
        """Answer with the versions of a catalogue."""
        return self.tell(request, Name.of_catalog(catalog_id))

    def tell(self, request: Request, *names: Name) -> Response:
        """A page of versions, newest first."""
        limit = parse.from_params(request.query_params, checks=LIMIT).limit
        below = number(request.query_params, "token")
        past = self.past(*names)
        found = past.chronicle.page(limit, below)
        shown = found[:limit]
        links = self.links(request, past, str(shown[-1].number) if len(found) > limit else None)
        lines = self.lines(found, past)[:limit]
        return self.answer({**identity(past), "versions": lines, "numberReturned": len(lines), "links": links})

    def lines(self, states: Sequence[Version], past: Past) -> list[dict[str, Any]]:
        """The versions as they are told to the user: people's names are for those who may write."""
        may_write = self.policy.may(self.request.user, past.replace, **past.rights)
        keys = [key for state in states for key in (state.written_by, state.ended_by)]
        names = names_of(keys) if may_write else {}
        place = past.name.place(self.hrefs)
        return with_differences([present_state(state, place, self.hrefs, names) for state in states])

    def links(self, request: Request, past: Past, next_: str | None) -> Links:
        """The links of the page, and to what it is about."""
        place = past.name.place(self.hrefs)
        made = get_links(self.hrefs.history(place), request.query_params, self.hrefs, media_type=JSON, next=next_)
        return [*made, link("about", place, type=media_type(past.name.kind))] if past.row else made


def identity(past: Past) -> dict[str, Any]:
    """What the history is of, and since when it is gone."""
    name, stone = past.name, past.departure
    home = {"collection": name.collection_id} if name.kind == Kind.ITEM else {}
    gone = {"deleted": instant(stone.at)} if stone else {}
    return {"kind": name.kind.value, **home, "id": name.thing_id, **gone}
