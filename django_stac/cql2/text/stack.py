"""Operands and the operators that wait for them: what binds closer comes first (OGC 21-065r2, Annex B)."""

from dataclasses import dataclass

from django_stac.cql2 import grammar
from django_stac.cql2.limits import Tally
from django_stac.cql2.tree import COMPARISONS, CQL2Error, Node, Value

OR, AND, NOT, COMPARISON, SUM, PRODUCT, POWER, SIGN = range(8)

BINDING = {
    "OR": OR,
    "AND": AND,
    **dict.fromkeys((*COMPARISONS, "!=", "LIKE", "BETWEEN"), COMPARISON),
    **dict.fromkeys("+-", SUM),
    **dict.fromkeys(("*", "/", "%", "DIV"), PRODUCT),
    "^": POWER,
}
"""How close the operators between two operands bind, by their words."""


@dataclass(slots=True)
class Waiting:
    """An operator that waits for its last operand."""

    word: str
    binding: int
    place: int
    count: int
    """Of its operands, so far."""
    negated: bool = False
    """Whether NOT stood before it, as in NOT LIKE."""


class Stack:
    """One expression while it is read: without recursion, however deep the tree becomes."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._operands: list[Node] = []
        self._operators: list[Waiting] = []

    @property
    def is_empty(self) -> bool:
        return not self._operands and not self._operators

    def operand(self, node: Node) -> None:
        self._operands.append(node)

    def prefix(self, word: str, place: int) -> None:
        """Take NOT or a minus before its operand."""
        self._wait(Waiting(word, NOT if word == "NOT" else SIGN, place, 1))

    def infix(self, word: str, place: int, *, negated: bool = False) -> None:
        """Take an operator behind an operand, of which more will follow. Raises CQL2Error."""
        binding = BINDING[word]
        if word == "AND" and self._continues_between():
            return
        self._settle(binding + 1)
        if binding in (OR, AND) and self._operators and self._operators[-1].binding == binding:
            self._operators[-1].count += 1
            return
        self._refuse_chain(binding, place)
        self._settle(binding)
        self._wait(Waiting(word, binding, place, 2, negated))

    def postfix(self, op: str, place: int, *more: Node, negated: bool) -> None:
        """Take IS NULL or IN with its list behind an operand. Raises CQL2Error."""
        self._settle(COMPARISON + 1)
        self._refuse_chain(COMPARISON, place)
        self._tally.node(place)
        self._make(op, (self._operands.pop(), *more), place, negated=negated)

    def finish(self) -> Node:
        """Return the whole expression. Raises CQL2Error."""
        self._settle(OR)
        return self._operands.pop()

    def _wait(self, operator: Waiting) -> None:
        self._tally.node(operator.place)
        self._operators.append(operator)

    def _continues_between(self) -> bool:
        self._settle(COMPARISON + 1)
        top = self._operators[-1] if self._operators else None
        if top is None or top.word != "BETWEEN" or top.count != 2:
            return False
        top.count = 3
        return True

    def _refuse_chain(self, binding: int, place: int) -> None:
        if binding in (COMPARISON, POWER) and self._operators and self._operators[-1].binding == binding:
            what = "comparisons do" if binding == COMPARISON else "^ does"
            raise CQL2Error(f"{what} not chain: put one of the two in parentheses.", place)

    def _settle(self, binding: int) -> None:
        """Give their operands to all operators at the end that bind at least so close."""
        while self._operators and self._operators[-1].binding >= binding:
            operator = self._operators.pop()
            first = len(self._operands) - operator.count
            args = tuple(self._operands[first:])
            del self._operands[first:]
            self._apply(operator, args)

    def _apply(self, operator: Waiting, args: tuple[Node, ...]) -> None:
        if operator.binding == SIGN:
            self._make("*", (Value(-1, operator.place), *args), operator.place)
        elif operator.word == "BETWEEN" and operator.count == 2:
            raise CQL2Error("BETWEEN takes a lower and an upper bound with AND between them.", operator.place)
        else:
            op = "<>" if operator.word == "!=" else operator.word.lower()
            self._make(op, args, operator.place, negated=operator.negated)

    def _make(self, op: str, args: tuple[Node, ...], place: int, *, negated: bool = False) -> None:
        node = grammar.operation(op, args, place)
        self._operands.append(grammar.operation("not", (node,), place) if negated else node)
