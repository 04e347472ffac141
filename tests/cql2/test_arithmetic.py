"""Arithmetic on decimals, and its bounds."""

import pytest

from django_stac.cql2.compile import condition
from django_stac.cql2.tree import CQL2Error, Operation, Value
from tests.cql2.asking import TARGET, answers, refusal, some_rows

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    [
        "gsd + 1 = 8", "gsd - 10 = -3", "gsd * 0.5 = 3.5", "gsd / 2 = 3.5", "7 / 2 = 3.5", "gsd div 2 = 3",
        "-7 div 2 = -3", "gsd % 4 = 3", "-7 % 4 = -3", "5.5 % 2 = 1.5", "2 ^ 3 = 8", "gsd ^ 2 = 49", "gsd ^ -1 < 0.15",
        "4 ^ 0.5 = 2", "0 ^ 0 = 1", "(-2) ^ 3 = -8", "2 + 3 * 4 = 14", "gsd BETWEEN 3 + 3 AND 2 ^ 3",
        "gsd = \"eo:cloud_cover\" + 2", "odd * 2 = 6", "2 ^ 300 > 10 ^ 90", "1 / 3 * 3 < 1.1",
    ],
)  # fmt: skip
def test_numbers_are_calculated(text):
    some_rows({"gsd": 7, "eo:cloud_cover": 5, "odd": 3})
    assert answers(text) == [True]


@pytest.mark.parametrize(
    "text",
    [
        "1 / gsd = 1", "1 div gsd = 1", "1 % gsd = 1", "gsd ^ -1 = 1", "(gsd - 2) ^ 0.5 = 1", "10 ^ (gsd + 400) = 1",
        "(gsd + 10) ^ 1e300 = 1", "(gsd + 1e308) ^ 2 > 1", "(gsd + 0.5) ^ 1e9 > 0", "gsd / (gsd * 1) = 1",
    ],
)  # fmt: skip
def test_what_cannot_be_calculated_in_a_row_is_null_there(text):
    some_rows({"gsd": 0})
    assert answers(text) == [None]


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ("gsd = 1 / 0", 10, "this divides by zero"),
        ("gsd % (2 - 2) = 1", 9, "this divides by zero"),
        ("gsd div 0.0 = 1", 8, "this divides by zero"),
        ("gsd = 10 ^ 100000", 9, "this power is no real number, or too large or small a one"),
        ("gsd = 0 ^ -1", 8, "this power"),
        ("gsd = (-1) ^ 0.5", 11, "this power"),
        ("gsd = 1.0000001 ^ 1e18", 16, "this power"),
        ("gsd = 10 ^ (10 ^ 10)", 9, "this power"),
    ],
)
def test_what_can_be_calculated_in_no_row_is_refused_at_its_place(text, place, word):
    at, reason = refusal(text)
    assert at == place
    assert reason.startswith(word)


def test_numbers_that_may_become_endless_are_refused():
    assert "longer than 10000 digits" in refusal(" * ".join(["gsd"] * 30) + " = 1")[1]
    assert refusal(" * ".join(["gsd"] * 20) + " = 1") is None


def test_functions_hide_no_digits():
    long = f"abs({' * '.join(['gsd'] * 25)})"
    assert refusal(f"{long} > 1") is None
    assert "longer than 10000 digits" in refusal(f"{long} * {long} > 1")[1]


def test_the_longest_that_is_allowed_is_calculated():
    some_rows({"gsd": 1.7e308}, {"gsd": 5e-324})
    assert answers(" * ".join(["gsd"] * 25) + " > 1") == [True, False]
    assert answers("1 / gsd > 1") == [False, True]


def test_powers_in_powers_are_calculated_once_each():
    some_rows({"gsd": 1})
    text = "gsd" + " ^ 1)" * 40 + " = 1"
    assert answers("(" * 40 + text) == [True]


def test_a_text_that_is_computed_is_no_number():
    inner = Operation("casei", (Value("a"),), 5)
    with pytest.raises(CQL2Error, match="at character 6: a number is needed here; casei gives a text"):
        condition(Operation("=", (Operation("+", (inner, Value(1))), Value(1))), TARGET)
