"""Measured values become colours."""

import numpy as np

from django_stac.raster.stretch import coloured


def ramp(power=1.0):
    return np.ma.array(np.linspace(0, 1, 10_000).reshape(100, 100) ** power)


def test_black_and_white_are_the_outer_percentiles():
    grey = coloured([ramp() * 5000])[0]
    assert (grey == 0).mean() > 0.02
    assert (grey == 255).mean() > 0.02


def test_a_balanced_picture_is_not_brightened():
    assert abs(int(np.median(coloured([ramp()])[0])) - 128) <= 1


def test_a_dark_picture_is_brightened_gently():
    dark, black = (np.median(coloured([ramp(power)])[0]) for power in (2, 8))
    assert 255 * 0.25 < dark < 255 * 0.36
    assert black < 255 * 0.1


def test_a_photograph_keeps_its_values():
    dark = ramp() * 40
    assert (coloured([dark] * 3, as_is=True)[0] == dark.round()).all()


def test_what_no_band_has_is_transparent():
    first, second = (np.ma.array(ramp(), mask=np.indices((100, 100))[0] < edge) for edge in (10, 20))
    alpha = coloured([first, first, second])[3]
    assert (alpha[:10] == 0).all()
    assert (alpha[10:] == 255).all()
