"""Problems of many documents, counted by what is wrong; who finds them is not here."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django_stac.validation.extensions import Findings

EXAMPLES = 3
MOST_KINDS = 10_000
"""Kinds of problems that are told apart, of any number of documents."""
OTHERS = ("", "other problems")
PLACE = re.compile(r"/[0-9]+(?=/|$)")
GOT = re.compile(r"; got .*?(?=( \([^()]*\))?$)", re.DOTALL)
"""What one document had there, before the name of the schema."""


@dataclass(slots=True)
class Kind:
    """One kind of problem: in how many documents it stands, and the first of them."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, source: str) -> bool:
        """Count one document; tell whether it is among the first."""
        self.count += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(source)
            return True
        return False

    def __str__(self) -> str:
        more = ", …" if self.count > len(self.examples) else ""
        return f"{self.count:>8} times, such as in {', '.join(self.examples)}{more}"


class Tally:
    """Counts what was found, by place and message, and what could not be checked, by extension and reason."""

    def __init__(self) -> None:
        self.problems: dict[tuple[str, str], Kind] = {}
        self.unchecked: dict[tuple[str, str], Kind] = {}

    def add(self, source: str, found: Findings) -> bool:
        """Count the findings of one document; tell whether it is among the first with one of its problems."""
        kinds = {kind_of(problem.pointer, problem.message) for problem in found.problems}
        for extension in found.unchecked.items():
            counted(self.unchecked, extension).add(source)
        firsts = [counted(self.problems, kind).add(source) for kind in sorted(kinds)]
        return True in firsts

    def lines(self) -> Iterable[str]:
        """What was found, the most frequent first, for people."""
        for (pointer, message), kind in frequent(self.problems):
            yield f"{pointer or '/'}: {message}"
            yield str(kind)
        for (uri, reason), kind in frequent(self.unchecked):
            yield f"not checked: {uri}: {reason}"
            yield str(kind)

    def as_dict(self) -> dict[str, list[dict[str, Any]]]:
        """Members of the JSON report."""
        return {
            "problems": [
                {"pointer": pointer, "message": message, "count": kind.count, "examples": kind.examples}
                for (pointer, message), kind in frequent(self.problems)
            ],
            "unchecked": [
                {"extension": uri, "reason": reason, "count": kind.count, "examples": kind.examples}
                for (uri, reason), kind in frequent(self.unchecked)
            ],
        }


def kind_of(pointer: str, message: str) -> tuple[str, str]:
    """What is the same of a problem in many documents: no numbers of list members, no values."""
    return PLACE.sub("/*", pointer), GOT.sub("", message)


def counted(kinds: dict[tuple[str, str], Kind], kind: tuple[str, str]) -> Kind:
    is_told = kind in kinds or len(kinds) < MOST_KINDS
    return kinds.setdefault(kind if is_told else OTHERS, Kind())


def frequent(kinds: dict[tuple[str, str], Kind]) -> list[tuple[tuple[str, str], Kind]]:
    return sorted(kinds.items(), key=lambda each: (-each[1].count, each[0]))
