"""``python -m tests.benchmarks``: an invented archive is loaded and questioned, and the figures are printed.

DATABASE_URL names the server; the benchmark makes a database of its own there. Settings of the site are measured with
``DJANGO_STAC='{"COUNT_BOUND": 0}'`` and the like.
"""

import argparse
import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tests.benchmarks import database
from tests.benchmarks.dataset import Dataset
from tests.benchmarks.measuring import Asked, Client, WrongAnswer, measured
from tests.benchmarks.queries import Query, queries
from tests.benchmarks.raw import Raw
from tests.benchmarks.serving import ALLOCATOR, BARE, ServerDied, served


def arguments(given: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=positive, default=100_000, help="size of the archive (%(default)s)")
    parser.add_argument("--seed", type=int, default=7, help="which archive (%(default)s)")
    parser.add_argument("--rounds", type=positive, default=3, help="of a second for each query (%(default)s)")
    parser.add_argument("--only", type=lambda text: text.split(","), metavar="a,b", help="these queries alone")
    parser.add_argument("--keep", action="store_true", help="keep the database, so that the next run need not load")
    parser.add_argument("--json", action="store_true", help="figures as JSON on stdout")
    return parser.parse_args(given)


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1; got {number}")
    return number


def chosen(dataset: Dataset, only: Sequence[str] | None) -> list[Query]:
    """The queries named on the command line; exits when there is no such query."""
    known = {query.name: query for query in queries(dataset)}
    if unknown := set(only or ()) - known.keys():
        sys.exit(f"there is no query {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    return [query for name, query in known.items() if only is None or name in only]


@contextmanager
def filled(url: str, dataset: Dataset, *, keep: bool) -> Iterator[dict[str, Any] | None]:
    """Give the figures of the load, None when the database was kept by an earlier run; drop it unless it is kept."""
    kept = database.stands(url, items=dataset.total, seed=dataset.seed)
    try:
        yield None if kept else fill(url, dataset)
    finally:
        if not keep:
            database.drop(url)


def fill(url: str, dataset: Dataset) -> dict[str, Any]:
    """Load the archive into a new database."""
    database.create(url)
    os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "example_project.settings"}
    import django

    django.setup()
    from tests.benchmarks.loading import load

    loading = load(dataset, lambda done: say(f"\rloaded {done} of {dataset.total} items"))
    database.finish(url, items=dataset.total, seed=dataset.seed)
    return loading.as_dict()


@contextmanager
def answering(url: str) -> Iterator[Asked]:
    """Start what is asked. Raises ServerDied."""
    with served(url) as site, served(url, BARE) as bare, database.connected(url) as raw:
        yield Asked(site=Client(site), bare=Client(bare), raw=Raw(raw))


def say(text: str) -> None:
    """Show progress to a person who watches."""
    if sys.stderr.isatty():
        sys.stderr.write(text)
        sys.stderr.flush()


def table(load: dict[str, Any] | None, rows: Sequence[dict[str, Any]]) -> str:
    """The figures for people."""
    names = ("p50 ms", "p95 ms", "KB", "raw ms", "ratio", "bare ms", "ratio")
    lines = [f"{'query':8} {' '.join(f'{name:>8}' for name in names)}  about"]
    for row in rows:
        columns = ("p50_ms", "p95_ms", "kilobytes", "raw_ms", "ratio", "bare_ms", "ratio_bare")
        figures = ("" if row[name] is None else f"{row[name]:.2f}" for name in columns)
        lines.append(f"{row['query']:8} {' '.join(f'{figure:>8}' for figure in figures)}  {row['about']}")
    if load:
        lines.append("load     " + ", ".join(f"{name.replace('_', ' ')} {value:g}" for name, value in load.items()))
    return "\n".join(lines) + "\n"


def keep_memory() -> None:
    """Start anew where the C library would give the memory of every page back: it reads its settings once."""
    if not ALLOCATOR.items() <= os.environ.items():
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, **ALLOCATOR})


def leave(number: int, frame: object) -> None:
    sys.exit(128 + number)


def main(given: Sequence[str]) -> int:
    """Load, serve, ask, print."""
    options = arguments(given)
    if not os.environ.get("DATABASE_URL"):
        sys.exit("DATABASE_URL is not set: `make benchmark` finds a database by itself")
    signal.signal(signal.SIGTERM, leave)
    dataset = Dataset(total=options.items, seed=options.seed)
    asked = chosen(dataset, options.only)
    url = database.url_for(os.environ["DATABASE_URL"], options.items)
    try:
        with filled(url, dataset, keep=options.keep) as load, answering(url) as servers:
            rows = [each.as_dict() for each in measured(asked, servers, options.rounds)]
    except (database.ForeignDatabase, ServerDied, WrongAnswer) as error:
        sys.exit(str(error))
    sys.stdout.write(json.dumps({"load": load, "queries": rows}, indent=2) if options.json else table(load, rows))
    return 0


if __name__ == "__main__":
    keep_memory()
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
