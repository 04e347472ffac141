"""What a resource offers, said once: views act on it, and the OpenAPI description is made from it."""

from dataclasses import dataclass

from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

from django_stac.access import Action
from django_stac.api.parsers import GeoJSONParser, JSONParser
from django_stac.api.renderers import JSONRenderer


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation of the API."""

    id: str
    """``operationId``, the specification's where it gives one."""
    tag: str
    summary: str
    answer: str
    """Name of the answer's schema in ``components``."""
    action: Action | None = None
    """What the policy is asked for before anything is written; None where nothing is."""
    body: str = ""
    """Name of the body's schema, where there is one."""
    parsers: tuple[type[BaseParser], ...] = (JSONParser, GeoJSONParser)
    """The forms in which a body is read."""
    page: str = "django_stac/document.html"
    """Template of the HTML form."""
    renderer: type[BaseRenderer] = JSONRenderer
    """The form that clients get unless they ask for HTML."""
    media_types: tuple[str, ...] = ()
    """What the answer is sent as, where that is not the renderer's type or HTML."""
    parameters: tuple[str, ...] | None = ()
    """Query parameters, beside those that every resource takes; None where none counts and none is refused."""
    headers: tuple[str, ...] = ()
    """Request headers that change what is done."""
    takes_queryables: bool = False
    """Whether queryables are query parameters as well: then what is unknown is refused where they are known."""
    is_search: bool = False
    """Whether many rows are looked at: it counts under the rate of searches."""
    answers: tuple[int, ...] = (200,)
    """Statuses of success."""
    statuses: tuple[int, ...] = ()
    """Statuses of errors, beside those that every resource may answer."""
