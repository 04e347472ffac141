"""The order of a search (STAC API - Sort): how it is asked for, and what may be sorted by. Its SQL is not here."""

from collections.abc import Iterator, Sequence

from django_stac.cql2.queryables import PREFIX, Kind, Queryables, is_name
from django_stac.exceptions import InvalidParameter
from django_stac.search.pages.cursor import MAX_KEYS
from django_stac.search.query import SortKey

MEMBERS = {"field", "direction"}
DIRECTIONS = {"asc": False, "desc": True, None: False}


def read_sort(text: str) -> list[dict[str, str]]:
    """Turn ``+a,-b`` into what a body would hold; a plus that was not escaped arrives as a space. Raises ValueError."""
    if text.lstrip().startswith(("[", "{")):
        raise ValueError(f"takes no JSON in a URL: write -datetime,+id; got {text[:40]!r}.")
    return [read_key(part) for part in map(str.strip, text.split(",", MAX_KEYS + 1)) if part]


def read_key(text: str) -> dict[str, str]:
    """Read one key: a name, with a sign before it."""
    direction = "desc" if text[0] == "-" else "asc"
    return {"field": text[1:].strip() if text[0] in "+-" else text, "direction": direction}


def sort_keys(value: object) -> tuple[SortKey, ...]:
    """Understand ``[{field, direction}]``; of a name given twice the first counts. Raises ValueError."""
    if not isinstance(value, list):
        raise ValueError(f"must be an array of objects with `field` and `direction`; got {type(value).__name__}.")
    if len(value) > MAX_KEYS:
        raise ValueError(f"takes at most {MAX_KEYS} keys; got more.")
    keys = [sort_key(number, each) for number, each in enumerate(value)]
    return tuple({key.name: key for key in reversed(keys)}[name] for name in dict.fromkeys(key.name for key in keys))


def sort_key(number: int, value: object) -> SortKey:
    """Understand one key. Raises ValueError."""
    if not isinstance(value, dict) or not value.keys() <= MEMBERS:
        raise ValueError(f"key {number} must be an object with `field` and, if wanted, `direction`.")
    name, direction = value.get("field"), value.get("direction")
    if not isinstance(name, str) or not is_name(name):
        raise ValueError(f"key {number}: `field` must be the name of a sortable.")
    if not isinstance(direction, str | None) or direction not in DIRECTIONS:
        raise ValueError(f"key {number}: `direction` must be `asc` or `desc`; got {str(direction)[:40]!r}.")
    return SortKey(name.removeprefix(PREFIX), DIRECTIONS[direction])


def is_along_time(sort: Sequence[SortKey]) -> bool:
    """Whether this is the order of time, which has ways of its own."""
    return not sort or [key.name for key in sort] == ["datetime"]


def refuse_unsortable(sort: Sequence[SortKey], queryables: Queryables) -> None:
    """Raise InvalidParameter for a name that is unknown, or whose values have no order."""
    for key in sort:
        found = queryables.get(key.name)
        if found is None:
            raise InvalidParameter(
                "sortby", f"there is no sortable {key.name[:80]!r}{suggestion(key.name, queryables)}."
            )
        if not found.kind.is_sortable:
            values = "of several kinds, or not known yet" if found.kind is Kind.ANY else f"of the kind {found.kind}"
            raise InvalidParameter("sortby", f"{key.name[:80]!r} cannot be sorted by: its values are {values}.")


def suggestion(name: str, queryables: Queryables) -> str:
    """Name sortables alike, if there are any."""
    alike = list(sortable(queryables.like(name), queryables))
    return f"; alike are {', '.join(alike)}" if alike else ""


def sortable(names: Sequence[str], queryables: Queryables) -> Iterator[str]:
    return (name for name in names if queryables.known[name].kind.is_sortable)
