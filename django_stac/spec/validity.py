"""Which geometries have a clear inside and lie on the Earth, and what is made of those that have none.

Their GeoJSON is checked in ``geometry``.
"""

from typing import Any

from shapely import GEOSException, from_wkb, make_valid, to_wkb
from shapely.geometry import shape
from shapely.validation import explain_validity


def refuse_invalid(geometry: dict[str, Any]) -> None:
    """Refuse what leaves the world or has no clear inside: self-intersections, lines without length.

    Raises ValueError with the end of a sentence.
    """
    kind = geometry["type"]
    try:
        drawn = shape(geometry)
    except (GEOSException, ValueError) as error:
        raise ValueError(f"is no valid {kind}: {error}.") from None
    west, south, east, north = drawn.bounds
    if west < -180 or south < -90 or east > 180 or north > 90:
        raise ValueError(f"leaves the world: it reaches from {west:g} {south:g} to {east:g} {north:g}.")
    if not drawn.is_valid:
        raise ValueError(f"is no valid {kind}: {explain_validity(drawn)} (longitude latitude).")


def mended(ewkb: bytes) -> bytes:
    """Return the EWKB of a geometry without contradictions: itself, or one that covers what was drawn.

    A hole across a hole, or a ring that crosses itself, makes databases give up on every search of its place.
    """
    drawn = from_wkb(ewkb)
    return ewkb if drawn.is_valid else bytes(to_wkb(make_valid(drawn), include_srid=True, byte_order=1))
