"""What became of many inputs: every one ends in exactly one counter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django_stac.exceptions import InvalidDocument, StacError

MOST = 10_000
"""Failures and notes that a report holds, of millions of inputs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One input that was refused."""

    source: str
    """The file, line or id, as the person who gave it would name it."""
    message: str
    code: str = ""
    """Name of the exception, where one was raised."""
    pointer: str = ""
    """JSON pointer of the first problem in the document."""

    @classmethod
    def of(cls, source: str, message: object) -> "Failure":
        """Make one from what the gate has raised, or from a sentence."""
        code = type(message).__name__ if isinstance(message, StacError) else ""
        pointer = message.problems[0].pointer if isinstance(message, InvalidDocument) else ""
        return cls(source=source, message=str(message), code=code, pointer=pointer)


@dataclass(slots=True, kw_only=True)
class Report:
    """Counts of inputs, and the first 10,000 failures by name; reports add up with ``+=``, and keep a note once."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    failed: int = 0
    failures: list[Failure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.created + self.updated + self.unchanged + self.skipped + self.failed

    def fail(self, source: str, message: object) -> None:
        """Count one input as failed."""
        self.failed += 1
        if len(self.failures) < MOST:
            self.failures.append(Failure.of(source, message))

    def leave_unchecked(self, extensions: Mapping[str, str]) -> None:
        """Note extensions that nobody could check, each with the reason."""
        self.add_notes(f"{uri} is not checked: {reason}." for uri, reason in sorted(extensions.items()))

    def add_notes(self, notes: Iterable[str]) -> None:
        """Keep those that are new."""
        standing = set(self.notes)
        self.notes += list(islice((note for note in notes if note not in standing), max(0, MOST - len(self.notes))))

    def __iadd__(self, other: "Report") -> "Report":
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.skipped += other.skipped
        self.failed += other.failed
        self.failures += other.failures[: MOST - len(self.failures)]
        self.add_notes(other.notes)
        return self

    def as_dict(self) -> dict[str, Any]:
        """The JSON form that commands print with ``--json``."""
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "skipped": self.skipped,
            "failed": self.failed,
            "failures": [{"source": failure.source, "message": failure.message} for failure in self.failures],
            "notes": self.notes,
        }
