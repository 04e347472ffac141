"""Properties that are searched or indexed, as ``stac_index`` lists them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django_stac.models import SearchedProperty
from django_stac.search.names.indexes import OWN, PropertyIndex


@dataclass(frozen=True, slots=True)
class Listed:
    """A property with how often it is searched, and its indexes."""

    name: str
    demand: SearchedProperty | None
    indexes: Sequence[PropertyIndex]

    def __str__(self) -> str:
        return f"{self.name:32} {self.searches:>12}   {self.state}"

    @property
    def searches(self) -> str:
        if self.demand is None:
            return "not searched"
        return f"{self.demand.searches} searches, last {self.demand.last_searched:%Y-%m-%d}"

    @property
    def state(self) -> str:
        if self.name in OWN:
            return "has a column"
        if not self.indexes:
            return f"not indexed: stac_index {self.name}"
        return "; ".join(map(told, self.indexes))

    def as_dict(self) -> dict[str, Any]:
        """A member of the JSON report."""
        return {
            "property": self.name,
            "searches": self.demand.searches if self.demand else 0,
            "last_searched": self.demand and self.demand.last_searched.isoformat(),
            "indexes": [
                {
                    "name": each.name,
                    "kind": each.kind.value,
                    "bytes": each.bytes,
                    "scans": each.scans,
                    "valid": each.is_valid,
                }
                for each in self.indexes
            ],
        }


def told(index: PropertyIndex) -> str:
    """An index in a few words."""
    if not index.is_valid:
        return "its index is broken: make it again"
    return f"indexed as {index.kind.value}, {index.bytes / 1e6:.1f} MB, used {index.scans} times"


def listed(demand: Mapping[str, SearchedProperty], standing: Sequence[PropertyIndex]) -> list[Listed]:
    """All of them: the most searched first, then those that nobody searched."""
    names = [*demand, *sorted({each.property for each in standing} - demand.keys())]
    return [Listed(name, demand.get(name), [each for each in standing if each.property == name]) for name in names]
