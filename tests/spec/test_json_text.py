"""Strict JSON: the fast reading and an exact one by the standard library give the same verdicts."""

import gc
import json
import sys
from contextlib import contextmanager, suppress

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from django_stac.spec import json_text
from django_stac.spec.json_text import JSONTextError, loads


@contextmanager
def collecting(is_on):
    """With the collector on or off, and on afterwards."""
    if not is_on:
        gc.disable()
    try:
        yield
    finally:
        gc.enable()


def refused(text):
    with pytest.raises(JSONTextError) as error:
        loads(text)
    return error.value


def exact(text):
    """Read with the hooks of the standard library: the oracle, slow and independent."""

    def pairs(members):
        made = dict(members)
        assert len(made) == len(members), "duplicate key"
        return made

    def integer(digits):
        assert len(digits) < 30
        assert -(2**63) <= int(digits) < 2**64
        return int(digits)

    def constant(name):
        raise AssertionError(name)

    return json.loads(text, object_pairs_hook=pairs, parse_int=integer, parse_constant=constant)


def verdict(read, text):
    try:
        return read(text)
    except (ValueError, AssertionError):
        return "refused"


strings = st.text(alphabet='ab":\\ \t\n{}[],0123é€😀/u', max_size=6) | st.sampled_from(
    ["a", "a", "b", '":', '\\":', "\\", '\\"', " :", "\u0022:", "1" * 25, "-" + "9" * 30]
)
numbers = (
    st.integers(-(2**66), 2**66)
    | st.sampled_from([2**63, 2**64 - 1, 2**64, -(2**63), -(2**63) - 1, 10**25])
    | st.floats(allow_nan=False, allow_infinity=False)
)
constants = st.sampled_from(["null", "true", "false", "NaN", "Infinity", "-Infinity"])
values = st.recursive(
    st.none() | st.booleans() | strings | st.integers(-(2**63), 2**64 - 1),
    lambda inner: st.lists(inner) | st.dictionaries(strings, inner),
)
blanks = st.sampled_from(["", "", " ", "\n", "\t", "\r\n "])


@st.composite
def spelt(draw, value):
    """Spell a string as JSON text, any of its characters plainly or as an escape."""
    plain = [json.dumps(character, ensure_ascii=False)[1:-1] for character in value]
    escaped = [
        json.dumps(character)[1:-1] if ord(character) > 127 else f"\\u{ord(character):04x}" for character in value
    ]
    return '"' + "".join(draw(st.sampled_from(pair)) for pair in zip(plain, escaped, strict=True)) + '"'


@st.composite
def texts(draw, depth=3):
    kind = draw(
        st.sampled_from(
            ["string", "number", "constant", "array", "object", "object"] if depth else ["string", "number"]
        )
    )
    if kind == "string":
        return draw(spelt(draw(strings)))
    if kind == "number":
        return json.dumps(draw(numbers))
    if kind == "constant":
        return draw(constants)
    inner = draw(st.lists(texts(depth=depth - 1), max_size=4))
    if kind == "array":
        return "[" + ",".join(draw(blanks) + each + draw(blanks) for each in inner) + "]"
    members = [draw(spelt(draw(strings))) + draw(blanks) + ":" + draw(blanks) + each for each in inner]
    return "{" + ",".join(members) + "}"


@given(texts())
@example('{"a":1,"\\u0061":2}')
@example('{"a":1,"a":2,"b":"\\u0022\\u003a"}')
@example('{"a\\\\":1,"a\\\\" :2}')
@example('{"a":1 ,"b":":","a"\t:2,"c":"\\u003a\\u003a"}')
@example("[123456789012345678901234567890.5]")
@example("[1234567890123456789e5, 0.1234567890123456789012]")
def test_fast_and_exact_reading_agree(text):
    assert verdict(loads, text) == verdict(exact, text)
    assert verdict(loads, text.encode()) == verdict(exact, text)


@given(texts())
def test_the_screen_is_never_wrongly_at_ease(text):
    if verdict(exact, text) == "refused":
        try:
            value = orjson.loads(text)
        except orjson.JSONDecodeError:
            return
        assert json_text._is_suspicious(text.encode(), orjson.dumps(value))


@pytest.mark.parametrize(
    "text", ['{"a":"f1111111111111111111"}', "[0.11111111111111111111]", '["a-11111111111111111111"]']
)
def test_digits_that_begin_no_integer_need_no_second_reading(text):
    assert not json_text._is_suspicious(text.encode(), orjson.dumps(orjson.loads(text)))


@given(values)
def test_what_json_writes_is_read_unchanged(value):
    assert loads(json.dumps(value)) == value
    assert loads(json.dumps(value, indent=2, ensure_ascii=False).encode()) == value


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ('{"a": 1, "a": 2}', 9),
        ('{"x": {"b": [{"k": 1, "k": 1}]}}', 22),
        ('{"a": {"a": {"a": 1}}, "a": 1}', 23),
        ('{"é€😀": 1, "é€😀": 2}', 11),
    ],
)
def test_a_duplicate_key_is_named_with_its_place(text, position):
    error = refused(text)
    assert "duplicate key" in str(error)
    assert error.position == position
    assert refused(text.encode()).position == position


def test_equal_keys_of_different_objects_are_no_duplicates():
    assert loads('[{"a": {"a": 1}}, {"a": 2}]') == [{"a": {"a": 1}}, {"a": 2}]


@pytest.mark.parametrize("number", ["18446744073709551616", "-9223372036854775809", "1" * 300, "-" + "1" * 5000])
def test_an_integer_beyond_64_bits_is_refused(number):
    assert refused(f'{{"a": {number}}}').position in (6, 7)


@pytest.mark.parametrize("number", [2**64 - 1, -(2**63), 10**18])
def test_an_integer_of_64_bits_stays_exact(number):
    assert loads(f"[{number}]") == [number]


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_constants_that_are_not_json_are_named(constant):
    error = refused(f'{{"a": {constant}}}')
    assert str(error).startswith(f"{constant} is not a JSON number") or constant == "-Infinity"
    assert "is not a JSON number" in str(error)


@pytest.mark.parametrize("number", ["1e400", "-1e999"])
def test_a_number_that_becomes_infinite_is_refused(number):
    assert "infinity" in str(refused(f"[{number}]"))


@pytest.mark.parametrize(
    "text", ["", " ", "{", "[1,]", "{'a': 1}", "01", '"\\ud800"', "\ufeff{}", "tru", "[1] 2", '"\t"']
)
def test_malformed_text_is_refused_with_its_place(text):
    assert "(line 1, column" in str(refused(text))


def test_the_place_is_told_in_lines_and_columns():
    assert "(line 3, column 4)" in str(refused('{\n  "a": 1,\n   x}'))


@pytest.mark.parametrize("text", [b"\xff", b'{"a": "\xc3"}', "\ud800"])
def test_text_that_is_not_utf8_is_refused(text):
    refused(text)


@pytest.mark.parametrize("levels", [255, 1_000, 1_100, 200_000])
@pytest.mark.parametrize(("left", "right"), [("[", "]"), ('{"a":', "}")])
def test_deep_nesting_is_refused_without_recursion(levels, left, right):
    refused(left * levels + "1" + right * levels)
    refused(left * levels)


def test_nesting_of_200_levels_is_read():
    assert loads("[" * 200 + "]" * 200)
    assert sys.getrecursionlimit() > 200


@pytest.mark.parametrize("is_on", [True, False])
@pytest.mark.parametrize("text", ["[]", "["])
def test_the_collector_is_left_as_it_was_found(text, is_on, monkeypatch):
    with collecting(is_on):
        with suppress(JSONTextError):
            loads(text)
        assert gc.isenabled() is is_on
