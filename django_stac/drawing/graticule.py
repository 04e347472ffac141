"""Meridians and parallels of a frame, at round degrees, with their labels."""

from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Literal

from django_stac.drawing.frame import Frame

STEPS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 45, 60)
MOST_LINES = 5
EDGE = 26
"""Pixels that a label needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One meridian or parallel: where it lies in pixels, its label, and whether it is the equator or Greenwich."""

    at: str
    label: str
    main: bool


def meridians(frame: Frame) -> list[Line]:
    """The meridians inside the frame, ``at`` pixels from the left."""
    lines = (line(frame.x(value), value, step, "EW") for value, step in rounds(frame.west, frame.east))
    return [clear_of_edges(each, frame.width) for each in lines]


def parallels(frame: Frame) -> list[Line]:
    """The parallels inside the frame, ``at`` pixels from the top."""
    lines = rounds(max(frame.south, -90), min(frame.north, 90), steps_of=frame.north - frame.south)
    drawn = (line(frame.y(value), value, step, "NS") for value, step in lines)
    return [clear_of_edges(each, frame.height) for each in drawn]


def rounds(low: float, high: float, *, steps_of: float | None = None) -> list[tuple[float, float]]:
    """Round degrees strictly between two, and the step between them."""
    span = steps_of or high - low
    step = next((step for step in STEPS if span / step <= MOST_LINES), STEPS[-1])
    first, last = floor(low / step) + 1, ceil(high / step) - 1
    return [(number * step, step) for number in range(first, last + 1)]


def line(pixels: float, value: float, step: float, sides: Literal["EW", "NS"]) -> Line:
    turned = (value + 180) % 360 - 180 if sides == "EW" else value
    return Line(at=f"{pixels:.1f}", label=label(turned, step, sides), main=abs(turned) < step / 2)


def clear_of_edges(each: Line, far: int) -> Line:
    """Take the label off a line where it would be cut, or meet those of the other lines."""
    return each if EDGE <= float(each.at) <= far - EDGE else replace(each, label="")


def label(degrees: float, step: float, sides: str) -> str:
    """Write degrees as ``12.5° E``; zero and 180 have no side."""
    decimals = next(digits for digits in range(5) if abs(step * 10**digits - round(step * 10**digits)) < 1e-6)
    text = f"{abs(degrees):.{decimals}f}°"
    if float(text[:-1]) in (0, 180):
        return text
    return f"{text} {sides[0] if degrees > 0 else sides[1]}"
