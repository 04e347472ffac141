"""Members survive the trip to the client and back; what they mean is tested where they are made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.spec.tokens import MAX_LENGTH, is_count, is_text, packed, unpacked

SHAPE = {"n": is_count, "t": is_text}


@given(number=st.integers(0, 2**63 - 1), text=st.text(max_size=40).filter(str.isprintable))
def test_members_survive_the_trip(number, text):
    assert unpacked(packed(1, n=number, t=text), 1, SHAPE) == {"n": number, "t": text}


@pytest.mark.parametrize(
    "token",
    [
        packed(2, n=1, t="a"),
        packed(1, n=1),
        packed(1, n=1, t="a", x=1),
        packed(1, n=-1, t="a"),
        packed(1, n=True, t="a"),
        packed(1, n=2**63, t="a"),
        packed(1, n=1, t="\0"),
        packed(1, n=1, t="a" * MAX_LENGTH),
        packed(1, n=1, t="a") + "=",
        "W10",
        "_",
        "",
    ],
)
def test_nothing_else_is_a_token(token):
    with pytest.raises(ValueError, match=r"."):
        unpacked(token, 1, SHAPE)
