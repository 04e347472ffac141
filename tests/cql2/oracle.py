"""What a filter means, worked out in Python: a second opinion that knows nothing of the database.

A row is a dict of what its document says; the answer is True, False, or None where nothing can be said.
"""

import datetime as dt
import re
import unicodedata
from decimal import Context, Decimal
from functools import reduce

from django_stac.cql2.queryables import Kind
from django_stac.cql2.tree import (
    ARRAYS,
    COMPARISONS,
    TEMPORAL,
    Array,
    Date,
    Interval,
    Operation,
    Property,
    Timestamp,
    Value,
)

KINDS = {
    "n": Kind.NUMBER, "m": Kind.NUMBER, "s": Kind.TEXT, "r": Kind.TEXT, "b": Kind.BOOLEAN, "c": Kind.BOOLEAN,
    "t": Kind.INSTANT, "u": Kind.INSTANT, "d": Kind.DATE, "a": Kind.ARRAY, "e": Kind.ARRAY,
    "x": Kind.ANY, "y": Kind.ANY, "datetime": Kind.PERIOD,
}  # fmt: skip
PYTHON = {Kind.NUMBER: (int, float), Kind.TEXT: (str,), Kind.BOOLEAN: (bool,), Kind.ARRAY: (list,)}
EXACT = Context(prec=400)
EARLY, LATE = (-1, None), (1, None)


def truth(node, row):
    """What a condition says of a row."""
    return node.value if isinstance(node, Value) else ANSWERS[node.op](node, row)


def is_null(node, row):
    (name,) = [arg.name for arg in node.args]
    return (row.get(name) if KINDS[name] is Kind.ANY else read(row, name, KINDS[name])) is None


def between(node, row):
    (held, low, high), kinds = node.args, kinds_of(node.args)
    return connected(False, [compare(">=", held, low, row, kinds), compare("<=", held, high, row, kinds)])


def is_in(node, row):
    held, listed = node.args
    kinds = kinds_of([held, *listed.members])
    return connected(True, [False, *(compare("=", held, each, row, kinds) for each in listed.members)])


def connected(decides, answers):
    if decides in answers:
        return decides
    return None if None in answers else not decides


def opposite(answer):
    return None if answer is None else not answer


# Values


def kind(node):
    match node:
        case Property(name=name):
            return KINDS[name]
        case Date():
            return Kind.DATE
        case Timestamp():
            return Kind.INSTANT
        case Operation(op=op):
            return Kind.TEXT if op in ("casei", "accenti") else Kind.NUMBER
    return Kind.BOOLEAN if isinstance(node.value, bool) else Kind.TEXT if isinstance(node.value, str) else Kind.NUMBER


def read(row, name, wanted):
    held = row.get(name)
    if wanted is Kind.PERIOD:
        return held
    if wanted in (Kind.INSTANT, Kind.DATE):
        return moment_of(held, wanted)
    fits = isinstance(held, PYTHON[wanted]) and isinstance(held, bool) == (wanted is Kind.BOOLEAN)
    return (Decimal(str(held)) if wanted is Kind.NUMBER else held) if fits else None


def moment_of(held, wanted):
    try:
        if not isinstance(held, str) or (len(held) == 10) != (wanted is Kind.DATE):
            return None
        return dt.date.fromisoformat(held) if wanted is Kind.DATE else dt.datetime.fromisoformat(held)
    except ValueError:
        return None


def value(node, row, wanted):
    match node:
        case Property(name=name):
            return read(row, name, wanted)
        case Array(members=members):
            return [value(member, row, Kind.TEXT) for member in members]
        case Operation(op="casei", args=(arg,)):
            text = value(arg, row, Kind.TEXT)
            return None if text is None else text.casefold()
        case Operation(op="accenti", args=(arg,)):
            return bare(value(arg, row, Kind.TEXT))
        case Operation(op=op, args=args):
            return calculated(op, *(value(arg, row, Kind.NUMBER) for arg in args))
    return Decimal(str(node.value)) if kind(node) is Kind.NUMBER else node.value


def bare(text):
    if text is None:
        return None
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(sign for sign in apart if not 0x300 <= ord(sign) <= 0x36F))


def calculated(op, left, right):
    if left is None or right is None or (op in ("/", "%", "div") and right == 0):
        return None
    work_out = {"+": EXACT.add, "-": EXACT.subtract, "*": EXACT.multiply, "/": EXACT.divide, "%": EXACT.remainder,
                "div": EXACT.divide_int}  # fmt: skip
    return work_out[op](left, right)


# Conditions


def kinds_of(nodes):
    return set(map(kind, nodes)) - {Kind.ANY}


def compare(op, left, right, row, kinds):
    if kinds & {Kind.INSTANT, Kind.DATE, Kind.PERIOD}:
        return ordered(op, moment(left, row), moment(right, row))
    if not kinds:
        answers = [ordered(op, value(left, row, each), value(right, row, each))
                   for each in (Kind.TEXT, Kind.NUMBER, Kind.BOOLEAN)]  # fmt: skip
        return next((answer for answer in answers if answer is not None), None)
    (wanted,) = kinds
    return ordered(op, value(left, row, wanted), value(right, row, wanted))


def ordered(op, left, right):
    if left is None or right is None:
        return None
    if isinstance(left, tuple) and isinstance(right, tuple):
        if "perhaps" in (left[0], right[0]):
            if left[0] == right[0] or not all(type(each) is dt.date for _, each in (left, right)):
                return None
            left, right = left[1:], right[1:]
        else:
            left, right = as_days(left, right)
    return {"=": left == right, "<>": left != right, "<": left < right, "<=": left <= right,
            ">": left > right, ">=": left >= right}[op]  # fmt: skip


def like(text, pattern):
    if text is None or pattern is None:
        return None
    parts = re.findall(r"\\.|.", pattern, re.DOTALL)
    signs = {"%": ".*", "_": "."}
    return bool(re.fullmatch("".join(signs.get(part) or re.escape(part[-1]) for part in parts), text, re.DOTALL))


def of_sets(op, left, right):
    if left is None or right is None:
        return None
    left, right = (set(map(member, members)) for members in (left, right))
    return {"a_contains": left >= right, "a_containedBy": left <= right, "a_equals": left == right,
            "a_overlaps": bool(left & right)}[op]  # fmt: skip


def member(held):
    """A JSON value as one that can stand in a set; 1 and 1.0 are one number."""
    match held:
        case list():
            return tuple(map(member, held))
        case dict():
            return frozenset((name, member(each)) for name, each in held.items())
    return (type(held), held) if isinstance(held, bool | str) else held


# Times: a moment is (-1, None), (0, a date or datetime) or (1, None); a day of which nobody says that it is one is
# ("perhaps", day), and counts beside days alone


def moment(node, row):
    match node:
        case None:
            return None
        case Date(day=day):
            return (0, day)
        case Timestamp(instant=instant):
            return (0, instant)
        case Property(name="datetime"):
            return (0, row["datetime"][0])
        case Property(name=name) if KINDS[name] is Kind.ANY and read(row, name, Kind.DATE):
            return ("perhaps", read(row, name, Kind.DATE))
        case Property(name=name) if KINDS[name] is Kind.ANY:
            found = read(row, name, Kind.INSTANT)
        case Property(name=name):
            found = read(row, name, KINDS[name])
    return None if found is None else (0, found)


def span(node, row):
    if isinstance(node, Interval):
        start = EARLY if node.start is None else moment(node.start, row)
        return start, LATE if node.end is None else moment(node.end, row)
    if node == Property("datetime"):
        _, *ends = row["datetime"]
        return tuple((0, end) for end in ends)
    return (moment(node, row),) * 2


def as_days(left, right):
    values = left[1], right[1]
    if any(type(each) is dt.date for each in values):
        return tuple((rank, each.date() if isinstance(each, dt.datetime) else each or dt.date.min)
                     for rank, each in (left, right))  # fmt: skip
    early = dt.datetime.min.replace(tzinfo=dt.UTC)
    return tuple((rank, each or early) for rank, each in (left, right))


def of_spans(op, left, right):
    (l0, l1), (r0, r1) = left, right
    asked = {
        "t_after": [(">", l0, r1)], "t_before": [("<", l1, r0)], "t_meets": [("=", l1, r0)], "t_metBy": [("=", l0, r1)],
        "t_intersects": [("<=", l0, r1), (">=", l1, r0)], "t_disjoint": [("<=", l0, r1), (">=", l1, r0)],
        "t_equals": [("=", l0, r0), ("=", l1, r1)], "t_contains": [("<", l0, r0), (">", l1, r1)],
        "t_during": [(">", l0, r0), ("<", l1, r1)], "t_finishes": [(">", l0, r0), ("=", l1, r1)],
        "t_finishedBy": [("<", l0, r0), ("=", l1, r1)], "t_overlaps": [("<", l0, r0), (">", l1, r0), ("<", l1, r1)],
        "t_overlappedBy": [(">", l0, r0), ("<", l0, r1), (">", l1, r1)], "t_starts": [("=", l0, r0), ("<", l1, r1)],
        "t_startedBy": [("=", l0, r0), (">", l1, r1)],
    }[op]  # fmt: skip
    answer = reduce(lambda so_far, each: connected(False, [so_far, ordered(*each)]), asked, True)
    return opposite(answer) if op == "t_disjoint" else answer


ANSWERS = {
    "and": lambda node, row: connected(False, [truth(arg, row) for arg in node.args]),
    "or": lambda node, row: connected(True, [truth(arg, row) for arg in node.args]),
    "not": lambda node, row: opposite(truth(node.args[0], row)),
    "isNull": is_null,
    "between": between,
    "in": is_in,
    "like": lambda node, row: like(*(value(arg, row, Kind.TEXT) for arg in node.args)),
    **dict.fromkeys(COMPARISONS, lambda node, row: compare(node.op, *node.args, row, kinds_of(node.args))),
    **dict.fromkeys(ARRAYS, lambda node, row: of_sets(node.op, *(value(arg, row, Kind.ARRAY) for arg in node.args))),
    **dict.fromkeys(TEMPORAL, lambda node, row: of_spans(node.op, *(span(arg, row) for arg in node.args))),
}
