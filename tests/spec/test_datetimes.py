"""Instants and intervals: RFC 3339, and the grammar of the ``datetime`` parameter."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from django_stac.spec.datetimes import (
    Interval,
    fixed_width,
    format_instant,
    in_utc,
    parse_instant,
    parse_interval,
)

NOON = datetime(2020, 2, 29, 12, tzinfo=UTC)
LATER = datetime(2021, 1, 1, tzinfo=UTC)

ACCEPTED = {
    "2020-02-29T12:00:00Z": NOON,
    "2020-02-29t12:00:00z": NOON,
    "2020-02-29T12:00:00+00:00": NOON,
    "2020-02-29T12:00:00-00:00": NOON,
    "2020-02-29T13:30:00+01:30": NOON,
    "2020-02-29T12:00:00.5Z": NOON.replace(microsecond=500_000),
    "2020-02-29T12:00:00.123456789012Z": NOON.replace(microsecond=123_456),
    "2020-02-29T12:00:00.9999999Z": NOON.replace(microsecond=999_999),
    "2020-12-31T23:59:60Z": LATER,
    "2021-01-01T00:59:60.25+01:00": LATER.replace(microsecond=250_000),
    "0001-01-01T00:00:00Z": datetime(1, 1, 1, tzinfo=UTC),
    "9999-12-31T23:59:59Z": datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
}

REFUSED = [
    "",
    "2020",
    "2020-02-29",
    "2020-02-29T12:00:00",
    "2020-02-29T12:00Z",
    "2020-02-29 12:00:00Z",
    "2020-02-29T12:00:00+0100",
    "2020-02-29T12:00:00+01",
    "2020-02-29T12:00:00 01:00",
    "2020-02-29T12:00:00,5Z",
    "2020-02-29T12:00:00.Z",
    "20-02-29T12:00:00Z",
    "12020-02-29T12:00:00Z",
    "2020-02-30T12:00:00Z",
    "2021-02-29T12:00:00Z",
    "2020-13-01T12:00:00Z",
    "2020-00-01T12:00:00Z",
    "2020-02-29T24:00:00Z",
    "2020-02-29T12:60:00Z",
    "2020-02-29T12:00:61Z",
    "2020-02-29T12:00:00+24:00",
    "2020-02-29T12:00:00+01:60",
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+00:01",
    "9999-12-31T23:59:59-00:01",
    "9999-12-31T23:59:60Z",
    "2020-W09-6T12:00:00Z",
    "2020-02-29T12:00:00Z\n",
    " 2020-02-29T12:00:00Z",
    "٢٠٢٠-02-29T12:00:00Z",
    "..",
    "null",
]

offsets = st.timedeltas(timedelta(hours=-23, minutes=-59), timedelta(hours=23, minutes=59)).map(
    lambda delta: timezone(timedelta(minutes=delta // timedelta(minutes=1)))
)
FIRST, LAST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
instants = st.datetimes(
    FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None), timezones=st.one_of(st.just(UTC), offsets)
)


def rfc3339(value, digits=6):
    fraction = f"{value.microsecond:06d}000000"[:digits]
    sign = value.strftime("%z")
    dot = "." if digits else ""
    return f"{value.replace(tzinfo=None, microsecond=0).isoformat()}{dot}{fraction}{sign[:3]}:{sign[3:]}"


@pytest.mark.parametrize(("text", "expected"), ACCEPTED.items())
def test_an_instant_is_read_as_utc(text, expected):
    assert parse_instant(text) == expected
    assert parse_instant(text).tzinfo is UTC


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_instant_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match="not a RFC 3339 date-time such as 2020-02-29T12:00:00Z"):
        parse_instant(text)


def test_a_long_text_is_not_repeated_whole_in_the_message():
    with pytest.raises(ValueError, match=r"x\.\.\.") as refused:
        parse_instant("x" * 10_000)
    assert len(str(refused.value)) < 200


@given(instants, st.integers(0, 12))
def test_every_instant_of_every_offset_comes_back(value, digits):
    kept = value.microsecond - value.microsecond % 10 ** max(6 - digits, 0)
    assert parse_instant(rfc3339(value, digits)) == value.replace(microsecond=kept)


@given(instants)
def test_writing_and_reading_are_inverse(value):
    assert parse_instant(format_instant(value)) == value


@given(instants)
def test_fixed_width_sorts_as_text_like_the_instants(value):
    one, other = rfc3339(value), rfc3339(value + timedelta(microseconds=1))
    assert fixed_width(one) < fixed_width(other)
    assert len(fixed_width(one)) == 27


@given(st.text() | st.from_regex(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|\+[0-9]{2}:[0-9]{2})\Z"))
@example("9999-12-31T23:59:59-00:01")
@example("2020-02-30T00:00:00Z")
def test_fixed_width_is_total_and_agrees_with_parse_instant(text):
    try:
        expected = parse_instant(text)
    except ValueError:
        assert fixed_width(text) is None
    else:
        assert parse_instant(fixed_width(text)) == expected


@pytest.mark.parametrize("text", [text for text in REFUSED if text])
def test_other_text_has_no_fixed_width(text):
    assert fixed_width(text) is None


def test_fixed_width_pads_and_truncates_the_fraction():
    assert fixed_width("2020-02-29T13:00:00.5+01:00") == "2020-02-29T12:00:00.500000Z"
    assert fixed_width("2020-02-29t12:00:00.123456789z") == "2020-02-29T12:00:00.123456Z"


def test_an_instant_is_written_with_a_fraction_only_when_it_has_one():
    assert format_instant(NOON) == "2020-02-29T12:00:00Z"
    assert format_instant(NOON.replace(microsecond=5)) == "2020-02-29T12:00:00.000005Z"


def test_an_early_year_is_written_with_four_digits():
    assert format_instant(datetime(7, 1, 1, tzinfo=UTC)) == "0007-01-01T00:00:00Z"


def test_an_instant_of_another_zone_is_written_in_utc():
    assert format_instant(NOON.astimezone(timezone(timedelta(hours=5)))) == "2020-02-29T12:00:00Z"


def test_a_datetime_without_zone_is_not_written():
    with pytest.raises(ValueError, match="must know its time zone"):
        format_instant(NOON.replace(tzinfo=None))


@pytest.mark.parametrize("text", ["2020-02-29T12:00:00Z", "2020-02-29T12:00:00.10+00:00", "2020-02-29T12:00:00-00:00"])
def test_text_in_utc_is_left_alone(text):
    assert in_utc(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-02-29T12:00:00+02:00", "2020-02-29T10:00:00Z"),
        ("2020-02-29T12:00:00-05:30", "2020-02-29T17:30:00Z"),
        ("2020-02-29T00:10:00.1234567890+00:20", "2020-02-28T23:50:00.1234567890Z"),
        ("2021-01-01t00:59:60+01:00", "2020-12-31T23:59:60Z"),
    ],
)
def test_an_offset_is_taken_off_and_every_digit_kept(text, expected):
    assert in_utc(text) == expected


@given(instants)
def test_taking_the_offset_off_keeps_the_instant(value):
    assert parse_instant(in_utc(rfc3339(value))) == value


@pytest.mark.parametrize("text", REFUSED)
def test_only_instants_have_an_offset_to_take_off(text):
    with pytest.raises(ValueError, match="RFC 3339"):
        in_utc(text)


def test_an_instant_is_an_interval_of_no_length():
    assert parse_interval("2020-02-29T12:00:00Z") == Interval(start=NOON, end=NOON)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2020-02-29T12:00:00Z/2021-01-01T00:00:00Z", NOON, LATER),
        ("2020-02-29T12:00:00Z/2020-02-29T12:00:00Z", NOON, NOON),
        ("2020-02-29t12:00:00z/2021-01-01t00:00:00z", NOON, LATER),
        ("2020-02-29T12:00:00Z/..", NOON, None),
        ("2020-02-29T12:00:00Z/", NOON, None),
        ("../2021-01-01T00:00:00Z", None, LATER),
        ("/2021-01-01T00:00:00Z", None, LATER),
    ],
)
def test_one_end_of_an_interval_may_be_open(text, start, end):
    assert parse_interval(text) == Interval(start=start, end=end)


@pytest.mark.parametrize("text", ["/", "../..", "/..", "../"])
def test_both_ends_may_not_be_open(text):
    with pytest.raises(ValueError, match="one end of an interval may be open, not both"):
        parse_interval(text)


def test_an_interval_does_not_end_before_it_starts():
    with pytest.raises(ValueError, match="must not end before it starts"):
        parse_interval("2021-01-01T00:00:00Z/2020-01-01T00:00:00Z")


def test_an_interval_has_two_ends():
    with pytest.raises(ValueError, match="two ends, start/end; got 3"):
        parse_interval("2020-01-01T00:00:00Z/2020-01-02T00:00:00Z/2020-01-03T00:00:00Z")


@pytest.mark.parametrize("text", [*REFUSED, "2020-02-29/2020-03-01", "2020-02-29T12:00:00Z/2020", " /.."])
def test_what_is_no_interval_is_refused(text):
    with pytest.raises(ValueError, match="RFC 3339"):
        parse_interval(text)


@given(st.text(alphabet="0123456789-T:Z+./ tz", max_size=60))
def test_reading_an_interval_raises_nothing_but_value_errors(text):
    with suppress(ValueError):
        parse_interval(text)
