"""Many items of one collection, as one object or line by line: stored batch by batch, and each accounted for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import OperationalError, connections

from django_stac import transactions
from django_stac.api.outages import outage_of
from django_stac.api.writing.preconditions import digest_of
from django_stac.exceptions import DatabaseAway, InvalidDocument, InvalidParameter
from django_stac.spec.json_text import JSONTextError, loads
from django_stac.transactions import Incoming, Report
from django_stac.validation.problems import Problem, pointer_to

if TYPE_CHECKING:
    from django_stac.access import User
    from django_stac.api.parsers import Lines

METHODS = {"insert": False, "upsert": True}
"""Whether an item that stands is replaced."""
MEMBERS = ("items", "method", "if_match")
BATCH, BATCH_BYTES = 1_000, 16 * 2**20
"""Items, and bytes of lines, of one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What is to be stored; entries are read when they are needed, and what cannot be read is in the report."""

    entries: Iterable[tuple[Incoming, int]]
    """Items, and how many bytes they were."""
    replace: bool
    report: Report


def stored(load: Load, collection: str, *, using: str, actor: "User") -> Report:
    """Store a load in batches, each in one transaction, and return what became of every item."""
    report = load.report
    for batch in batches(load.entries):
        try:
            report += transactions.upsert_items(
                batch, collection=collection, replace=load.replace, using=using, actor=actor
            )
        except OperationalError as error:
            give_up(batch, error, report, using=using)
    return report


def give_up(batch: list[Incoming], error: OperationalError, report: Report, *, using: str) -> None:
    """Report a batch that the database gave up, for others are stored. Raises the error where it ends them all."""
    outage = None if connections[using].in_atomic_block else outage_of(error)
    was_away = any(failure.code == DatabaseAway.__name__ for failure in report.failures)
    # To look once a batch for a database that stays away could take hours.
    if outage is None or (was_away and isinstance(outage, DatabaseAway)):
        raise error
    for entry in batch:
        report.fail(entry.source, outage)


def batches(entries: Iterable[tuple[Incoming, int]]) -> Iterator[list[Incoming]]:
    batch, size = list[Incoming](), 0
    for entry, length in entries:
        batch.append(entry)
        size += length
        if len(batch) == BATCH or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


# One object


def from_body(body: Any) -> Load:
    """Read ``{"items": {id: item}, "method": "insert" | "upsert", "if_match": {id: tag}}``. Raises InvalidParameter."""
    if not isinstance(body, dict):
        raise InvalidParameter("items", "must be a member of an object.")
    if unknown := sorted(body.keys() - set(MEMBERS)):
        raise InvalidParameter(unknown[0], f"is no member; there are {', '.join(MEMBERS)}.", pointer=f"/{unknown[0]}")
    replace, items, tags = method_of(body), mapping(body, "items"), mapping(body, "if_match")
    if tags and not replace:
        raise InvalidParameter("if_match", "names states of items that stand: it needs the method upsert.")
    if strangers := sorted(tags.keys() - items.keys()):
        raise InvalidParameter(
            "if_match", f"names {strangers[0]!r}, which is not among the items.", pointer="/if_match"
        )
    report = Report()
    return Load(entries=entries_of(items, tags, report), replace=replace, report=report)


def entries_of(items: Mapping[str, Any], tags: Mapping[str, Any], report: Report) -> Iterator[tuple[Incoming, int]]:
    for name, document in items.items():
        if isinstance(document, dict) and document.get("id") != name:
            message = f"must be {name!r}, under which it stands here; got {document.get('id')!r}."
            report.fail(name, InvalidDocument([Problem("/id", message)], document_id=name))
        else:
            if_match = digest_of(str(tags[name])) if name in tags else None
            yield Incoming(document=document, source=name, if_match=if_match), 0


def mapping(body: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a member that is an object, empty when it may be absent and is. Raises InvalidParameter."""
    found = body.get(name, {} if name == "if_match" else None)
    if not isinstance(found, dict):
        raise InvalidParameter(name, "must be an object whose names are ids of items.", pointer=pointer_to([name]))
    return found


def method_of(given: Mapping[str, Any]) -> bool:
    """Whether items that stand are replaced. Raises InvalidParameter."""
    method = given.get("method", "insert")
    if not isinstance(method, str) or method not in METHODS:
        raise InvalidParameter("method", f"must be {' or '.join(METHODS)}.", pointer="/method")
    return METHODS[method]


# Lines


def from_lines(lines: "Lines", params: Mapping[str, str]) -> Load:
    """Read newline-delimited JSON, an item a line; ``method`` is a query parameter. Raises InvalidParameter."""
    report = Report()
    return Load(entries=entries_in(lines, report), replace=method_of(params), report=report)


def entries_in(lines: "Lines", report: Report) -> Iterator[tuple[Incoming, int]]:
    for number, line in lines:
        try:
            if line is None:
                raise JSONTextError("longer than this site takes (MAX_BODY)", "", 0)
            document = loads(line)
        except JSONTextError as error:
            report.fail(f"line {number}", InvalidDocument([Problem("", f"The line is not JSON: {error}")]))
            continue
        yield Incoming(document=document, source=f"line {number}"), len(line)
