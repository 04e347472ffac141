"""What a set of items is asked for (STAC API - Aggregation), and the measures of it that are one value."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Self


class DataType(StrEnum):
    """Of values, and of the keys of buckets."""

    INTEGER = "integer"
    NUMERIC = "numeric"
    TEXT = "string"
    DATETIME = "datetime"


@dataclass(frozen=True, slots=True)
class Aggregation:
    """Something that a set of items is asked for."""

    name: str
    source: str = field(default="", kw_only=True)
    """The property that items need to have; none where all have what it takes."""
    option: ClassVar[str] = ""
    """What the name of the parameter that refines it ends with."""
    data_type: ClassVar[DataType]

    @property
    def allowed(self) -> dict[str, Any]:
        """The JSON Schema of its option."""
        raise NotImplementedError

    @property
    def head(self) -> dict[str, str]:
        """The members that say which aggregation it is."""
        return {"name": self.name, "data_type": self.data_type}

    @property
    def described(self) -> dict[str, str]:
        """The entry in a list of aggregations."""
        return self.head

    def refined(self, value: object) -> Self:
        """The same with another value of its option. Raises ValueError."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Total(Aggregation):
    """How many items there are."""

    data_type = DataType.INTEGER


@dataclass(frozen=True, slots=True)
class Extreme(Aggregation):
    """The first or the last ``datetime``."""

    is_last: bool
    data_type = DataType.DATETIME
