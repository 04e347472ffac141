"""Meridians and parallels."""

import pytest

from django_stac.drawing.frame import Frame, frame_around
from django_stac.drawing.graticule import label, meridians, parallels


@pytest.mark.parametrize(
    ("degrees", "step", "sides", "text"),
    [
        (12, 1, "EW", "12° E"),
        (-12.5, 0.5, "EW", "12.5° W"),
        (-0.05, 0.01, "NS", "0.05° S"),
        (0, 10, "NS", "0°"),
        (-180, 30, "EW", "180°"),
    ],
)
def test_labels_are_round_and_have_a_side(degrees, step, sides, text):
    assert label(degrees, step, sides) == text


@pytest.mark.parametrize("width", [0.003, 0.2, 1, 7, 40, 140])
def test_few_lines_at_any_scale(width):
    frame = frame_around((5, 5, 5 + width, 5 + width / 2))
    assert 1 <= len(meridians(frame)) <= 6
    assert 1 <= len(parallels(frame)) <= 6


def test_equator_and_greenwich_stand_out():
    frame = frame_around((-5, -5, 5, 5))
    assert [line.label for line in meridians(frame) if line.main] == ["0°"]
    assert [line.label for line in parallels(frame) if line.main] == ["0°"]


def test_no_parallel_beyond_the_pole():
    frame = Frame(west=0, east=30, south=70, north=100, width=300, height=300)
    assert min(float(line.at) for line in parallels(frame)) >= 100


def test_labels_near_the_edge_are_left_out():
    frame = Frame(west=0.01, east=10.01, south=0, north=5, width=480, height=240)
    assert meridians(frame)[-1].label == ""
