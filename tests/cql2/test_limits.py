"""How large a filter may be."""

import pytest

from django_stac.cql2.limits import Tally, check_depth
from django_stac.cql2.tree import MAX_DEPTH, MAX_NODES, MAX_POSITIONS, Array, CQL2Error, Interval, Operation, Property

A = Property("a")


def nested(depth, wrap):
    node = A
    for _ in range(depth):
        node = wrap(node)
    return node


def test_nodes_are_counted_up_to_their_limit():
    tally = Tally()
    for _ in range(MAX_NODES):
        tally.node(0)
    with pytest.raises(CQL2Error, match=f"at character 8: a filter has at most {MAX_NODES}"):
        tally.node(7)


def test_positions_are_counted_over_all_geometries():
    tally = Tally()
    tally.positions(MAX_POSITIONS, 0)
    with pytest.raises(CQL2Error, match=f"at most {MAX_POSITIONS} positions"):
        tally.positions(1, 7)


@pytest.mark.parametrize(
    "wrap",
    [
        lambda node: Operation("f", (A, node)),
        lambda node: Array((node, A)),
        lambda node: Interval(None, Operation("f", (node,))),
    ],
)
def test_operations_lists_and_intervals_have_a_greatest_depth(wrap):
    levels = 2 if isinstance(wrap(A), Interval) else 1
    check_depth(nested(MAX_DEPTH // levels, wrap))
    with pytest.raises(CQL2Error, match=f"at most {MAX_DEPTH} deep"):
        check_depth(wrap(nested(MAX_DEPTH // levels, wrap)))


def test_a_tree_of_any_depth_is_judged_without_recursion():
    with pytest.raises(CQL2Error, match="deep"):
        check_depth(nested(100_000, lambda node: Operation("not", (node,))))
