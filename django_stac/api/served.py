"""One row as its own resource serves it: with the ways on that its reader may go."""

from rest_framework.request import Request

from django_stac.access import AccessPolicy
from django_stac.api.past import links_of_versions
from django_stac.api.presenting import Document, presented_catalogs, presented_collections
from django_stac.api.staff import create_form, edit_form
from django_stac.documents.hrefs import Hrefs
from django_stac.documents.item import Stored, present
from django_stac.documents.splice import with_links
from django_stac.documents.versions import Links
from django_stac.history.names import Row
from django_stac.models import Collection, Item


def served_row(
    row: Row, request: Request, hrefs: Hrefs, policy: AccessPolicy, using: str | None = None
) -> bytes | Document:
    """The document of a row, of an item as JSON; ``using`` is where its versions are looked up."""
    links = ways_on(row, request, hrefs, policy, using)
    if isinstance(row, Item):
        return with_links(present(Stored.of(row), hrefs), links)
    if isinstance(row, Collection):
        (document,) = presented_collections([row], hrefs, policy, request.user)
    else:
        (document,) = presented_catalogs([row], hrefs, policy, request.user)
    return {**document, "links": [*document["links"], *links]}


def ways_on(row: Row, request: Request, hrefs: Hrefs, policy: AccessPolicy, using: str | None = None) -> Links:
    """The links to forms of the admin, and to what the row was, for those who may go there.

    The collection of an item must be loaded.
    """
    forms = edit_form(request._request, row)
    if isinstance(row, Collection):
        forms = [*forms, *create_form(request._request, Item, row)]
    return [*forms, *links_of_versions(row, policy, request.user, hrefs, using)]
