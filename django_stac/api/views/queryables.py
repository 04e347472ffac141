"""What may be filtered and sorted by: of all items, of those of one collection, and of collections."""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from django_stac.api.operations import Operation
from django_stac.api.renderers import SchemaRenderer
from django_stac.api.views.base import StacViewSet
from django_stac.cql2.queryables import Queryables
from django_stac.documents.queryables import present_queryables, present_sortables
from django_stac.history.names import Name
from django_stac.search import parse
from django_stac.search.names.collection_scope import queryables_of_collections
from django_stac.search.names.vocabulary import vocabulary_of

CHECKS = {"collections": parse.CHECKS["collections"]}


def operations(ending: str, of: str, **further: object) -> Mapping[str, Operation]:
    """The two operations: ``ending`` of their ids, and what they are ``of``."""
    by_noun = {"Queryables": ("Filter", "filtered"), "Sortables": ("Sort", "sorted")}
    made = {
        noun.lower(): Operation(
            id=f"get{noun}{ending}",
            tag=tag,
            summary=f"What {of} may be {done} by",
            answer="PropertySchemas",
            page="django_stac/queryables.html",
            renderer=SchemaRenderer,
        )
        for noun, (tag, done) in by_noun.items()
    }
    return {action: replace(operation, **further) for action, operation in made.items()}  # type: ignore[arg-type]


class QueryablesViewSet(StacViewSet):
    """``/queryables`` and ``/sortables``: of all items that the user may see, or of the ``collections`` named."""

    operations: ClassVar[Mapping[str, Operation]] = operations("", "items", parameters=("collections",))

    def queryables(self, request: Request) -> Response:
        """Answer with the JSON Schema of what may be filtered by."""
        return self.answer(present_queryables(self.vocabulary(), self.hrefs.queryables(), "Queryables of items"))

    def sortables(self, request: Request) -> Response:
        """Answer with the JSON Schema of what may be sorted by."""
        return self.answer(present_sortables(self.vocabulary(), self.hrefs.sortables(), "Sortables of items"))

    def vocabulary(self, *ids: str) -> Queryables:
        """What the user may be told of these collections, by default of those that the parameter names."""
        user = self.request.user
        named = ids or parse.from_params(self.request.query_params, checks=CHECKS).collections
        found = vocabulary_of(self.policy.described_collections(user), named)
        # Only published items were looked at: who sees others may find more.
        return replace(found, is_open=True) if self.policy.sees_unpublished(user) else found


class CollectionQueryablesViewSet(QueryablesViewSet):
    """The same of one collection, below it."""

    operations = operations("OfCollection", "items of a collection", statuses=(404, 410))

    def queryables(self, request: Request, collection_id: str) -> Response:  # type: ignore[override]
        """Answer with the JSON Schema of what may be filtered by."""
        title, href = self.title(collection_id), self.hrefs.queryables(collection_id)
        return self.answer(present_queryables(self.vocabulary(collection_id), href, f"Queryables of {title}"))

    def sortables(self, request: Request, collection_id: str) -> Response:  # type: ignore[override]
        """Answer with the JSON Schema of what may be sorted by."""
        title, href = self.title(collection_id), self.hrefs.sortables(collection_id)
        return self.answer(present_sortables(self.vocabulary(collection_id), href, f"Sortables of {title}"))

    def title(self, collection_id: str) -> str:
        """What the collection is called. Raises NotFound."""
        visible = self.policy.visible_collections(self.request.user).filter(collection_id=collection_id)
        for title in visible.values_list("title", flat=True):
            return title or collection_id
        raise self.missing(Name.of_collection(collection_id))


class CollectionsQueryablesViewSet(StacViewSet):
    """``/collections-queryables`` and ``/collections-sortables``: of collections themselves."""

    operations = operations("OfCollections", "collections")

    def queryables(self, request: Request) -> Response:
        """Answer with the JSON Schema of what may be filtered by."""
        href = self.hrefs.collections_queryables
        return self.answer(present_queryables(self.vocabulary(), href, "Queryables of collections"))

    def sortables(self, request: Request) -> Response:
        """Answer with the JSON Schema of what may be sorted by."""
        href = self.hrefs.collections_sortables
        return self.answer(present_sortables(self.vocabulary(), href, "Sortables of collections"))

    def vocabulary(self) -> Queryables:
        """What the visible collections have."""
        return queryables_of_collections(self.policy.described_collections(self.request.user))
