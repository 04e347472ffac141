"""The functions that a filter may call."""

import pytest

from django_stac.cql2.functions import FUNCTIONS
from tests.cql2.asking import answers, refusal, some_rows

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    [
        "upper(platform) = 'ØRSTED'", "lower(platform) = 'ørsted'", "length(platform) = 6", "abs(0 - gsd) = 2.5",
        "floor(gsd) = 2", "ceil(gsd) = 3", "round(gsd) = 3", "sqrt(gsd * 10) = 5", "year(created) = 2023",
        "month(created) = 12", "day(created) = 31", "hour(created) = 23", "year(datetime) = 2024",
        "month(day) = 2", "hour(day) IS NULL", "year(TIMESTAMP('2020-01-01T00:00:00Z')) = 2020",
        "month(DATE('2020-02-01')) = 2", "year(odd) = 2019", "upper(platform) LIKE 'Ø%'",
        "year(created) IN (2022, 2023)", "sqrt(sqrt(abs(0 - 16))) = 2", "month(start_datetime) IS NULL",
    ],
)  # fmt: skip
def test_functions_give_values(text):
    times = {"created": "2023-12-31T23:00:00Z", "day": "2020-02-29", "odd": "2019-01-01"}
    some_rows({"platform": "Ørsted", "gsd": 2.5, **times})
    assert answers(text) == [True]


@pytest.mark.parametrize("text", ["sqrt(gsd) = 1", "length(platform) = 1", "year(created) = 1", "upper(odd) = 'A'"])
def test_what_a_function_cannot_read_is_null(text):
    some_rows({"gsd": -1, "platform": 7, "created": "2024", "odd": None})
    assert answers(text) == [None]


def test_roots_in_roots_are_calculated_once_each():
    some_rows({"gsd": 1})
    assert answers("sqrt(" * 40 + "gsd" + ")" * 40 + " = 1") == [True]


def test_an_unknown_function_is_refused_with_those_that_there_are():
    place, reason = refusal("gsd = 1 OR yaer(created) = 2020")
    assert place == 11
    assert reason == f"there is no function `yaer`; there are {', '.join(FUNCTIONS)}. Did you mean `year`?"


def test_arguments_are_counted_and_of_their_kind():
    assert refusal("year() = 2020") == (0, "year takes one argument; got 0.")
    assert refusal("abs(platform) = 1") == (4, "a number is needed here; `platform` is a text.")
    assert refusal("year(gsd) = 1") == (5, "an instant is needed here; `gsd` is a number.")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_function_fails_on_any_value(name):
    times = ["2024-02-30", "2024-13-41T29:00:00.000000Z", "abcd-ef-ghTij:kl:mn.opqrstZ", "ab-cd-efgh"]
    odd = [None, True, "", "a", -1, 1e308, [], {}, *times]
    some_rows(*({"odd": value} for value in odd))
    assert len(answers(f"{name}(odd) IS NULL")) == len(odd)
