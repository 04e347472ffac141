"""What a page is made for: its document, and who asks."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django_stac.api.pages.members import objects
from django_stac.documents.hrefs import Hrefs
from django_stac.spec.links import link

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict

    from django_stac.access import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One page for one person."""

    request: "HttpRequest"
    document: dict[str, Any]
    hrefs: Hrefs
    user: "User"
    asked_for: str
    """The absolute URL of the request."""
    parameters: "QueryDict"
    using: str | None = None

    @property
    def url(self) -> str:
        """Where the document says it lives; relative hrefs start there."""
        href = self.rel("self")["href"]
        return href if isinstance(href, str) and href else self.asked_for

    def rel(self, name: str) -> dict[str, Any]:
        """The document's first link of a relation; one without a target when there is none."""
        found = (each for each in objects(self.document.get("links")) if each.get("rel") == name)
        return {**link(name, ""), **next(found, {})}
