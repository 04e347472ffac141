"""How close operators bind (OGC 21-065r2, Annex B): each filter is shown with all its parentheses."""

import pytest

from django_stac.cql2.text import parse
from django_stac.cql2.tree import CQL2Error, Operation, Property, Value


def shown(node):
    if isinstance(node, Property | Value):
        return str(node.name if isinstance(node, Property) else node.value)
    return f"({node.op} {' '.join(map(shown, node.args))})"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a = 1 OR b = 2 AND c = 3", "(or (= a 1) (and (= b 2) (= c 3)))"),
        ("(a = 1 OR b = 2) AND c = 3", "(and (or (= a 1) (= b 2)) (= c 3))"),
        ("a = 1 AND b = 2 AND c = 3", "(and (= a 1) (= b 2) (= c 3))"),
        ("a = 1 OR (b = 2 OR c = 3)", "(or (= a 1) (= b 2) (= c 3))"),
        ("NOT a = 1 AND b = 2", "(and (not (= a 1)) (= b 2))"),
        ("NOT (a = 1 AND b = 2)", "(not (and (= a 1) (= b 2)))"),
        ("NOT NOT TRUE", "(not (not True))"),
        ("a != 1", "(<> a 1)"),
        ("a + b - c + 1 < d", "(< (+ (- (+ a b) c) 1) d)"),
        ("a - (b - c) < d", "(< (- a (- b c)) d)"),
        ("a * b / c div d % 2 = 0", "(= (% (div (/ (* a b) c) d) 2) 0)"),
        ("a + b * c ^ 2 = 0", "(= (+ a (* b (^ c 2))) 0)"),
        ("a ^ 2 * b ^ 3 = 0", "(= (* (^ a 2) (^ b 3)) 0)"),
        ("-a ^ 2 = 4", "(= (^ (* -1 a) 2) 4)"),
        ("-2 ^ 2 = 4", "(= (^ -2 2) 4)"),
        ("2 ^ -a = 4", "(= (^ 2 (* -1 a)) 4)"),
        ("a - -1 = -b", "(= (- a -1) (* -1 b))"),
        ("- -a = a-1", "(= (* -1 (* -1 a)) (- a 1))"),
        ("-(a + 1) = 0", "(= (* -1 (+ a 1)) 0)"),
        ("a BETWEEN b + 1 AND c * 2 AND d = 1", "(and (between a (+ b 1) (* c 2)) (= d 1))"),
        ("a NOT BETWEEN 1 AND 2 OR TRUE", "(or (not (between a 1 2)) True)"),
        ("TRUE AND a BETWEEN 1 AND 2 AND b BETWEEN 3 AND 4", "(and True (between a 1 2) (between b 3 4))"),
        ("NOT a NOT LIKE 'x'", "(not (not (like a x)))"),
        ("a + 1 IS NULL", "(isNull (+ a 1))"),
        ("NOT a IS NULL", "(not (isNull a))"),
        ("a = 1 AND b IS NOT NULL", "(and (= a 1) (not (isNull b)))"),
        ("(a = 1) IS NULL", "(isNull (= a 1))"),
    ],
)
def test_operators_bind_as_the_grammar_has_it(text, tree):
    assert shown(parse(text)) == tree


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("a = b = c", 6, "comparisons do not chain"),
        ("a < 1 IS NULL", 6, "comparisons do not chain"),
        ("a = 1 IN (1)", 6, "comparisons do not chain"),
        ("2 ^ 3 ^ 4 = a", 6, r"\^ does not chain"),
        ("a BETWEEN 1", 2, "a lower and an upper bound with AND between them"),
        ("a BETWEEN 1 OR 2", 2, "a lower and an upper bound with AND between them"),
        ("a BETWEEN NOT b AND c", 14, "not takes a condition here"),
        ("a BETWEEN 1 AND 2 = b", 18, "comparisons do not chain"),
    ],
)
def test_what_the_grammar_does_not_chain_is_refused(text, place, reason):
    with pytest.raises(CQL2Error, match=reason) as refused:
        parse(text)
    assert refused.value.place == place


def test_operators_know_where_they_stand():
    node = parse("a = 1 AND NOT b IS NULL")
    assert (node.place, [arg.place for arg in node.args]) == (6, [2, 10])
    assert node.args[1].args == (Operation("isNull", (Property("b"),)),)
