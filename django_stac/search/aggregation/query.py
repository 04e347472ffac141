"""What ``/aggregate`` is asked for: a search, and aggregations of what it finds (STAC API - Aggregation)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django_stac.exceptions import InvalidParameter
from django_stac.search import parse
from django_stac.search.aggregation.measures import Aggregation
from django_stac.search.aggregation.names import AGGREGATIONS
from django_stac.search.blame import blaming
from django_stac.search.parse import shown
from django_stac.search.query import SearchQuery

PAGING = frozenset({"limit", "token", "sortby", "fields"})
"""Parameters of a search that are about its pages."""
CHECKS: parse.Checks = {name: check for name, check in parse.CHECKS.items() if name not in PAGING}
OPTIONS = {f"{each.name}_{each.option}": each.name for each in AGGREGATIONS.values() if each.option}
"""Parameters that refine an aggregation, and which one."""
OWN = frozenset({"aggregations", *OPTIONS})
PARAMETERS = frozenset(CHECKS) | OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class AggregateQuery:
    """Aggregations of the items of a search."""

    search: SearchQuery
    aggregations: tuple[Aggregation, ...]


def from_params(params: Mapping[str, str], *, collection: str | None = None) -> AggregateQuery:
    """Understand the parameters of a URL; ``collection`` is the one that the path names. Raises InvalidParameter."""
    members = {name: read(name, text) for name in OWN if (text := params.get(name)) is not None}
    return understood(parse.from_params(params, checks=CHECKS), members, collection)


def from_body(body: object, *, collection: str | None = None) -> AggregateQuery:
    """Understand the JSON body of a POST; null members count as absent. Raises InvalidParameter."""
    search = parse.from_body(body, checks=CHECKS, beside=OWN)
    given = body if isinstance(body, dict) else {}
    return understood(search, {name: given[name] for name in OWN if given.get(name) is not None}, collection)


def read(name: str, text: str) -> object:
    """Read a parameter of ours from a URL."""
    with blaming(name):
        if name == "aggregations":
            return parse.read_names(text)
        return parse.read_integer(text) if name.endswith("_precision") else text


def understood(search: SearchQuery, members: Mapping[str, object], collection: str | None) -> AggregateQuery:
    """Check the values of either. Raises InvalidParameter."""
    chosen = {name: AGGREGATIONS[name] for name in named(members.get("aggregations", []))}
    for option, name in OPTIONS.items():
        if option in members:
            with blaming(option):
                refined = AGGREGATIONS[name].refined(members[option])
            chosen |= {name: refined} if name in chosen else {}
    return AggregateQuery(search=within(search, collection), aggregations=tuple(chosen.values()))


def named(value: object) -> tuple[str, ...]:
    """The names of aggregations, each once."""
    with blaming("aggregations"):
        names = parse.names(value)
        for name in names:
            if name not in AGGREGATIONS:
                raise ValueError(f"there is no aggregation {shown(name)}; there are {', '.join(AGGREGATIONS)}.")
    return names


def within(search: SearchQuery, collection: str | None) -> SearchQuery:
    """Let clients repeat the collection of the path; any other would contradict it."""
    if collection is None:
        return search
    if search.collections and collection not in search.collections:
        raise InvalidParameter("collections", f"must be {collection!r}, the collection of the path.")
    return replace(search, collections=(collection,))
