"""Times in conditions: instants, days, intervals, and the ranges of items."""

from datetime import timedelta

import pytest
from django.db import connection

from django_stac.cql2.compile import condition
from django_stac.cql2.tree import TEMPORAL, CQL2Error, Interval, Operation, Property, Value
from django_stac.models import Item
from tests.cql2.asking import JUNE, TARGET, answers, compiled, found, refusal, some_rows
from tests.search.asking import a_home, a_row, at, store

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def some_times():
    """An instant, and ranges; the ``datetime`` of the last lies elsewhere."""
    home = a_home()
    rows = [
        a_row("instant", home, JUNE),
        a_row("from", home, JUNE, end=JUNE + 2 * DAY),
        a_row("to", home, JUNE - 2 * DAY, end=JUNE),
        a_row("around", home, JUNE - 5 * DAY, end=JUNE + 5 * DAY),
        a_row("elsewhere", home, JUNE, end=JUNE + 5 * DAY),
    ]
    rows[-1].datetime = at("2030-01-01")
    store(*rows)


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("T_INTERSECTS(datetime, TIMESTAMP('2024-06-01T00:00:00Z'))", "instant from to around elsewhere"),
        ("T_INTERSECTS(datetime, DATE('2024-06-02'))", "from around elsewhere"),
        ("T_INTERSECTS(datetime, INTERVAL('..', '2024-05-31T00:00:00Z'))", "to around"),
        ("T_INTERSECTS(datetime, INTERVAL('2024-06-03', '..'))", "from around elsewhere"),
        ("T_INTERSECTS(INTERVAL('2024-06-03', '..'), datetime)", "from around elsewhere"),
        ("T_INTERSECTS(datetime, INTERVAL('..', '..'))", "instant from to around elsewhere"),
        ("T_DISJOINT(datetime, INTERVAL('..', '2024-05-31'))", "instant from elsewhere"),
        ("T_AFTER(datetime, DATE('2024-05-30'))", "instant from elsewhere"),
        ("T_BEFORE(datetime, DATE('2024-06-02'))", "instant to"),
        ("T_DURING(datetime, INTERVAL('2024-05-25', '2024-06-04'))", "instant from to"),
        ("T_CONTAINS(datetime, INTERVAL('2024-06-02', '2024-06-03'))", "around elsewhere"),
        ("T_EQUALS(datetime, INTERVAL('2024-06-01T00:00:00Z', '2024-06-03T00:00:00Z'))", "from"),
        ("T_EQUALS(datetime, TIMESTAMP('2024-06-01T00:00:00Z'))", "instant"),
        ("T_MEETS(datetime, INTERVAL('2024-06-01T00:00:00Z', '..'))", "instant to"),
        ("T_METBY(datetime, INTERVAL('..', '2024-06-01T00:00:00Z'))", "instant from elsewhere"),
        ("T_STARTS(datetime, INTERVAL('2024-06-01', '2024-06-04'))", "instant from"),
        ("T_STARTEDBY(datetime, INTERVAL('2024-06-01', '2024-06-02'))", "from elsewhere"),
        ("T_FINISHES(datetime, INTERVAL('2024-05-01', '2024-06-01'))", "instant to"),
        ("T_FINISHEDBY(datetime, INTERVAL('2024-06-02', '2024-06-03'))", "from"),
        ("T_OVERLAPS(datetime, INTERVAL('2024-05-31', '2024-06-02'))", "to"),
        ("T_OVERLAPPEDBY(datetime, INTERVAL('2024-05-31', '2024-06-02'))", "from elsewhere"),
        ("T_EQUALS(datetime, datetime)", "instant from to around elsewhere"),
        ("T_EQUALS(INTERVAL(start_datetime, end_datetime), datetime)", "from to around elsewhere"),
    ],
)
def test_an_item_with_a_range_is_compared_by_its_range(text, met):
    some_times()
    assert found(text) == met.split()


def test_comparisons_and_orders_see_datetime_alone():
    some_times()
    assert found("datetime > DATE('2025-01-01')") == ["elsewhere"]
    assert found("datetime = DATE('2024-06-01')") == ["instant", "from"]
    assert found("datetime IN (TIMESTAMP('2030-01-01T00:00:00Z'), DATE('2024-05-30'))") == ["to", "elsewhere"]
    assert found("datetime BETWEEN DATE('2024-06-01') AND DATE('2024-06-02')") == ["instant", "from"]
    assert found("datetime IS NULL") == []


def test_columns_and_properties_of_time_compare_with_each_other():
    some_rows({"created": "2024-06-01T00:00:00Z", "day": "2024-06-01"}, {"created": "2024-06-01T00:00:00+02:00"})
    assert answers("created = datetime") == [True, False]
    assert answers("created < datetime") == [False, True]
    assert answers("datetime = day") == [True, None]
    assert answers("T_BEFORE(created, datetime)") == [False, True]


WHOLE_DAY = [
    "2024-05-31T23:59:59.999999Z", "2024-06-01T00:00:00Z", "2024-06-01T23:59:59.999999Z", "2024-06-02T00:00:00Z",
]  # fmt: skip


@pytest.mark.parametrize(
    ("op", "expected"), [("=", "FTTF"), ("<>", "TFFT"), ("<", "TFFF"), ("<=", "TTTF"), (">", "FFFT"), (">=", "FTTT")]
)
def test_beside_a_day_an_instant_counts_as_its_day(op, expected):
    some_rows(*({"created": moment, "odd": moment} for moment in WHOLE_DAY))
    for text in (f"created {op} DATE('2024-06-01')", f"odd {op} DATE('2024-06-01')"):
        assert answers(text) == [sign == "T" for sign in expected]
    mirrored = op.translate(str.maketrans("<>", "><")) if op != "<>" else op
    assert answers(f"DATE('2024-06-01') {mirrored} created") == [sign == "T" for sign in expected]


def test_days_are_compared_as_days():
    some_rows({"day": "2024-06-01"}, {"day": "2024-06-02"}, {"day": "June"}, {"day": "2024-06-01T00:00:00Z"})
    assert answers("T_EQUALS(day, DATE('2024-06-01'))") == [True, False, None, None]
    assert answers("day > TIMESTAMP('2024-06-01T23:00:00Z')") == [False, True, None, None]
    assert answers("day IN (DATE('2024-06-02'), TIMESTAMP('2024-06-01T12:00:00Z'))") == [True, True, None, None]


def test_a_property_of_no_known_kind_is_a_day_beside_days_and_an_instant_beside_instants():
    some_rows({"odd": "2024-06-01"}, {"odd": "2024-06-01T10:00:00Z"}, {"odd": 20240601})
    assert answers("odd = DATE('2024-06-01')") == [True, True, None]
    assert answers("odd > TIMESTAMP('2024-06-01T09:00:00Z')") == [None, True, None]
    assert answers("T_INTERSECTS(odd, INTERVAL('2024-06-01T10:00:00Z', '..'))") == [None, True, None]
    assert answers("odd IN (DATE('2024-06-01'))") == [True, True, None]


def test_the_first_and_the_last_day_there_are_have_ends():
    some_rows({"created": "0001-01-01T00:00:00Z"}, {"created": "9999-12-31T23:59:59.999999Z"})
    assert answers("created <= DATE('0001-01-01')") == [True, False]
    assert answers("created = DATE('9999-12-31')") == [False, True]
    assert answers("T_AFTER(created, INTERVAL('..', '9999-12-30'))") == [False, True]


def test_an_end_that_is_absent_says_nothing_and_an_open_one_is_endless():
    some_rows({"created": "2024-06-01T00:00:00Z"})
    assert answers("T_BEFORE(INTERVAL(created, strange), DATE('2025-01-01'))") == [None]
    assert answers("T_AFTER(INTERVAL(created, '..'), DATE('2024-01-01'))") == [True]
    assert answers("T_EQUALS(INTERVAL('..', created), INTERVAL('..', '2024-06-01T00:00:00Z'))") == [True]


def test_literals_compare_with_literals():
    some_rows({})
    assert answers("T_DURING(INTERVAL('2024-01-02', '2024-01-03'), INTERVAL('2024-01-01', '..'))") == [True]
    assert answers("DATE('2024-01-01') < TIMESTAMP('2024-01-01T10:00:00Z')") == [False]
    assert answers("T_EQUALS(INTERVAL('..', '..'), INTERVAL('..', '..'))") == [True]


def test_a_text_beside_a_time_is_taken_for_the_time_that_it_writes():
    some_rows({"created": "2024-06-01T10:00:00Z", "day": "2024-06-01"})
    assert answers("created >= '2024-06-01T12:00:00+02:00'") == [True]
    assert answers("created = '2024-06-01' AND datetime < '2024-06-02'") == [True]
    assert answers("day IN ('2024-06-01')") == [True]


def test_a_text_that_writes_no_time_is_refused_beside_one():
    for text in ("yesterday", "2024-02-30", "2024-06-01T25:00:00Z", ""):
        place, reason = refusal(f"created = '{text}'")
        assert (place, reason[:34]) == (10, "a time such as 2020-02-29T12:00:00")


INTERVALS_ONLY = [op for op in TEMPORAL if op not in ("t_after", "t_before", "t_disjoint", "t_equals", "t_intersects")]


@pytest.mark.parametrize("op", INTERVALS_ONLY)
@pytest.mark.parametrize("instant", ["created", "day", "odd", "TIMESTAMP('2024-06-01T00:00:00Z')"])
def test_functions_of_intervals_refuse_instants(op, instant):
    place, reason = refusal(f"{op}({instant}, INTERVAL('2024-01-01', '..'))")
    assert place == len(op) + 1
    assert reason.startswith(f"{op} compares intervals; for instants there are t_after, t_before")


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("T_AFTER(platform, DATE('2024-06-01'))", 8, "an instant is needed here; `platform` is a text."),
        ("T_AFTER(INTERVAL(gsd, '..'), datetime)", 17, "an instant is needed here; `gsd` is a number."),
        ("created = 2024", 10, "an instant is needed here; got a number, 2024."),
        ("datetime = platform", 11, "an instant is needed here; `platform` is a text."),
    ],
)
def test_what_is_no_time_is_refused(text, place, reason):
    assert refusal(text) == (place, reason)


def test_an_interval_is_no_value_to_compare():
    interval = Interval(Property("created"), None)
    with pytest.raises(CQL2Error, match="an instant is needed here; got a time"):
        condition(Operation("=", (Property("created"), interval)), TARGET)
    assert Item.objects.filter(condition(Operation("isNull", (interval,)), TARGET)).count() == 0
    with pytest.raises(CQL2Error):
        condition(Operation("t_after", (Value(1), interval)), TARGET)


def test_the_time_of_items_is_found_by_its_indexes():
    home = a_home()
    store(*(a_row(str(n), home, JUNE + n * DAY, end=JUNE + n * DAY if n % 9 == 0 else None) for n in range(2_000)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE django_stac_item; SET LOCAL enable_seqscan = off")
    plan = Item.objects.filter(compiled("T_INTERSECTS(datetime, INTERVAL('2024-06-10', '2024-06-12'))")).explain()
    assert "BitmapOr" in plan
    assert plan.count("Index Cond: ((datetime <= ") == 1
    assert "stac_range" in plan
