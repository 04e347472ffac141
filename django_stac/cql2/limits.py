"""How large a filter may be, so that reading, compiling and running it stay cheap."""

from django_stac.cql2.tree import MAX_DEPTH, MAX_NODES, MAX_POSITIONS, CQL2Error, Node, Place, parts


class Tally:
    """Counts the nodes and positions of one filter while it is read."""

    def __init__(self) -> None:
        self._nodes = 0
        self._positions = 0

    def node(self, place: Place) -> None:
        """Count a node. Raises CQL2Error at the one that is too many."""
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise CQL2Error(f"a filter has at most {MAX_NODES} operators, names and values.", place)

    def positions(self, more: int, place: Place) -> None:
        """Count the positions of a geometry. Raises CQL2Error when those of all are too many."""
        self._positions += more
        if self._positions > MAX_POSITIONS:
            raise CQL2Error(f"the geometries of a filter have at most {MAX_POSITIONS} positions.", place)


def check_depth(node: Node) -> None:
    """Refuse a tree that is too deep: a chain of sums is, though no parenthesis stands in it. Raises CQL2Error."""
    waiting = [(node, 0)]
    while waiting:
        node, depth = waiting.pop()
        inner = parts(node)
        if inner and depth == MAX_DEPTH:
            raise too_deep(node.place)
        waiting += [(part, depth + 1) for part in inner]


def too_deep(place: Place) -> CQL2Error:
    """Make the refusal of what lies deeper than a filter may."""
    return CQL2Error(f"operators, lists and parentheses lie at most {MAX_DEPTH} deep inside each other.", place)
