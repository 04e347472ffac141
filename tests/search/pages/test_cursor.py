"""Tokens survive the trip to the client and back, and nothing else passes for one."""

from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import UTC, datetime

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.exceptions import InvalidParameter
from django_stac.search.pages.cursor import (
    EPOCH,
    MAX_LENGTH,
    MICROSECOND,
    Cursor,
    Direction,
    Scale,
    decode,
    encode,
    fingerprint,
    fitting,
    restored,
)
from django_stac.search.query import SearchQuery
from django_stac.spec.datetimes import parse_interval

GOOD = {"v": 3, "b": False, "d": "next", "k": [0], "i": 5, "m": None, "q": "abc", "s": "def"}


def as_token(content) -> str:
    return urlsafe_b64encode(content if isinstance(content, bytes) else orjson.dumps(content)).rstrip(b"=").decode()


values = {
    Scale.MOMENT: st.datetimes(timezones=st.just(UTC)).map(lambda moment: (moment - EPOCH) // MICROSECOND),
    Scale.NUMBER: st.decimals(allow_nan=False, allow_infinity=False, places=30).map("{:f}".format),
    Scale.TEXT: st.text(alphabet=st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=90),
    Scale.TRUTH: st.sampled_from(["true", "false"]),
}
keys = st.lists(
    st.sampled_from(Scale).flatmap(lambda scale: st.tuples(st.just(scale), st.none() | values[scale])),
    min_size=1,
    max_size=8,
)


def a_cursor(*keys, direction=Direction.NEXT, key=1, matched=None) -> Cursor:
    return Cursor(direction=direction, keys=keys, id=key, matched=matched, query="abc", seen="def")


@given(
    direction=st.sampled_from(Direction),
    drawn=keys,
    key=st.integers(0, 2**63 - 1),
    matched=st.none() | st.integers(0, 10**6),
)
def test_a_place_survives_the_trip(direction, drawn, key, matched):
    scales, held = zip(*drawn, strict=True)
    cursor = a_cursor(*held, direction=direction, key=key, matched=matched)
    assert fitting(decode(encode(cursor), query="abc"), scales) == cursor


@pytest.mark.parametrize("moment", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_the_ends_of_the_calendar_survive_the_trip(moment):
    cursor = a_cursor((moment - EPOCH) // MICROSECOND)
    assert fitting(decode(encode(cursor), query="abc"), [Scale.MOMENT]).datetime == moment


def test_tokens_need_no_escaping_in_a_url():
    assert encode(a_cursor(2**60, "é?&=", None)).replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize(
    ("scale", "value"),
    [
        (Scale.MOMENT, 2**62),
        (Scale.MOMENT, -(2**62)),
        (Scale.MOMENT, "0"),
        (Scale.NUMBER, 5),
        (Scale.NUMBER, "NaN"),
        (Scale.NUMBER, "1e5"),
        (Scale.NUMBER, "\u0661"),
        (Scale.NUMBER, "1" * 401),
        (Scale.NUMBER, "5; DROP TABLE"),
        (Scale.TEXT, 5),
        (Scale.TEXT, "a\0b"),
        (Scale.TRUTH, "maybe"),
        (Scale.TRUTH, 1),
    ],
)
def test_a_key_of_another_kind_than_the_order_has_is_refused(scale, value):
    with pytest.raises(InvalidParameter, match="no longer has"):
        fitting(a_cursor(value), [scale])


def test_values_that_make_a_token_too_long_are_told_by_their_digest():
    small, long = "1" * 300, "é\x01" * 2_000
    cursor = a_cursor(small, long, *[small] * 5, None)
    token = encode(cursor)
    assert len(token) <= MAX_LENGTH
    found = fitting(decode(token, query="abc"), [Scale.NUMBER, Scale.TEXT, *[Scale.NUMBER] * 6])
    assert restored(found, cursor.keys) == cursor
    with pytest.raises(InvalidParameter, match="changed or gone"):
        restored(found, [*cursor.keys[:1], "other", *cursor.keys[2:]])


def test_no_token_is_too_long_whatever_its_texts():
    assert len(encode(a_cursor(*["\x01" * 50] * 8, matched=10**9))) <= MAX_LENGTH


def test_the_moment_of_a_place_has_no_digest():
    with pytest.raises(InvalidParameter, match="no longer has"):
        fitting(decode(as_token(GOOD | {"k": [["0" * 32]]}), query="abc"), [Scale.MOMENT])


def test_a_place_has_a_value_for_every_key_of_the_order():
    with pytest.raises(InvalidParameter, match="none that this server has made"):
        fitting(a_cursor(5, "5"), [Scale.MOMENT])


def test_the_good_token_of_these_tests_is_good():
    assert decode(as_token(GOOD), query="abc").id == 5


@pytest.mark.parametrize(
    "token",
    [
        "",
        "!",
        "a",
        "A" * 5_000,
        as_token(b"\xff\xfe"),
        as_token(b"nonsense"),
        as_token(b"[" * 500),
        as_token([1]),
        as_token({}),
        as_token(GOOD | {"v": 1}),
        as_token(GOOD | {"d": "up"}),
        as_token(GOOD | {"d": ["next"]}),
        as_token(GOOD | {"k": 5}),
        as_token(GOOD | {"k": [1.5]}),
        as_token(GOOD | {"k": [True]}),
        as_token(GOOD | {"k": [[1]]}),
        as_token(GOOD | {"k": [0] * 9}),
        as_token(b'{"v":3,"b":false,"d":"next","k":["\\ud800"],"i":5,"m":null,"q":"abc","s":"def"}'),
        as_token(GOOD | {"i": -1}),
        as_token(GOOD | {"i": 2**63}),
        as_token(GOOD | {"m": "many"}),
        as_token(GOOD | {"q": 5}),
        as_token(GOOD | {"s": 5}),
        as_token(GOOD | {"b": 0}),
        as_token(GOOD | {"more": 1}),
        as_token({name: value for name, value in GOOD.items() if name != "k"}),
        as_token(b'{"v":3,"b":false,"d":"next","k":[0],"k":[0],"i":5,"m":null,"q":"abc","s":"def"}'),
        "e\u00e9",
    ],
)
def test_what_this_server_has_not_made_is_refused(token):
    with pytest.raises(InvalidParameter, match=r"^token: is none that this server has made"):
        decode(token, query="abc")


def test_a_token_of_another_search_is_refused():
    with pytest.raises(InvalidParameter, match="belongs to another search"):
        decode(as_token(GOOD), query="other")


def test_page_size_and_place_are_no_part_of_the_search():
    query = SearchQuery(limit=5, token="x", collections=("a", "b"))
    assert fingerprint(query) == fingerprint(SearchQuery(limit=6, collections=("b", "a")))


@pytest.mark.parametrize(
    "asked",
    [
        {"collections": ("a",)},
        {"ids": ("a",)},
        {"bbox": (0.0, 0.0, 1.0, 1.0)},
        {"intersects": {"type": "Point", "coordinates": [0, 0]}},
        {"interval": parse_interval("2020-01-01T00:00:00Z")},
    ],
)
def test_every_condition_is_part_of_the_search(asked):
    assert fingerprint(SearchQuery(limit=5, **asked)) != fingerprint(SearchQuery(limit=5))


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("includes", [True, False])
def test_looking_back_twice_is_looking_ahead(direction, includes):
    cursor = replace(a_cursor(0, direction=direction), includes=includes)
    assert cursor.back.back == cursor != cursor.back


@pytest.mark.parametrize("falls", [True, False])
def test_the_largest_key_is_a_place_too(falls):
    cursor = replace(a_cursor(0, key=2**63 - 1), includes=True)
    assert cursor.edge(falls=falls) <= 2**63 - 1
