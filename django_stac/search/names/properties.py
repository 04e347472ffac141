"""What a search asks of the properties of items: the names that it needs, its conditions and its keys compiled."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django_stac.conf import stac_settings
from django_stac.cql2 import json
from django_stac.cql2.columns import Target
from django_stac.cql2.compile import condition, value
from django_stac.cql2.expressions import Sql
from django_stac.cql2.queryables import Kind, Queryables
from django_stac.cql2.sieve import Shape, sieve
from django_stac.cql2.tree import BBox, Geometry, Node, Operation, Property
from django_stac.exceptions import InvalidParameter
from django_stac.search import legacy_query
from django_stac.search.blame import blaming
from django_stac.search.languages import names_in
from django_stac.search.pages.cursor import Scale
from django_stac.search.pages.wanted import NEWEST, OLDEST, Key
from django_stac.search.sorting import is_along_time, refuse_unsortable
from django_stac.spec.geometry import parse_bbox

if TYPE_CHECKING:
    from django_stac.search.query import Comparison, SearchQuery, SortKey

SCALES = {Kind.NUMBER: Scale.NUMBER, Kind.BOOLEAN: Scale.TRUTH}
"""Of properties that have no column of their own: all others are texts."""
NEVER_ABSENT = frozenset({"id", "collection", "datetime"})


class UnknownQueryable(InvalidParameter):
    """A query parameter that is neither one of the resource nor a queryable."""


def names_asked(query: "SearchQuery") -> set[str]:
    """The names of properties whose kind must be known."""
    names = {each.name for each in query.comparisons}
    if query.filter is not None:
        names |= set(names_in(query.filter))
    return names if is_along_time(query.sort) else names | {key.name for key in query.sort}


@dataclass(frozen=True, slots=True)
class Demanded:
    """What a search demands of properties."""

    sieve: Sequence[Sql] = ()
    """What all fulfil that fulfil the rest, and cheaper: a condition or none."""
    exact: Sequence[Sql] = ()
    """In the form of the indexes on properties."""
    shape: Shape | None = None
    """Where the sieve says it all, how it is written but for its values."""

    @property
    def all(self) -> list[Sql]:
        """All conditions."""
        return [*self.sieve, *self.exact]


def demanded(query: "SearchQuery", target: Target) -> Demanded:
    """Compile the filter and the comparisons of a search. Raises InvalidParameter."""
    nodes = [] if query.filter is None else [("filter", query.filter)]
    for asked in known(query.comparisons, target.queryables):
        with blaming(asked.parameter):
            nodes.append((asked.parameter, legacy_query.node(asked, target.queryables)))
    compiled = []
    for parameter, node in nodes:
        with blaming(parameter):
            compiled.append(condition(node, target))
    found = sieve((node for _, node in nodes), target)
    return Demanded([found.condition], compiled, found.shape) if found else Demanded(exact=compiled)


def known(comparisons: "Iterable[Comparison]", queryables: Queryables) -> "Iterator[Comparison]":
    """Leave out, or refuse, query parameters that are no queryables. Raises UnknownQueryable."""
    for asked in comparisons:
        if asked.operator != legacy_query.IS or asked.name in queryables.known:
            yield asked
        elif stac_settings.STRICT_PARAMETERS:
            raise UnknownQueryable(asked.parameter, "is neither a parameter of this resource nor a queryable.")


def order(sort: "Sequence[SortKey]", target: Target) -> "tuple[tuple[Key, ...], list[Sql]]":
    """The keys of an order, and their values where they are not those of time. Raises InvalidParameter."""
    if is_along_time(sort):
        return OLDEST if sort and not sort[0].descending else NEWEST, []
    refuse_unsortable(sort, target.queryables)
    with blaming("sortby"):
        return tuple(key_of(each, target) for each in sort), [value(each.name, target) for each in sort]


def key_of(asked: "SortKey", target: Target) -> Key:
    """How the values of a key compare."""
    found = target.named(Property(asked.name))
    is_moment = target.column(found.name) is not None and found.kind in (Kind.INSTANT, Kind.PERIOD)
    scale = Scale.MOMENT if is_moment else SCALES.get(found.kind, Scale.TEXT)
    return Key(scale=scale, descending=asked.descending, nullable=found.name not in NEVER_ABSENT)


# A place in the filter


def lifted(query: "SearchQuery", target: Target) -> "SearchQuery":
    """Ask for a geometry that the filter demands as ``intersects`` and ``bbox`` do, which have ways of their own."""
    if query.filter is None or query.bbox or query.intersects:
        return query
    terms = conjuncts(query.filter)
    for term in terms:
        if place := place_in(term):
            with blaming("filter"):
                condition(term, target)
            rest = tuple(other for other in terms if other is not term)
            return replace(query, filter=combined(rest), **place)
    return query


def conjuncts(node: Node) -> tuple[Node, ...]:
    """What holds together in a filter."""
    return node.args if isinstance(node, Operation) and node.op == "and" else (node,)


def combined(terms: tuple[Node, ...]) -> Node | None:
    return Operation("and", terms) if len(terms) > 1 else next(iter(terms), None)


def place_in(term: Node) -> "dict[str, Any]":
    """The parameter of a search that says the same as a term; none where there is none."""
    match term:
        case Operation(op="s_intersects", args=(Property(name="geometry"), drawn) | (drawn, Property(name="geometry"))):
            if isinstance(drawn, BBox):
                return {"bbox": parse_bbox(drawn.numbers)}
            return {"intersects": json.write(drawn)} if isinstance(drawn, Geometry) else {}
    return {}
