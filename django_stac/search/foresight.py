"""What the planner expects of a search, asked before it runs."""

from collections.abc import Sequence, Set
from threading import Lock
from time import monotonic
from typing import Any

from django_stac.models.execute import fetched
from django_stac.search.names.indexes import property_indexes
from django_stac.search.pages import statement
from django_stac.search.pages.wanted import Guess, Statement, Wanted

KEPT_FOR = 60.0
"""Seconds: tables grow slowly."""
MOST_KEPT = 1_000

Shape = tuple[Any, ...]


class Kept:
    """What was expected of searches for properties alone, by the way that they are written."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._guesses: dict[Shape, tuple[float, Guess | None]] = {}

    def __contains__(self, shape: Shape) -> bool:
        return monotonic() < self._guesses.get(shape, (0.0, None))[0]

    def get(self, shape: Shape) -> Guess | None:
        """The guess; None where there is none, or where it is worth nothing for other values."""
        until, guess = self._guesses.get(shape, (0.0, None))
        return guess if monotonic() < until else None

    def set(self, shape: Shape, guess: Guess | None) -> None:
        with self._lock:
            if len(self._guesses) >= MOST_KEPT:
                self._guesses.clear()
            self._guesses[shape] = monotonic() + KEPT_FOR, guess

    def clear(self) -> None:
        self._guesses.clear()


kept = Kept()


def keep(shape: Shape, guess: Guess, names: Set[str], using: str) -> None:
    """Keep a guess for filters that are written alike, if the planner knows nothing of the properties that they name.

    Of those that have no index it takes a fixed share to pass each comparison, whatever it compares with.
    """
    if shape not in kept:
        is_general = names.isdisjoint(index.property for index in property_indexes(using))
        kept.set(shape, guess if is_general else None)


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
