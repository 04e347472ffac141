"""What the planner expects of a search, asked before it runs."""

from collections.abc import Sequence, Set
from typing import Any

from django_stac.models.execute import fetched
from django_stac.search.memory import Memory
from django_stac.search.names.indexes import property_indexes
from django_stac.search.pages import statement
from django_stac.search.pages.wanted import Guess, Statement, Wanted

Shape = tuple[Any, ...]

kept: Memory[Shape, Guess] = Memory()
"""What was expected of searches for properties alone, by the way that they are written."""
kept_indexes: Memory[str, frozenset[str]] = Memory()
"""The properties that have an index, by alias."""


def keep(shape: Shape, guess: Guess, names: Set[str], using: str) -> None:
    """Keep a guess for filters that are written alike, if the planner knows nothing of the properties that they name.

    Of those that have no index it takes a fixed share to pass each comparison, whatever it compares with.
    """
    if names.isdisjoint(indexed(using)):
        kept.set(shape, guess)


def indexed(using: str) -> frozenset[str]:
    """The properties that have an index."""
    known = kept_indexes.get(using)
    if known is None:
        known = frozenset(index.property for index in property_indexes(using))
        kept_indexes.set(using, known)
    return known


def asked(using: str, wanted: Wanted, places: Sequence[bytes] = ()) -> list[Guess]:
    """Ask what is expected of each branch; with places (EWKB) two come before: what meets any of them, and all."""
    return guesses(using, statement.estimate(wanted, places))


def guesses(using: str, estimate: Statement) -> list[Guess]:
    """What the planner expects of each branch."""
    (((plan,),),) = fetched(using, *estimate)
    node = plan["Plan"]
    while node["Node Type"].startswith("Gather"):
        node = node["Plans"][0]
    if node["Node Type"] != "Append":
        return [guess(node)]
    return [guess(branch) for branch in node["Plans"] if branch["Parent Relationship"] == "Member"]


def guess(node: dict[str, Any]) -> Guess:
    return Guess(node["Plan Rows"], node["Total Cost"])
