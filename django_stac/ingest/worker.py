"""The inner side of a reading process: scene after scene, within limits. It imports no Django and opens no database.

What starts, feeds and ends these processes is in ``workers``.
"""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from django_stac.raster.discover import Scene
    from django_stac.raster.item import Reading, ReadOptions

    Reader = Callable[[Scene, ReadOptions], Reading]
    Outcome = Reading | str
    Pipe = Connection[Any, Any]

GRACE = 10.0
"""Seconds after which a process ends itself, when nobody has ended it at its limit."""

# GDAL's cache would take 5 % of the machine's memory, which may be more than the limit; threads reserve address space.
WITHIN_LIMITS = {"GDAL_CACHEMAX": "256", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one scene may take."""

    seconds: float
    memory: int
    """Bytes of address space; where the system knows no such limit, none is set."""


def serve(pipe: "Pipe", limits: Limits) -> None:
    """Take a reader and its options, answer None, then answer each scene with a Reading or a sentence."""
    retire_from_terminal()
    restrict(limits)
    with suppress(EOFError, BrokenPipeError):
        try:
            reader, options = pipe.recv()
        except Exception as error:
            pipe.send(f"{type(error).__name__}: {error}")
            return
        pipe.send(None)
        while True:
            pipe.send(outcome_of(pipe.recv(), reader, options, limits))


def retire_from_terminal() -> None:
    """Leave Ctrl-C to the parent, and the output, which may be JSON, to it as well: GDAL prints what it likes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def restrict(limits: Limits) -> None:
    """Limit the memory of this process, leave no core behind, and keep its libraries within that."""
    for name, value in WITHIN_LIMITS.items():
        os.environ.setdefault(name, value)
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    _, most = resource.getrlimit(resource.RLIMIT_AS)
    memory = limits.memory if most == resource.RLIM_INFINITY else min(limits.memory, most)
    # macOS refuses a limit below what the process has mapped already.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def outcome_of(scene: "Scene", reader: "Reader", options: "ReadOptions", limits: Limits) -> "Outcome":
    """Read one scene; whatever is raised becomes a sentence."""
    set_alarm(limits.seconds + GRACE)
    try:
        return reader(scene, options)
    except MemoryError:
        return f"Needs more than {limits.memory // 2**20} MiB of memory."
    except Exception as error:
        return message_of(error)
    finally:
        set_alarm(0)


def set_alarm(seconds: float) -> None:
    """Let the system end this process later, even if it hangs and its parent is gone; 0 calls it off."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def message_of(error: Exception) -> str:
    """Our own errors are sentences; of others the type is part of what they say."""
    from django_stac.exceptions import StacError  # noqa: PLC0415 - after the limits are set

    return str(error) if isinstance(error, StacError) else f"{type(error).__name__}: {error}"
