"""Reading in processes of our own: what crashes GDAL, hangs or eats memory costs one scene and one process.

There is always at least one process, because safety is the point of it. The standard library's pools fail or hang
when a child dies. What the processes do is in ``worker``.
"""

import multiprocessing
import signal
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from math import inf
from multiprocessing.connection import wait
from time import monotonic
from types import ModuleType
from typing import TYPE_CHECKING

from django_stac.exceptions import StacError
from django_stac.ingest.worker import Limits, serve
from django_stac.raster.discover import Scene
from django_stac.raster.item import Reading, ReadOptions, read_scene

if TYPE_CHECKING:
    from django_stac.ingest.worker import Outcome, Reader

SPAWN = multiprocessing.get_context("spawn")
START = 120.0
"""Seconds that a process has to start; they do not count for its first scene."""
TIMEOUT = 300.0
MEMORY = 4 * 2**30


def read_scenes(
    scenes: Sequence[Scene],
    options: ReadOptions,
    *,
    workers: int = 1,
    timeout: float = TIMEOUT,
    memory: int = MEMORY,
    reader: "Reader" = read_scene,
) -> "Generator[tuple[Scene, Outcome]]":
    """Read scenes in ``workers`` processes; yield each with its Reading, or with a sentence why there is none.

    They come in the order in which they are finished, and no process reads on while two results wait. ``timeout`` is
    in seconds and ``memory`` in bytes, for one scene. ``reader`` is a function of a module. Close the iterator to end
    the processes. Raises StacError when a process cannot start.
    """
    limits = Limits(seconds=timeout, memory=memory)
    crew = Crew(size=min(workers, len(scenes)), hire=lambda: Worker(reader, options, limits))
    try:
        for scene in scenes:
            while (worker := crew.idle()) is None:
                yield from crew.outcomes()
            worker.give(scene)
        while crew.is_busy:
            yield from crew.outcomes()
    finally:
        crew.dismiss()


class Worker:
    """One process, as its parent sees it: starting, idle or busy with a scene."""

    def __init__(self, reader: "Reader", options: ReadOptions, limits: Limits) -> None:
        self.limits = limits
        self.scene: Scene | None = None
        self.is_started = False
        self.deadline = monotonic() + START
        self.pipe, theirs = SPAWN.Pipe()
        self.process = SPAWN.Process(target=serve, args=(theirs, limits), name="stac-ingest", daemon=True)
        with without_main_module():
            self.process.start()
        theirs.close()
        with suppress(BrokenPipeError):
            self.pipe.send((reader, options))

    @property
    def is_idle(self) -> bool:
        return self.is_started and self.scene is None

    def give(self, scene: Scene) -> None:
        """Let it read a scene; should it be dead, that shows when it is heard."""
        self.scene, self.deadline = scene, monotonic() + self.limits.seconds
        with suppress(BrokenPipeError):
            self.pipe.send(scene)

    def hear(self) -> "Outcome | None":
        """Return what it has sent, or how it ended; None says that it has started."""
        try:
            outcome: Reading | str | None = self.pipe.recv()
        except (EOFError, OSError):
            self.process.join(timeout=5)
            outcome = self.obituary()
            self.end()
        self.deadline = inf
        return outcome

    def obituary(self) -> str:
        """Say how the process ended."""
        code = self.process.exitcode
        how = f"exit status {code}" if code is None or code >= 0 else signal.strsignal(-code)
        memory = self.limits.memory // 2**20
        return f"The process that read it ended ({how}): it is damaged, or needs more than {memory} MiB of memory."

    @property
    def is_ended(self) -> bool:
        return self.pipe.closed

    def end(self) -> None:
        """End the process, whatever it does; twice is no harm."""
        if not self.is_ended:
            self.pipe.close()
            self.process.kill()
            self.process.join()
            self.process.close()


@dataclass(slots=True)
class Crew:
    """The processes of one run; who has ended is replaced when there is work."""

    size: int
    hire: Callable[[], Worker]
    members: list[Worker] = field(default_factory=list)

    def idle(self) -> Worker | None:
        """Return a process without work, or None when all have some or are starting."""
        while len(self.members) < self.size:
            self.members.append(self.hire())
        return next((worker for worker in self.members if worker.is_idle), None)

    @property
    def is_busy(self) -> bool:
        return any(worker.scene for worker in self.members)

    def outcomes(self) -> "Iterator[tuple[Scene, Outcome]]":
        """Wait until a process is heard or late; yield the scenes that are finished."""
        patience = min(worker.deadline for worker in self.members) - monotonic()
        heard = wait([worker.pipe for worker in self.members], max(patience, 0))
        for worker in list(self.members):
            if worker.pipe in heard:
                yield from self.finished(worker, worker.hear())
            # Who takes our results may have been slow, and a process have answered meanwhile.
            elif worker.deadline < monotonic() and not worker.pipe.poll():
                worker.end()
                yield from self.finished(worker, f"Was not read within {worker.limits.seconds:g} s.")

    def finished(self, worker: Worker, outcome: "Outcome | None") -> "Iterator[tuple[Scene, Outcome]]":
        """Take note of what a process did. Raises StacError when it could not even start."""
        if worker.is_ended:
            self.members.remove(worker)
        if not worker.is_started and outcome is not None:
            raise StacError(f"The processes that read rasters cannot start. {outcome}")
        worker.is_started = True
        scene, worker.scene = worker.scene, None
        if scene is not None and outcome is not None:
            yield scene, outcome

    def dismiss(self) -> None:
        """End all processes."""
        for worker in self.members:
            worker.end()
        self.members.clear()


@contextmanager
def without_main_module() -> Iterator[None]:
    """Hide the main script: ``spawn`` would run it again in the child, and ``django-admin`` imports Django."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
