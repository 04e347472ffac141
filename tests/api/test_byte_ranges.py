"""Range headers (RFC 9110, 14.1.2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.api.byte_ranges import byte_range
from django_stac.api.errors import RangeNotSatisfiable

numbers = st.one_of(st.just(""), st.integers(0, 300).map(str))


def answered(header, size):
    """The part that is sent; None where the answer is 416."""
    try:
        return byte_range(header, size) or (0, size)
    except RangeNotSatisfiable:
        return None


@given(first=numbers, last=numbers, size=st.integers(0, 200))
def test_part_is_inside_the_file_or_refused(first, last, size):
    part = answered(f"bytes={first}-{last}", size)
    assert part is None or 0 <= part[0] <= part[1] <= size


@given(header=st.text(max_size=30))
def test_nonsense_is_no_range(header):
    assert answered(header, 10) == (0, 10) or header.strip().startswith("bytes=")


@given(start=st.integers(0, 99), length=st.integers(1, 100))
def test_range_is_inclusive_of_its_last_byte(start, length):
    assert byte_range(f"bytes={start}-{start + length - 1}", 1000) == (start, start + length)


@pytest.mark.parametrize("header", ["bytes=0-0", "  bytes=0-0 "])
def test_first_byte_can_be_asked_for(header):
    assert byte_range(header, 10) == (0, 1)
