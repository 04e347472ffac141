"""The text encoding of a filter, read in one pass (OGC 21-065r2, Annex B). How close operators bind is in ``stack``."""

from collections.abc import Callable
from enum import Enum, auto

from django_stac.cql2 import grammar, literals
from django_stac.cql2.limits import Tally, check_depth, too_deep
from django_stac.cql2.text import wkt
from django_stac.cql2.text.stack import BINDING, Stack
from django_stac.cql2.text.tokens import Tokens
from django_stac.cql2.tree import ARRAYS, MAX_DEPTH, Array, BBox, CQL2Error, Interval, Node, Value

MAX_LENGTH = 65_536
"""Characters of a filter."""

_TRUTH = {"TRUE": True, "FALSE": False}
_RESERVED = frozenset({"AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL", "DIV"})


class Single(Enum):
    """What one expression alone in parentheses is, where it stands for a whole argument."""

    GROUP = auto()
    LIST = auto()
    EITHER = auto()
    """A group where it may be one: a sum or a condition; a text, say, has no parentheses but those of a list."""


def parse(text: str) -> Node:
    """Read a filter. Raises CQL2Error with the position of the character."""
    if len(text) > MAX_LENGTH:
        raise CQL2Error(f"a filter has at most {MAX_LENGTH} characters; got {len(text)}.")
    for bad in literals.UNSOUND.finditer(text):
        literals.sound(bad[0], bad.start())
    reader = _Reader(text)
    node = reader.expression()
    if reader.tokens.kind != "end":
        raise reader.tokens.unexpected("an operator or the end")
    check_depth(node)
    return grammar.condition(node)


def _is_list(single: Single, node: Node) -> bool:
    return single is Single.LIST or (single is Single.EITHER and grammar.gives(node).isdisjoint(grammar.GROUPED))


class _Reader:
    """Reads one filter."""

    def __init__(self, text: str) -> None:
        self.tokens = Tokens(text)
        self.tally = Tally()
        self.depth = 0

    def expression(self, single: Single = Single.GROUP) -> Node:
        """Read operands and the operators around them, as far as they go."""
        stack = Stack(self.tally)
        while True:
            self.prefixes(stack)
            stack.operand(self.operand(single if stack.is_empty else Single.GROUP))
            if not self.operators(stack):
                return stack.finish()

    def prefixes(self, stack: Stack) -> None:
        tokens = self.tokens
        while tokens.word == "NOT" or (tokens.word == "-" and tokens.following() != "number"):
            stack.prefix(tokens.word, tokens.start)
            tokens.advance()

    def operators(self, stack: Stack) -> bool:
        """Pass the operators behind an operand; tell whether another operand has to follow."""
        tokens = self.tokens
        while True:
            start, negated = tokens.start, tokens.skip("NOT")
            word = tokens.word
            if word in (("LIKE", "BETWEEN") if negated else BINDING):
                stack.infix(word, start, negated=negated)
                tokens.advance()
                return True
            if tokens.skip("IN"):
                opening = tokens.start
                members, _ = self.members(Single.GROUP)
                stack.postfix("in", start, Array(members, opening), negated=negated)
            elif negated:
                raise tokens.unexpected("LIKE, BETWEEN or IN")
            elif tokens.skip("IS"):
                negated = tokens.skip("NOT")
                tokens.expect("NULL")
                stack.postfix("isNull", start, negated=negated)
            else:
                return False

    def operand(self, single: Single) -> Node:
        tokens, start = self.tokens, self.tokens.start
        self.tally.node(start)
        if tokens.word == "(":
            return self.parenthesis(single)
        if tokens.kind in ("name", "quoted"):
            return self.name()
        if tokens.kind == "text":
            return Value(tokens.text(), start)
        if tokens.kind == "number" or tokens.word in ("+", "-"):
            return Value(tokens.number(), start)
        raise tokens.unexpected("a value, a name or a parenthesis")

    def parenthesis(self, single: Single) -> Node:
        start = self.tokens.start
        members, ends_open = self.members(Single.GROUP if single is Single.GROUP else Single.EITHER, may_end_open=True)
        is_whole = self.tokens.word in (",", ")")
        if len(members) == 1 and not ends_open and not (is_whole and _is_list(single, members[0])):
            return members[0]
        return Array(members, start)

    def members(self, single: Single, *, may_end_open: bool = False) -> tuple[tuple[Node, ...], bool]:
        """Read a parenthesis of any number of expressions; tell whether a comma stands behind the only one."""
        self.open()
        members: list[Node] = []
        comma = False
        while self.tokens.word != ")":
            members.append(self.expression(single))
            comma = self.tokens.skip(",")
            if not comma:
                break
            if self.tokens.word == ")" and not (may_end_open and len(members) == 1):
                raise self.tokens.unexpected("a value after the comma")
        if self.tokens.word != ")":
            raise self.tokens.unexpected("an operator, ',' or ')'")
        self.close()
        return tuple(members), comma

    def open(self) -> None:
        if self.depth == MAX_DEPTH:
            raise too_deep(self.tokens.start)
        self.depth += 1
        self.tokens.expect("(")

    def close(self) -> None:
        self.tokens.expect(")")
        self.depth -= 1

    def name(self) -> Node:
        """Read what begins with a name: a property, a function, a literal with a keyword."""
        tokens = self.tokens
        word, start = tokens.word, tokens.start
        if word in _RESERVED:
            raise tokens.unexpected("a value (NULL is none: ask with IS NULL)" if word == "NULL" else "a value")
        name = tokens.name()
        if word in _TRUTH:
            return Value(_TRUTH[word], start)
        if word in wkt.KEYWORDS and tokens.word in ("(", "Z", "EMPTY"):
            return wkt.read(tokens, self.tally, word, start)
        if tokens.word != "(":
            return grammar.named(name, start)
        return _LITERALS[word](self, start) if word in _LITERALS else self.call(name, start)

    def call(self, name: str, start: int) -> Node:
        op = grammar.SPELLINGS.get(name.lower(), name)
        args, _ = self.members(Single.LIST if op in ARRAYS else Single.EITHER)
        return grammar.operation(op, args, start)

    def date(self, start: int) -> Node:
        return literals.date(self.only_text(), start)

    def timestamp(self, start: int) -> Node:
        return literals.timestamp(self.only_text(), start)

    def only_text(self) -> str:
        self.open()
        text = self.tokens.text()
        self.close()
        return text

    def interval(self, start: int) -> Interval:
        self.open()
        first = self.end()
        self.tokens.expect(",")
        last = self.end()
        self.close()
        return grammar.interval(first, last, start)

    def end(self) -> Node | None:
        start = self.tokens.start
        return literals.end(self.tokens.text(), start) if self.tokens.kind == "text" else self.expression()

    def bbox(self, start: int) -> BBox:
        self.open()
        numbers = [self.tokens.number()]
        while self.tokens.skip(","):
            numbers.append(self.tokens.number())
        self.close()
        return literals.bbox(numbers, start)


_LITERALS: dict[str, Callable[[_Reader, int], Node]] = {
    "DATE": _Reader.date,
    "TIMESTAMP": _Reader.timestamp,
    "INTERVAL": _Reader.interval,
    "BBOX": _Reader.bbox,
}

KEYWORDS = frozenset({*_RESERVED, *_TRUTH, *wkt.KEYWORDS, *_LITERALS, *map(str.upper, grammar.SPELLINGS)})
"""Words that name a property in quotes only; those that a parenthesis follows (DATE, POINT) are read without, too."""
