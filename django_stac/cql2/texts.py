"""Texts in conditions: LIKE, and comparison without regard to case or accents (OGC 21-065r2 §7.1 to §7.3)."""

import re
from typing import TYPE_CHECKING

from django_stac.cql2.expressions import TEXT, Fill, Sql, text
from django_stac.cql2.literals import sound
from django_stac.cql2.queryables import Kind
from django_stac.cql2.tree import CQL2Error, Node, Operation, Value

if TYPE_CHECKING:
    from django_stac.cql2.compile import Compiler

COLLATION = "und-x-icu"
"""Where case is that of all scripts."""
# Literals are folded by the database, too: both sides agree, whatever version of Unicode it knows.
FOLDED = f"""(translate(replace(lower({{}} COLLATE "{COLLATION}"), 'ß', 'ss'), 'ς', 'σ') COLLATE "C")"""  # noqa: RUF001
# The marks of Latin, Greek and Cyrillic; those that other scripts need to be read stay.
BARE = r"""(normalize(regexp_replace(normalize({}, NFD), '[\u0300-\u036f]', '', 'g'), NFC) COLLATE "C")"""

_OPEN_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")


def literal(node: Value) -> Fill:
    return text(sound(str(node.value), node.place))


def casei(compiler: "Compiler", node: Operation) -> Sql:
    return Sql(FOLDED, compiler.term(node.args[0], Kind.TEXT), output=TEXT)


def accenti(compiler: "Compiler", node: Operation) -> Sql:
    return Sql(BARE, compiler.term(node.args[0], Kind.TEXT), output=TEXT)


def like(compiler: "Compiler", node: Operation) -> Sql:
    r"""Match a pattern in which ``%`` is any text, ``_`` any character and ``\`` takes the next one as it is."""
    held, pattern = node.args
    refuse_open_escape(pattern)
    return Sql("({} LIKE {})", compiler.term(held, Kind.TEXT), compiler.term(pattern, Kind.TEXT))


def refuse_open_escape(pattern: Node) -> None:
    while isinstance(pattern, Operation) and pattern.op in ("casei", "accenti"):
        pattern = pattern.args[0]
    if not isinstance(pattern, Value):
        raise CQL2Error("the pattern of like is a text, or casei or accenti of one.", pattern.place)
    if _OPEN_ESCAPE.search(str(pattern.value)):
        raise CQL2Error("a pattern must not end in the middle of an escape: write \\\\ for a backslash.", pattern.place)
