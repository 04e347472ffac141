"""What is wrong with a document, and where. How it is found is told by the other modules."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a document."""

    pointer: str
    """JSON pointer (RFC 6901) of the member, "" for the whole document; a missing member has one, too."""
    message: str
    """What is wrong and what is allowed, to be read after the pointer."""

    def __str__(self) -> str:
        return f"{self.pointer}: {self.message}" if self.pointer else self.message


def pointer_to(path: Iterable[object]) -> str:
    """Join the steps of a path to a JSON pointer."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)
