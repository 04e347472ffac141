"""Times in conditions (OGC 21-065r2 §7.5): instants, days and closed intervals of them.

Where one of two times is a day, days are compared, in UTC. An item with a range has its range as its time in the
temporal functions, as in the ``datetime`` parameter; comparisons and orders see ``datetime`` alone.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from django.db.models import F

from django_stac.cql2.columns import day_of, instant_of
from django_stac.cql2.expressions import TEXT, Fill, Sql, joined, negated
from django_stac.cql2.kinds import mismatch
from django_stac.cql2.literals import date, shown
from django_stac.cql2.moments import (
    Day,
    Endless,
    Instant,
    Moment,
    OpenStamp,
    Stamp,
    StoredDay,
    StoredInstant,
    StoredTime,
    compare,
    one_of,
)
from django_stac.cql2.queryables import Kind
from django_stac.cql2.tree import CQL2Error, Date, Interval, Node, Operation, Property, Timestamp, Value
from django_stac.spec.datetimes import parse_instant

if TYPE_CHECKING:
    from django_stac.cql2.compile import Compiler

Span: TypeAlias = tuple[Moment, Moment]
"""Start and end of a closed interval, twice the same for an instant."""

INTERSECTS = (("start", "<=", "end"), ("end", ">=", "start"))
RELATIONS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "t_after": (("start", ">", "end"),),
    "t_before": (("end", "<", "start"),),
    "t_contains": (("start", "<", "start"), ("end", ">", "end")),
    "t_disjoint": INTERSECTS,
    "t_during": (("start", ">", "start"), ("end", "<", "end")),
    "t_equals": (("start", "=", "start"), ("end", "=", "end")),
    "t_finishedBy": (("start", "<", "start"), ("end", "=", "end")),
    "t_finishes": (("start", ">", "start"), ("end", "=", "end")),
    "t_intersects": INTERSECTS,
    "t_meets": (("end", "=", "start"),),
    "t_metBy": (("start", "=", "end"),),
    "t_overlappedBy": (("start", ">", "start"), ("start", "<", "end"), ("end", ">", "end")),
    "t_overlaps": (("start", "<", "start"), ("end", ">", "start"), ("end", "<", "end")),
    "t_startedBy": (("start", "=", "start"), ("end", ">", "end")),
    "t_starts": (("start", "=", "start"), ("end", "<", "end")),
}
"""What each function asks of the ends of its two arguments; t_disjoint is the opposite of what it asks."""
OF_INSTANTS = frozenset({"t_after", "t_before", "t_disjoint", "t_equals", "t_intersects"})
"""Functions that take instants as well as intervals."""
READABLE = "substring({} FROM '^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:.*)?$')"


def comparison(compiler: "Compiler", op: str, left: Node, right: Node) -> Sql:
    """Compare two times by an operator such as ``<``. Raises CQL2Error."""
    return compare(moment(compiler, left), op, moment(compiler, right))


def is_in(compiler: "Compiler", held: Node, members: Sequence[Node]) -> Sql:
    """Whether a time is one of several. Raises CQL2Error."""
    return one_of(moment(compiler, held), [moment(compiler, member) for member in members])


def relation(compiler: "Compiler", node: Operation) -> Sql:
    """Compile a temporal function. Raises CQL2Error."""
    for arg in node.args:
        refuse_instant(compiler, node.op, arg)
    period = compiler.target.columns.period
    if not period.has_instants or not any(is_period(compiler, arg) for arg in node.args):
        return related(node.op, *(span(compiler, arg, is_range=True) for arg in node.args))
    # Two alternatives, as the indexes have them: instants, and the fewer rows with a range.
    of_instants, of_ranges = (
        related(node.op, *(span(compiler, arg, is_range=is_range) for arg in node.args)) for is_range in (False, True)
    )
    end = F(period.end)
    return Sql("(({} IS NULL AND {}) OR ({} IS NOT NULL AND {}))", end, of_instants, end, of_ranges)


def related(op: str, left: Span, right: Span) -> Sql:
    ends = {"start": 0, "end": 1}
    asked = dict.fromkeys((left[ends[here]], sign, right[ends[there]]) for here, sign, there in RELATIONS[op])
    condition = joined("AND", [compare(*each) for each in asked])
    return negated(condition) if op == "t_disjoint" else condition


def refuse_instant(compiler: "Compiler", op: str, node: Node) -> None:
    if op in OF_INSTANTS or isinstance(node, Interval) or is_period(compiler, node):
        return
    raise CQL2Error(f"{op} compares intervals; for instants there are {', '.join(sorted(OF_INSTANTS))}.", node.place)


def is_period(compiler: "Compiler", node: Node) -> bool:
    return isinstance(node, Property) and compiler.kind(node) is Kind.PERIOD


def span(compiler: "Compiler", node: Node, *, is_range: bool) -> Span:
    """Find the ends of a time; ``is_range`` tells whether the row has a range. Raises CQL2Error."""
    if isinstance(node, Interval):
        return end(compiler, node.start, Endless(is_future=False)), end(compiler, node.end, Endless(is_future=True))
    if is_period(compiler, node) and is_range:
        return range_of_row(compiler)
    here = moment(compiler, node)
    return here, here


def range_of_row(compiler: "Compiler") -> Span:
    period = compiler.target.columns.period
    if period.has_instants:
        return Stamp(F(period.start)), Stamp(F(period.end))
    past, future = Endless(is_future=False), Endless(is_future=True)
    return OpenStamp(Stamp(F(period.start)), past), OpenStamp(Stamp(F(period.end)), future)


def end(compiler: "Compiler", node: Node | None, endless: Endless) -> Moment:
    return endless if node is None else moment(compiler, node)


def moment(compiler: "Compiler", node: Node) -> Moment:
    """Find the one moment that a node is. Raises CQL2Error."""
    if isinstance(node, Date):
        return Day(node.day)
    if isinstance(node, Timestamp):
        return Instant(node.instant)
    if isinstance(node, Property):
        return moment_of_property(compiler, node)
    if isinstance(node, Value) and isinstance(node.value, str):
        return moment_of_text(node.value, node)
    raise mismatch(node, compiler.kind(node), Kind.INSTANT)


def moment_of_property(compiler: "Compiler", node: Property) -> Moment:
    named = compiler.target.named(node)
    if named.kind is Kind.PERIOD:
        return Stamp(F(compiler.target.columns.period.moment))
    if named.kind is Kind.INSTANT:
        column = compiler.target.column(named.name)
        return Stamp(column.value) if column else StoredInstant(instant_of(named.name))
    if named.kind is Kind.DATE:
        return StoredDay(day_of(named.name))
    if named.kind is Kind.ANY:
        return StoredTime(named.name)
    raise mismatch(node, named.kind, Kind.INSTANT)


def moment_of_text(content: str, node: Node) -> Moment:
    """Take a text for the time that it writes: clients send times as plain texts, beside a property that is one."""
    try:
        return Day(date(content, node.place).day) if len(content) <= 10 else Instant(parse_instant(content))
    except ValueError:
        reason = f"a time such as 2020-02-29T12:00:00Z or 2020-02-29 is needed here; got {shown(content)}."
        raise CQL2Error(reason, node.place) from None


def written(compiler: "Compiler", node: Node) -> Fill:
    """Compile a time to its text, of which functions read parts: those are digits. Raises CQL2Error."""
    here = moment(compiler, node)
    if isinstance(here, StoredTime):
        return Sql(READABLE, here.any_text(), output=TEXT)
    return Sql(READABLE, here.day() if here.is_day else here.text(), output=TEXT)
