"""What every resource does around the verb of the gate that changes it: rights before, the answer after."""

from collections.abc import Callable, Iterable
from functools import cached_property, partial
from http import HTTPStatus
from typing import Any

import orjson
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response

from django_stac.access import Action
from django_stac.api.etags import etag_of
from django_stac.api.parsers import other_type
from django_stac.api.presenting import Document
from django_stac.api.served import served_row
from django_stac.api.views.base import StacViewSet
from django_stac.api.writing.preferences import amount_wanted
from django_stac.api.writing.unchecked import header_of
from django_stac.conf import stac_settings
from django_stac.exceptions import InvalidDocument, NotFound
from django_stac.history.names import Name, Row
from django_stac.models import Collection, Item
from django_stac.models.alias import write_alias
from django_stac.validation.problems import Problem


class Writing(StacViewSet):
    """A resource that is written as well as read (STAC API - Transaction, Collection Transaction)."""

    # Before

    def get_authenticators(self) -> list[BaseAuthentication]:
        """The host's; proof against forgery is looked for in the headers: in a form it would use up the body."""
        authenticators: list[BaseAuthentication] = super().get_authenticators()
        for authenticator in authenticators:
            if enforce := getattr(authenticator, "enforce_csrf", None):
                authenticator.enforce_csrf = of_django(enforce)  # type: ignore[attr-defined]
        return authenticators

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Know the user, agree on the form of the answer. Raises also UnsupportedMediaType."""
        super().initial(request, *args, **kwargs)
        parsers = [parser() for parser in self.operation.parsers]
        select = self.get_content_negotiator().select_parser
        if self.operation.body and request.content_type and select(request, parsers) is None:
            raise other_type(self.operation.parsers)

    @cached_property
    def using(self) -> str:
        """The database that is written to: what decides about a write is read there too, not from a replica."""
        return write_alias()

    def home(self, collection_id: str) -> Collection:
        """Return a collection that the user may see. Raises NotFound."""
        visible = self.policy.visible_collections(self.request.user, using=self.using)
        found = visible.filter(collection_id=collection_id).first()
        if found is None:
            raise self.missing(Name.of_collection(collection_id), using=self.using)
        return found

    def demand(self, collection: Collection | None = None, *further: Action, item: Item | None = None) -> None:
        """Raise NotAuthenticated or PermissionDenied when the user may not do what is asked for, and these further."""
        actions = [*filter(None, [self.operation.action]), *further]
        may = partial(self.policy.may, self.request.user, collection=collection, item=item)
        if not all(map(may, actions)):
            self.permission_denied(self.request, message=f"You may not do this here: {self.operation.summary.lower()}.")

    def body(self, request: Request) -> Any:
        """The parsed body. Raises ParseError also when there is none."""
        parsed = super().body(request)
        if request.stream is None:
            raise ParseError("The body is empty.")
        return parsed

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Say in ``Allow`` what this user may do here; a preflight knows no user and hears of every method."""
        collection, item = self.collection_named(kwargs.get("collection_id")), self.item_named(**kwargs)
        allowed = [method for method in self.allowed_methods if self.is_allowed(method, collection, item)]
        self.headers["Allow"] = ", ".join(allowed)
        return super().options(request, *args, **kwargs)

    def is_allowed(self, method: str, collection: Collection | None, item: Item | None) -> bool:
        """Whether the user may use a method here; reading is not asked about."""
        operation = self.operations.get(self.action_map.get(method.lower(), ""))
        if operation is None or operation.action is None:
            return True
        return self.policy.may(self.request.user, operation.action, collection=collection, item=item)

    def item_named(self, **names: str) -> Item | None:
        """The item of the path; None where there is none that the user may see."""
        return None

    def collection_named(self, collection_id: str | None) -> Collection | None:
        """The collection of the path; None where there is none that the user may see."""
        try:
            return self.home(collection_id) if collection_id else None
        except NotFound:
            return None

    # After

    def served(self, row: Row) -> bytes | Document:
        """The document of a row that was written, as GET serves it."""
        return served_row(row, self.request, self.hrefs, self.policy, self.using)

    def created(
        self, served: bytes | Document, *, digest: str, location: str, unchecked: Iterable[str] = ()
    ) -> Response:
        """Answer 201 with the document and its place; ``unchecked`` are extensions that nobody could check."""
        headers = {"Location": location, "ETag": etag_of(in_bytes(served), digest), **header_of(unchecked)}
        return self.written(served, HTTPStatus.CREATED, headers)

    def changed(self, served: bytes | Document, *, digest: str, unchecked: Iterable[str] = ()) -> Response:
        """Answer 204, or 200 with the document when the client wants it."""
        headers = {"ETag": etag_of(in_bytes(served), digest), **header_of(unchecked)}
        return self.written(served, HTTPStatus.OK, headers)

    def deleted(self, served: bytes | Document) -> Response:
        """Answer 204, or 200 with the document that was deleted when the client wants it."""
        return self.written(served, HTTPStatus.OK, {})

    def written(self, served: bytes | Document, status: HTTPStatus, headers: dict[str, str]) -> Response:
        """Answer with as much as the client wants to hear; created documents are told unless it wants less."""
        wanted = amount_wanted(self.request._request)
        if wanted:
            headers["Preference-Applied"] = f"return={wanted}"
        if wanted == "representation" or (wanted is None and status == HTTPStatus.CREATED):
            return Response(in_bytes(served), status=status, headers=headers)
        return Response(status=HTTPStatus.NO_CONTENT if status == HTTPStatus.OK else status, headers=headers)

    def absent(self, missing: NotFound) -> Response:
        """Answer the wish to delete what is not there: it is done already. Raises NotFound where that is an error."""
        if stac_settings.STRICT_DELETE:
            raise missing
        return Response(status=HTTPStatus.NO_CONTENT)


def of_django(enforce: Callable[[Any], None]) -> Callable[[Request], None]:
    """Let a check see Django's request, whose JSON body counts as no form."""
    return lambda request: enforce(request._request)


def in_bytes(served: bytes | Document) -> bytes:
    return served if isinstance(served, bytes) else orjson.dumps(served)


def with_id(document: Any, identifier: str) -> Any:
    """Return a document whose id is that of the URL. Raises InvalidDocument for another."""
    if isinstance(document, dict) and document.get("id") != identifier:
        message = f"must be {identifier!r}, the id in the URL; got {document.get('id')!r}."
        raise InvalidDocument([Problem("/id", message)], document_id=identifier)
    return document
