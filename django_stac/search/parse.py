"""Parameters of a URL or members of a JSON body become a ``SearchQuery`` (STAC API - Item Search, "Query Parameters").

Both are brought to the same values first, then checked once. Every refusal is InvalidParameter.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Protocol

from django_stac.conf import stac_settings
from django_stac.exceptions import InvalidParameter
from django_stac.search import languages, legacy_query, words
from django_stac.search.blame import blaming
from django_stac.search.query import SearchQuery
from django_stac.search.shape import sound_geometry
from django_stac.search.sorting import read_sort, sort_keys
from django_stac.spec import json_text
from django_stac.spec.datetimes import Interval, parse_interval
from django_stac.spec.geometry import BBox, parse_bbox

PAGE_OF_COLLECTIONS = 1_000
"""Collections a page when the client names no ``limit``: most clients want all of them at once."""

MAX_NAMES = 10_000
SHOWN = 40
_INTEGER = re.compile(r"[+-]?[0-9]{1,100}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")


Checks = Mapping[str, tuple[str, Callable[[object], object]]]
"""What a resource understands: for each member the field of ``SearchQuery`` that it fills, if any, and its check."""


class Params(Protocol):
    """A QueryDict, or any mapping of texts."""

    def get(self, name: str, /) -> str | None: ...


def from_params(
    params: Params | Mapping[str, str],
    *,
    collection: str | None = None,
    checks: Checks | None = None,
    queryables: Iterable[str] = (),
) -> SearchQuery:
    """Understand the parameters of a URL; ``collection`` is the one that the path names.

    Of those that may be ``queryables`` each is compared with its property. Raises InvalidParameter.
    """
    checks = CHECKS if checks is None else checks
    members: dict[str, object] = {}
    for name in checks:
        if (text := params.get(name)) is not None:
            with blaming(name):
                members[name] = READERS.get(name, str)(text)
    if collection is not None:
        members["collections"] = [collection]
    query = understood(members, checks, languages.TEXT)
    exact = legacy_query.from_params({name: params.get(name) or "" for name in queryables})
    return replace(query, comparisons=query.comparisons + exact) if exact else query


def from_body(body: object, *, checks: Checks | None = None, beside: Iterable[str] = ()) -> SearchQuery:
    """Understand the JSON body of a POST; null members count as absent. Raises InvalidParameter.

    Members ``beside`` those of a search are left to whoever names them.
    """
    checks = CHECKS if checks is None else checks
    if not isinstance(body, dict):
        raise InvalidParameter("body", f"must be a JSON object with search parameters; got {shown(body)}.")
    known = {*checks, *beside}
    unknown = [name for name in body if name not in known]
    if unknown and stac_settings.STRICT_PARAMETERS:
        allowed = ", ".join(sorted(known))
        raise InvalidParameter(str(unknown[0])[:SHOWN], f"is not a parameter of this search; allowed are {allowed}.")
    return understood({name: body[name] for name in checks if body.get(name) is not None}, checks, languages.JSON)


# Texts of a URL


def read_names(text: str) -> list[str]:
    """Split at commas; what is empty names nothing."""
    refuse_brackets(text, "a,b")
    return [name for name in text.split(",") if name]


def read_numbers(text: str) -> list[float]:
    refuse_brackets(text, "-10,40,5,50")
    parts = [part.strip() for part in text.split(",", 7)]
    for part in parts:
        if not _NUMBER.fullmatch(part):
            raise ValueError(f"a bbox is 4 or 6 numbers with commas between them; got {shown(part)}.")
    return [float(part) for part in parts]


def read_integer(text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise ValueError(f"must be a whole number from 1; got {shown(text)}.")
    return int(text)


def read_json(text: str) -> object:
    try:
        return json_text.loads(text)
    except json_text.JSONTextError as error:
        raise ValueError(f"must be JSON: {error}.") from None


def refuse_brackets(text: str, example: str) -> None:
    if text.lstrip().startswith("["):
        raise ValueError(f"takes no brackets in a URL: write {example}; got {shown(text)}.")


READERS: dict[str, Callable[[str], object]] = {
    "collections": read_names,
    "ids": read_names,
    "bbox": read_numbers,
    "intersects": read_json,
    "limit": read_integer,
    "query": read_json,
    "sortby": read_sort,
}


# Values of either


def understood(members: dict[str, object], checks: Checks, language: str) -> SearchQuery:
    """Check the values of all members present; ``language`` is that of a filter that names none.

    Raises InvalidParameter.
    """
    if "filter" in members:
        members["filter"] = languages.Written(members["filter"], members.get("filter-lang", language))
    if "bbox" in members and "intersects" in members:
        raise InvalidParameter("intersects", "cannot be combined with `bbox`: give one of the two.")
    default = PAGE_OF_COLLECTIONS if checks is CHECKS_OF_COLLECTIONS else stac_settings.DEFAULT_LIMIT
    values: dict[str, Any] = {"limit": min(default, stac_settings.MAX_LIMIT)}
    for name, (field, check) in checks.items():
        if name in members:
            with blaming(name):
                checked = check(members[name])
            values |= {field: checked} if field else {}
    return SearchQuery(**values)


def names(value: object) -> tuple[str, ...]:
    """Ids, each once. A bare text counts as one: clients send it."""
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list):
        raise ValueError(f"must be an array of ids; got {shown(value)}.")
    if len(given) > MAX_NAMES:
        raise ValueError(f"takes at most {MAX_NAMES} ids; got {len(given)}.")
    for name in given:
        if not isinstance(name, str) or not name.isprintable():
            raise ValueError(f"an id is a text of printable characters; got {shown(name)}.")
    return tuple(dict.fromkeys(given))


def box(value: object) -> BBox:
    if not isinstance(value, list):
        raise ValueError(f"must be an array of 4 or 6 numbers; got {shown(value)}.")
    for number in value:
        if not isinstance(number, int | float) or isinstance(number, bool):
            raise ValueError(f"must be an array of 4 or 6 numbers; got {shown(number)} in it.")
    return parse_bbox(value)


def interval(value: object) -> Interval:
    if not isinstance(value, str):
        raise ValueError(f"must be a text: an instant, or an interval start/end; got {shown(value)}.")
    return parse_interval(value)


def limit(value: object) -> int:
    """Lower what is above the maximum, refuse what is below 1."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"must be a whole number from 1; got {shown(value)}.")
    return min(value, stac_settings.MAX_LIMIT)


def opaque(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"must be the text of a `next` or `prev` link; got {shown(value)}.")
    return value


def shown(value: object) -> str:
    """Write a value of a client's into a message, shortened."""
    text = repr(value) if isinstance(value, str | int | float | bool | None) else type(value).__name__
    return text if len(text) <= SHOWN else text[: SHOWN - 3] + "..."


CHECKS: Checks = {
    "collections": ("collections", names),
    "ids": ("ids", names),
    "bbox": ("bbox", box),
    "intersects": ("intersects", sound_geometry),
    "datetime": ("interval", interval),
    "q": ("words", words.parse),
    "limit": ("limit", limit),
    "token": ("token", opaque),
    "query": ("comparisons", legacy_query.parse),
    "filter-lang": ("", languages.language),
    "filter-crs": ("", languages.crs),
    "filter": ("filter", languages.parse),
    "sortby": ("sort", sort_keys),
}
BESIDE = frozenset({"fields"})
"""What does not change what is found: see ``search.fields``."""
PARAMETERS = frozenset(CHECKS) | BESIDE
"""What ``/search`` understands, as parameters and as members of a body."""

CHECKS_OF_COLLECTIONS: Checks = {
    name: check for name, check in CHECKS.items() if name not in ("collections", "ids", "intersects")
}
"""What a search of collections understands."""
