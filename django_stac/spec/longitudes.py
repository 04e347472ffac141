"""Arcs of longitude on the circle, where 180 and -180 are one meridian. Latitudes play no part here."""

from collections.abc import Iterable

Arc = tuple[float, float]
"""West and east end in degrees, -180 to 180; west > east crosses the antimeridian."""

FULL: Arc = (-180.0, 180.0)


def clamped(longitude: float) -> float:
    """Bring a longitude beyond the antimeridian back to it."""
    return max(-180.0, min(180.0, longitude))


def smallest_arc(arcs: Iterable[Arc]) -> Arc:
    """Find the smallest arc that holds every one of the arcs; of two equal ones that which does not cross.

    Raises ValueError when there are none.
    """
    flat = sorted(piece for arc in arcs for piece in _pieces(arc))
    if not flat:
        raise ValueError("no longitudes to enclose.")
    west, east = flat[0][0], max(end for _, end in flat)
    best, gap = (west, east), (west + 180) + (180 - east)
    reached = flat[0][1]
    for start, end in flat[1:]:
        if start - reached > gap:
            best, gap = (start, reached), start - reached
        reached = max(reached, end)
    return best if gap > 0 else FULL


def _pieces(arc: Arc) -> tuple[Arc, ...]:
    west, east = arc
    return (arc,) if west <= east else ((west, 180.0), (-180.0, east))
