"""The plain GET forms that search; they are filled with what was asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django_stac.api.pages.newest import collection_choices
from django_stac.api.pages.visit import Visit

LIMITS = ("12", "24", "48", "96")
USUAL_LIMIT = "24"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchForm:
    """Values of the form; without ``choices`` it searches one collection."""

    action: str
    words: str
    bbox: str
    datetime: str
    collection: str
    limit: str
    limits: Sequence[str]
    choices: Sequence[tuple[str, str]]
    is_brief: bool
    """Whether there is no room for a filter and an order."""
    filter: str
    sort: str
    carried: Mapping[str, str]
    """What has no field and is carried along where the page was asked for by it."""


CARRIED = ("ids", "filter-lang")


def search_form(visit: Visit, *, action: str, across: bool = True, is_brief: bool = False) -> SearchForm:
    """Make the form; ``across`` collections, or for the one whose items the action lists."""
    asked = visit.parameters
    limit = asked.get("limit", "")
    return SearchForm(
        action=action,
        words=asked.get("q", ""),
        bbox=asked.get("bbox", ""),
        datetime=asked.get("datetime", ""),
        collection=asked.get("collections", ""),
        limit=limit or USUAL_LIMIT,
        limits=LIMITS if limit in ("", *LIMITS) else (limit, *LIMITS),
        choices=choices(visit) if across else (),
        is_brief=is_brief,
        filter=asked.get("filter", ""),
        sort=asked.get("sortby", ""),
        carried={name: value for name in CARRIED if (value := asked.get(name, ""))},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionForm:
    """Values of the form that searches collections."""

    action: str
    words: str
    bbox: str
    datetime: str
    is_search: bool
    """Whether the page is the answer to a search."""


NOT_ASKING = frozenset({"f", "lang", "limit", "token", "fields", "sortby"})


def collection_form(visit: Visit) -> CollectionForm:
    """Make the form that searches collections."""
    asked = visit.parameters
    return CollectionForm(
        action=visit.hrefs.collections,
        words=asked.get("q", ""),
        bbox=asked.get("bbox", ""),
        datetime=asked.get("datetime", ""),
        is_search=bool(asked.keys() - NOT_ASKING),
    )


def choices(visit: Visit) -> list[tuple[str, str]]:
    """Ids and titles to choose from; what was asked for (one of very many, or several) stays a choice."""
    offered, asked = collection_choices(visit), visit.parameters.get("collections", "")
    return offered if not asked or asked in dict(offered) else [*offered, (asked, asked)]
