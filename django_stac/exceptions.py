"""Every error that django-stac raises on purpose. They know nothing of HTTP: ``api.errors`` gives them a status.

StacError
├── InvalidParameter      a request parameter or an argument that cannot be understood
├── InvalidDocument       a STAC document that cannot be stored, with its problems
├── NotFound              no such catalogue, collection, item or file
│   └── Gone              there was one, and it was deleted
├── AlreadyExists         the id is taken
├── NotEmpty              a collection that still has items
├── PreconditionFailed    the document changed since it was read
├── GateBypassed          an ORM write that would go round ``django_stac.transactions``
├── StartAgain            a place in the feed of changes that leads nowhere any more
├── QueryTimeout          a search that took longer than the site allows
├── DatabaseBusy          what the database gave up for the sake of others
├── DatabaseAway          a database that cannot be reached, or has broken off
├── UnreadableRaster      a file that gives no item
└── UnreachableFile       a file that no API consumer could open
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from django_stac.validation.problems import Problem


class StacError(Exception):
    """Something that django-stac refuses to do."""

    def __str__(self) -> str:
        return super().__str__() or type(self).__doc__ or ""


class InvalidParameter(StacError):
    """A parameter cannot be understood; ``parameter`` names it, ``reason`` is a sentence.

    ``pointer`` (RFC 6901) says where in a body it stands, as exactly as that is known; empty where it is not.
    """

    def __init__(self, parameter: str, reason: str, *, pointer: str = "") -> None:
        super().__init__(f"{parameter}: {reason}")
        self.parameter = parameter
        self.reason = reason
        self.pointer = pointer


class InvalidDocument(StacError):
    """A document cannot be stored; ``problems`` say where (JSON pointer) and why, never empty."""

    def __init__(self, problems: "Sequence[Problem]", *, document_id: str = "") -> None:
        self.problems = tuple(problems)
        self.document_id = document_id
        shown = "; ".join(map(str, self.problems[:3]))
        more = f" (and {len(self.problems) - 3} more)" if len(self.problems) > 3 else ""
        super().__init__(f"{document_id}: {shown}{more}" if document_id else shown + more)


class NotFound(StacError):
    """There is no such thing, or the asking user may not see it."""


class Gone(NotFound):
    """It was there, and was deleted; ``links`` lead to what it was, as far as the asking user may see that."""

    def __init__(self, message: str, *, since: "datetime", links: "Sequence[dict[str, Any]]" = ()) -> None:
        super().__init__(message)
        self.since = since
        self.links = links


class AlreadyExists(StacError):
    """The id is taken."""


class NotEmpty(StacError):
    """The collection still has items."""


class PreconditionFailed(StacError):
    """The document was changed since it was read."""


class GateBypassed(StacError, TypeError):
    """Rows of catalogues, collections and items are written by the verbs of django_stac.transactions only."""


class StartAgain(StacError):
    """A place in the feed of changes leads nowhere any more."""


class QueryTimeout(StacError):
    """The search took longer than this site allows: narrow it with bbox, datetime or collections."""


class DatabaseBusy(StacError):
    """Others are at the same, or it took too long, so that the database gave this up: nothing is changed, try again."""


class DatabaseAway(StacError):
    """The database cannot be reached, or broke off: try again later, but first look whether a write was done."""


class UnreadableRaster(StacError):
    """The file gives no item: the message names it and says what to do."""


class UnreachableFile(StacError):
    """No API consumer could open the file: the message names the ways to publish it."""
