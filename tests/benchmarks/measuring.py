"""How long answers take: one client with one open connection, all queries in turn, several rounds."""

import http.client
import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlsplit

from tests.benchmarks.queries import Query, Request
from tests.benchmarks.raw import Raw
from tests.benchmarks.serving import HOST, MOUNT

SECONDS = 1.0
"""How long one query is asked in one round."""
LEAST = 3
"""How often it is asked at least."""
WARM_UP = 8
"""Answers that are not counted: every worker has then made its connection."""


class WrongAnswer(Exception):
    """The server answered with something that is no measurement."""


@dataclass(slots=True, kw_only=True)
class Measurement:
    """The figures of one query over all rounds; seconds, but for ``bytes``."""

    query: Query
    seconds: list[float] = field(default_factory=list)
    raw_seconds: list[float] = field(default_factory=list)
    bare_seconds: list[float] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Milliseconds and kilobytes; the ratios are None where plain SQL cannot ask.

        ``ratio`` is how many times longer a page takes than hand-written SQL takes to fetch its documents,
        ``ratio_bare`` than the same documents take when the same server sends them.
        """
        raw, bare = milliseconds(self.raw_seconds), milliseconds(self.bare_seconds)
        p50 = median(self.seconds) * 1000
        return {
            "query": self.query.name,
            "about": self.query.about,
            "p50_ms": p50,
            "p95_ms": quantiles(self.seconds, n=20)[-1] * 1000,
            "kilobytes": median(self.bytes) / 1000,
            "raw_ms": raw,
            "bare_ms": bare,
            "ratio": p50 / raw if raw else None,
            "ratio_bare": p50 / bare if bare else None,
            "answers": len(self.seconds),
        }


def milliseconds(seconds: list[float]) -> float | None:
    return median(seconds) * 1000 if seconds else None


class Client:
    """One connection that is kept open."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection(HOST, port, timeout=120)

    def walk(self, request: Request, pages: int) -> tuple[float, int]:
        """Fetch so many pages; return seconds, without those of looking for the next link, and bytes."""
        path, seconds, size = f"{MOUNT}{request.path}", 0.0, 0
        for number in range(pages):
            started = time.perf_counter()
            answer = self.fetch(path, request.body)
            seconds, size = seconds + time.perf_counter() - started, size + len(answer)
            if number + 1 < pages and not (path := next_path(answer)):
                break
        return seconds, size

    def ask(self, request: Request) -> float:
        """Ask the bare server; return seconds."""
        body, started = json.dumps(request.asks).encode(), time.perf_counter()
        self.fetch("/", body)
        return time.perf_counter() - started

    def fetch(self, path: str, body: bytes | None) -> bytes:
        """Return the body of an answer with status 200. Raises WrongAnswer."""
        method, headers = ("GET", {}) if body is None else ("POST", {"Content-Type": "application/json"})
        try:
            self.connection.request(method, path, body, headers)
            with self.connection.getresponse() as response:
                answer = response.read()
        except (OSError, http.client.HTTPException) as error:
            raise WrongAnswer(f"{method} {path} {body!r}: {error!r}") from error
        if response.status != 200:
            raise WrongAnswer(f"{method} {path} {body!r}: {response.status} {answer[:500]!r}")
        return answer


def next_path(answer: bytes) -> str:
    """The path and query of the next page; empty on the last one."""
    for link in json.loads(answer)["links"]:
        if link["rel"] == "next":
            return "{0.path}?{0.query}".format(urlsplit(link["href"]))
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who is asked: the site, and what it is compared with."""

    site: Client
    bare: Client
    raw: Raw


def measured(queries: Iterable[Query], asked: Asked, rounds: int) -> list[Measurement]:
    """Ask every query in every round, so that a slow minute of the machine is shared by all."""
    measurements = [Measurement(query=query) for query in queries]
    waiting = [cycle(measurement.query.requests) for measurement in measurements]
    for measurement, requests in zip(measurements, waiting, strict=True):
        warm_up(measurement.query, asked, requests)
    for _ in range(rounds):
        for measurement, requests in zip(measurements, waiting, strict=True):
            measure(measurement, asked, requests)
    return measurements


def warm_up(query: Query, asked: Asked, requests: Iterator[Request]) -> None:
    for _ in range(WARM_UP):
        request = next(requests)
        asked.site.walk(request, min(query.pages, 2))
        if query.comparable:
            asked.bare.ask(request)
            asked.raw.ask(request)


def measure(measurement: Measurement, asked: Asked, requests: Iterator[Request]) -> None:
    """One round of one query."""
    query = measurement.query
    for _ in enough():
        request = next(requests)
        seconds, size = asked.site.walk(request, query.pages)
        measurement.seconds.append(seconds)
        measurement.bytes.append(size)
        if query.comparable:
            measurement.bare_seconds.append(asked.bare.ask(request))
            measurement.raw_seconds.append(asked.raw.ask(request))


def enough() -> Iterator[int]:
    """Count while there is time, three times at least."""
    deadline, number = time.monotonic() + SECONDS, 0
    while number < LEAST or time.monotonic() < deadline:
        yield number
        number += 1
