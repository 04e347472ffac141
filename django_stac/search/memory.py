"""What one process was told lately, and need not ask again for a while."""

from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

KEPT_FOR = 60.0
"""Seconds: what is kept is right for longer, or costs no more than a question when it is not."""
MOST_KEPT = 1_000

K = TypeVar("K")
V = TypeVar("V")


class Memory(Generic[K, V]):
    """Values that are forgotten after a minute, the oldest first where they are too many."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._values: dict[K, tuple[float, V]] = {}

    def get(self, key: K) -> V | None:
        found = self._values.get(key)
        return found[1] if found and monotonic() < found[0] else None

    def set(self, key: K, value: V) -> None:
        with self._lock:
            while len(self._values) >= MOST_KEPT:
                del self._values[next(iter(self._values))]
            self._values[key] = monotonic() + KEPT_FOR, value

    def clear(self) -> None:
        self._values.clear()
