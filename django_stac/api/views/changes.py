"""What has changed, for consumers who keep a copy."""

from rest_framework.request import Request
from rest_framework.response import Response

from django_stac.api.operations import Operation
from django_stac.api.paging import get_links, with_params
from django_stac.api.views.base import StacViewSet
from django_stac.documents.changes import present_changes
from django_stac.history.feed import changes
from django_stac.history.sight import Sight
from django_stac.search import parse
from django_stac.spec.links import link
from django_stac.spec.media_types import JSON

CHECKS = {name: parse.CHECKS[name] for name in ("collections", "limit")}


class ChangeViewSet(StacViewSet):
    """``/changes``: creations, updates and deletions, in an order in which nothing is passed over."""

    operations = {
        "list": Operation(
            id="getChanges",
            tag="Changes",
            summary="What stands, and what has changed since",
            answer="Changes",
            page="django_stac/changes.html",
            parameters=("since", *CHECKS),
            statuses=(410,),
            is_search=True,
        )
    }

    def list(self, request: Request) -> Response:
        """Answer with what follows a place, the beginning unless one is given, and a link to what follows that."""
        query = parse.from_params(request.query_params, checks=CHECKS)
        found = changes(self.sight(query.collections), request.query_params.get("since"), query.limit)
        href, params = self.hrefs.changes, request.query_params
        links = get_links(href, params, self.hrefs, media_type=JSON)
        served = {
            "changes": present_changes(found.changes, self.hrefs),
            "numberReturned": len(found.changes),
            "atEnd": found.is_end,
            "links": [*links, link("next", with_params(href, params, since=found.next), type=JSON)],
        }
        return self.answer(served)

    def sight(self, collections: tuple[str, ...]) -> Sight:
        """What the user may be told of."""
        user = self.request.user
        return Sight(
            catalogs=self.policy.visible_catalogs(user),
            collections=self.policy.visible_collections(user),
            items=self.policy.visible_items(user),
            tombstones=self.policy.visible_tombstones(user),
            mark=self.policy.sight(user),
            named=collections,
        )
