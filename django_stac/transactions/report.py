"""What became of many inputs: every one ends in exactly one counter."""

from dataclasses import dataclass, field
from typing import Any

MOST = 10_000
"""Failures and notes that a report holds, of millions of inputs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One input that was refused."""

    source: str
    """The file, line or id, as the person who gave it would name it."""
    message: str


@dataclass(slots=True, kw_only=True)
class Report:
    """Counts of inputs, and the first 10,000 failures by name; reports of batches add up with ``+=``."""

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
            self.failures.append(Failure(source=source, message=str(message)))

    def __iadd__(self, other: "Report") -> "Report":
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.skipped += other.skipped
        self.failed += other.failed
        self.failures += other.failures[: MOST - len(self.failures)]
        self.notes += other.notes[: MOST - len(self.notes)]
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
