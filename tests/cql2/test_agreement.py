"""Our readers and writers agree with those of the cql2 package (Rust), where that one follows the standard."""

import json as stdlib_json

import cql2
from hypothesis import given

from django_stac.cql2 import grammar, json, text
from django_stac.cql2.tree import Array, BBox, Geometry, Interval, Operation, Property, Timestamp, Value
from tests.cql2.filters import filters

NAMES = ("a", "eo:cloud_cover", "b.c")


def tame(node):
    """Take out of a filter what cql2 0.6 reads or writes in its own way."""
    return TAMERS[type(node)](node) if type(node) in TAMERS else node


def tame_value(node):
    """Without escapes."""
    if isinstance(node.value, str):
        return Value(node.value.replace("\\", "/"))
    return node if isinstance(node.value, bool) else Value(short(node.value))


def tame_array(node):
    """Neither empty nor of one."""
    members = tuple(map(tame, node.members)) or (Value(1),)
    return Array(members if len(members) > 1 else members * 2)


def tame_operation(node):
    """Without div, which is written as a function, and chains of powers."""
    args = tuple(map(tame, node.args))
    op = node.op if node.op in grammar.SPELLINGS.values() else "f"
    if op == "div" or (op == "^" and any(isinstance(arg, Operation) and arg.op == "^" for arg in args)):
        op = "*"
    return Operation(op, args)


TAMERS = {
    Value: tame_value,
    Property: lambda node: Property(NAMES[len(node.name) % 3]),
    Timestamp: lambda node: Timestamp(node.instant.replace(microsecond=0)),
    BBox: lambda node: BBox(tuple(map(short, node.numbers))),
    Geometry: lambda node: Geometry(node.type, shortened(node.coordinates)),
    Array: tame_array,
    Interval: lambda node: Interval(*(end and tame(end) for end in (node.start, node.end))),
    Operation: tame_operation,
}


def short(number):
    """Cut a number: all are floats there, without exponents, and may be wrong in the last digit."""
    return round(number % 1e6, 3) if number > 0 else -round(-number % 1e6, 3)


def shortened(nested):
    if isinstance(nested, Geometry):
        return tame(nested)
    return tuple(map(shortened, nested)) if isinstance(nested, tuple) else short(nested)


@given(filters.map(tame))
def test_our_text_means_to_cql2_what_it_means_to_us(node):
    assert cql2.parse_text(text.write(node)).to_json() == json.write(node)


@given(filters.map(tame))
def test_our_json_means_to_cql2_what_it_means_to_us(node):
    theirs = cql2.parse_json(stdlib_json.dumps(json.write(node)))
    assert theirs.to_json() == json.write(node)
    assert json.write(text.parse(theirs.to_text())) == json.write(node)
