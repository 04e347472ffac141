"""``python -m tests.benchmarks.bulk``: a hundred items of 30 kB in one POST, here and in stac-fastapi-pgstac.

Both servers run with one worker over databases of their own in the cluster of DATABASE_URL. They are asked in turn, so
that a slow minute of the machine is shared by both, and the ratio is the median of those of neighbours. Processor time
is that of the server and of its sessions in the database.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from math import inf
from statistics import mean, median
from typing import Any

import orjson

from tests.benchmarks import bulk_items
from tests.benchmarks.bulk_servers import PGSTAC, Refused, Server, ours, theirs
from tests.benchmarks.serving import ServerDied

KINDS = {"fresh": 0, "replaced": 1}
"""Revisions of the same items: the first must be new."""
STORED = ("created", "updated", "success")
"""Counts of the answers: two of ours, and theirs."""
WARM_UP = 3
"""Rounds that are not counted."""


@dataclass(slots=True, kw_only=True)
class Figures:
    """What one server took for requests of one kind, in the order of the rounds."""

    seconds: list[float] = field(default_factory=list)
    server: list[float] = field(default_factory=list)
    """Seconds of processor."""
    database: list[float] = field(default_factory=list)
    """The same of its sessions in the database."""

    @property
    def spent(self) -> list[float]:
        """Seconds of processor of both."""
        return [sum(both) for both in zip(self.server, self.database, strict=True)]

    def as_dict(self) -> dict[str, float]:
        """Milliseconds: the median on the clock, and the mean of the processor, which is counted in hundredths."""
        processor = {"server_cpu_ms": mean(self.server) * 1000, "database_cpu_ms": mean(self.database) * 1000}
        return {"p50_ms": median(self.seconds) * 1000, **processor}


Measured = dict[str, list[Figures]]
"""By kind: of each server in their order."""


def measured(servers: Sequence[Server], rounds: int) -> Measured:
    """Post the same bodies to every server in every round, in turn; who begins alternates."""
    for server in servers:
        server.post("collections", orjson.dumps(bulk_items.collection()))
    found: Measured = {kind: [Figures() for _ in servers] for kind in KINDS}
    for number in range(-WARM_UP, rounds):
        for kind, revision in KINDS.items():
            body = bulk_items.body((number + WARM_UP) * bulk_items.EACH, revision)
            for index in in_turn(len(servers), number):
                seconds, server, database = post(servers[index], body)
                if number >= 0:
                    found[kind][index].seconds.append(seconds)
                    found[kind][index].server.append(server)
                    found[kind][index].database.append(database)
    return found


def in_turn(many: int, number: int) -> Iterator[int]:
    return iter(range(many)) if number % 2 else reversed(range(many))


def post(server: Server, body: bytes) -> tuple[float, float, float]:
    """Seconds on the clock, and of processor here and in the database, of one request. Raises Refused."""
    before = server.spent()
    seconds, answer = server.post(f"collections/{bulk_items.COLLECTION}/bulk_items", body)
    after = server.spent()
    told = orjson.loads(answer)
    if sum(told.get(count, 0) for count in STORED) != bulk_items.EACH:
        raise Refused(f"{server.name} has not stored all: {answer[:500]!r}")
    return seconds, after[0] - before[0], after[1] - before[1]


def rows(found: Measured, names: Sequence[str]) -> list[dict[str, Any]]:
    """The figures of each kind and server; ``ratio`` is how many times longer it took than ours at the same time."""
    return [
        {"kind": kind, "server": name, **each.as_dict(), "ratio": ratio(figures[0].seconds, each.seconds)}
        | {"cpu_ratio": sum(each.spent) / (sum(figures[0].spent) or inf), "requests": len(each.seconds)}
        for kind, figures in found.items()
        for name, each in zip(names, figures, strict=True)
    ]


def ratio(of_ours: Sequence[float], others: Sequence[float]) -> float:
    """The median over the rounds."""
    return median(other / own for own, other in zip(of_ours, others, strict=True))


def table(figures: Sequence[dict[str, Any]]) -> str:
    """The figures for people."""
    lines = [f"{'items':10} {'server':20} {'p50 ms':>9} {'server':>9} {'database':>9} {'ratio':>6} {'of CPU':>6}"]
    for row in figures:
        processor = f"{row['server_cpu_ms']:9.1f} {row['database_cpu_ms']:9.1f}"
        times = f"{row['p50_ms']:9.1f} {processor} {row['ratio']:6.1f} {row['cpu_ratio']:6.1f}"
        lines.append(f"{row['kind']:10} {row['server']:20} {times}")
    return "\n".join(lines) + "\n"


def main(given: Sequence[str]) -> int:
    """Start what is compared, post, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bulk", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=20, help="of each kind of request (%(default)s)")
    parser.add_argument("--alone", action="store_true", help="without stac-fastapi-pgstac")
    parser.add_argument("--json", action="store_true", help="figures as JSON on stdout")
    options = parser.parse_args(given)
    url = os.environ.get("DATABASE_URL") or sys.exit("DATABASE_URL is not set: `make benchmark-bulk` finds a database")
    if not options.alone and not PGSTAC.is_dir():
        sys.exit(f"{PGSTAC} is missing: `make benchmark-bulk` installs stac-fastapi-pgstac, or give --alone")
    with ExitStack() as stack:
        try:
            servers = [stack.enter_context(ours(f"{url}_bulk_ours"))]
            servers += [] if options.alone else [stack.enter_context(theirs(f"{url}_bulk_theirs"))]
            figures = rows(measured(servers, options.rounds), [server.name for server in servers])
        except (ServerDied, Refused) as error:
            sys.exit(str(error))
    sys.stdout.write(json.dumps(figures, indent=2) if options.json else table(figures))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
