"""From the sample to the size of a thumbnail."""

import numpy as np
import pytest

from django_stac.raster.shrink import averaged, picked


def whole(shape, dtype="uint8"):
    return np.ma.masked_array(np.arange(np.prod(shape)).reshape(shape) % 251, dtype=dtype)


@pytest.mark.parametrize(
    ("shape", "small"), [((300, 1000), (77, 256)), ((257, 3), (256, 3)), ((8, 12), (8, 12)), ((1, 1000), (1, 256))]
)
def test_the_longer_side_has_256_pixels_at_most(shape, small):
    assert averaged(whole(shape)).shape == picked(whole(shape)).shape == small


def test_a_small_picture_keeps_its_values():
    assert (averaged(whole((8, 12))) == whole((8, 12))).all()


@pytest.mark.parametrize("side", [257, 400, 512, 1024])
def test_the_mean_of_all_stays(side):
    assert averaged(whole((side, side))).mean() == pytest.approx(whole((side, side)).mean(), rel=0.005)


@pytest.mark.parametrize("side", [257, 400, 700])
def test_a_slope_stays_even(side):
    steps = np.diff(averaged(np.ma.array(np.indices((side, side))[1])), axis=1)[:, 2:-2]
    assert np.abs(steps / steps.mean() - 1).max() < 0.1


def test_a_lone_valid_pixel_is_still_seen():
    values = np.ma.array(np.full((1000, 1000), 3.0), mask=True)
    values[500, 700] = 3
    small = averaged(values)
    assert small.compressed().tolist() == pytest.approx([3] * small.count())
    assert 1 <= small.count() <= 4


def test_only_valid_pixels_count():
    values = np.ma.array(np.full((512, 512), 7.0), mask=np.indices((512, 512))[1] % 2 == 0)
    values.data[values.mask] = 1e30
    assert np.ma.allclose(averaged(values), 7)


def test_where_no_pixel_is_valid_none_is_drawn():
    values = np.ma.array(np.ones((512, 512)), mask=np.indices((512, 512))[0] < 256)
    assert np.ma.getmaskarray(averaged(values)).tolist() == [[row < 128] * 256 for row in range(256)]


def test_classes_are_never_mixed():
    assert set(np.unique(picked(np.ma.array(np.indices((999, 999)).sum(axis=0) % 2 * 40)))) == {0, 40}
