"""Progress of a command on stderr: one status line on a terminal, a plain line every ten seconds elsewhere."""

from collections.abc import Callable
from time import monotonic

from django.core.management.base import OutputWrapper
from django.core.management.color import Style

from django_stac.transactions.report import Report

ON_TERMINAL, ELSEWHERE = 0.2, 10.0
"""Seconds between two updates."""

ERASE = "\r\x1b[2K"


class Progress:
    """Counts inputs as they pass, and names failures and notes once each, as they come."""

    def __init__(self, stream: OutputWrapper, style: Style, *, verbosity: int = 1) -> None:
        self.stream, self.style = stream, style
        self.is_shown = verbosity > 0
        self.on_terminal = stream.isatty()
        self.count, self.total, self.noun = 0, 0, "inputs"
        self.started = monotonic()
        self._named = self._noted = 0
        self._next = self.started + (0 if self.on_terminal else ELSEWHERE)
        self._is_open = False

    @property
    def seconds(self) -> float:
        """Since the command began."""
        return monotonic() - self.started

    def begin(self, noun: str, total: int = 0) -> None:
        """Count these from now on; ``total`` is 0 where it is not known."""
        self.count, self.total, self.noun = 0, total, noun

    def step(self, count: int = 1) -> None:
        """Count some inputs as passed."""
        self.count += count
        now = monotonic()
        if self.is_shown and now >= self._next:
            self._next = now + (ON_TERMINAL if self.on_terminal else ELSEWHERE)
            self._show_status()

    def tell(self, report: Report) -> None:
        """Name what the report has gained since it was told last; failures at every verbosity."""
        for failure in report.failures[self._named :]:
            self.say(f"{failure.source}: {failure.message}", self.style.ERROR)
        if self.is_shown:
            for note in report.notes[self._noted :]:
                self.say(note, self.style.WARNING)
        self._named, self._noted = len(report.failures), len(report.notes)

    def say(self, text: str, style: Callable[[str], str] = str) -> None:
        """Write a line that stays."""
        self.clear()
        self.stream.write(text, style)

    def clear(self) -> None:
        """Take the status line away."""
        if self._is_open:
            self.stream.write(ERASE, str, ending="")
            self._is_open = False

    def _show_status(self) -> None:
        if not self.on_terminal:
            self.stream.write(self._status(), str)
            return
        self.stream.write(ERASE + self._status(), str, ending="")
        self.stream.flush()
        self._is_open = True

    def _status(self) -> str:
        rate = self.count / max(self.seconds, 0.001)
        counted = f"{self.count} of {self.total} {self.noun}" if self.total else f"{self.count} {self.noun}"
        remaining = f", {(self.total - self.count) / rate:.0f} s to go" if self.total and rate else ""
        return f"{counted}, {rate:.1f} a second{remaining}"
