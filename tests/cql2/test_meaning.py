"""A compiled filter says of every row what it means: true, false or nothing, whatever the row holds."""

import datetime as dt
import json
import random
from collections.abc import Iterator

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import shape

from django_stac.cql2 import literals
from django_stac.cql2.columns import ITEMS, Target
from django_stac.cql2.compile import condition
from django_stac.cql2.queryables import Kind, Queryable, Queryables
from django_stac.cql2.sieve import sieve
from django_stac.cql2.tree import (
    ARRAYS,
    COMPARISONS,
    SPATIAL,
    TEMPORAL,
    Array,
    CQL2Error,
    Date,
    Interval,
    Operation,
    Property,
    Timestamp,
    Value,
)
from django_stac.models import Item
from django_stac.models.projection import comparable
from tests.cql2 import oracle
from tests.cql2.filters import filters as any_filters
from tests.cql2.oracle import KINDS
from tests.factories import box
from tests.search.asking import a_home, a_row, point, store

pytestmark = pytest.mark.django_db

KNOWN = {name: Queryable(name, kind) for name, kind in {**KINDS, "geometry": Kind.GEOMETRY}.items()}
TARGET = Target(Queryables(KNOWN), ITEMS)

SHORT = [1, -1, 2, 4, 0.5]
NUMBERS = [0, *SHORT, -2.5, 1.0, 10**30]
TEXTS = ["", "a", "A", "Ä", "aa", "Straße", "STRASSE", "a%", "a_", "\\", "ΟΔΟΣ", "οδος", "z", "é", "e\u0301", "😀", "1"]
DAYS = [dt.date(2024, 1, 1), dt.date(2024, 1, 2), dt.date(1, 1, 1), dt.date(9999, 12, 31)]
INSTANTS = [
    dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
    dt.datetime(2024, 1, 1, 23, 59, 59, 999_999, tzinfo=dt.UTC),
    dt.datetime(2024, 1, 2, tzinfo=dt.UTC),
    dt.datetime(1, 1, 1, tzinfo=dt.UTC),
    dt.datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=dt.UTC),
]
LISTS = [[], ["a"], ["a", "a", "A"], [1, "1"], [1.0], [True], [["a"], "a"], [{"a": 1}], [None], ["a", None, 2]]
OTHERS = [None, True, False, {"a": 1}, "2024-02-30T00:00:00Z", "2024-01-01", *LISTS[:3], *NUMBERS[:3], *TEXTS[:3]]
HELD = {
    "n": NUMBERS, "m": [0, *SHORT], "s": TEXTS, "r": TEXTS, "b": [True, False], "c": [True, False],
    "t": INSTANTS, "u": INSTANTS, "d": DAYS, "a": LISTS, "e": LISTS,
    "x": [*NUMBERS, *TEXTS, *INSTANTS, *DAYS, True], "y": [*NUMBERS, *TEXTS, *INSTANTS, *DAYS, True],
}  # fmt: skip


def a_document(draw: random.Random):
    """Properties, each of its own kind, of another, null or absent."""
    held = {name: draw.choice(values if draw.random() < 0.7 else OTHERS) for name, values in HELD.items()}
    there = {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in held.items()}
    return {name: comparable(value) for name, value in there.items() if draw.random() < 0.9}


def a_time(draw: random.Random):
    """An instant or, as often, a range whose ``datetime`` lies anywhere."""
    start, end = sorted(draw.sample(INSTANTS, 2))
    moment = draw.choice(INSTANTS)
    return (moment, start, end) if draw.random() < 0.5 else (moment, moment, moment)


LINE = {"type": "LineString", "coordinates": [[0, 0], [2, 2], [4, 0]]}
RING = {"type": "Polygon", "coordinates": [box(0, 0, 3, 3)["coordinates"][0], box(1, 1, 2, 2)["coordinates"][0]]}
BOTH = {"type": "MultiPolygon", "coordinates": [box(0, 0, 1, 1)["coordinates"], box(2, 2, 3, 3)["coordinates"]]}
BOW = {"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}
SOUND = [None, point(1, 1), point(3, 0), box(0, 0, 3, 3), box(1, 1, 2, 2), LINE, RING, BOTH]
PLACES = [*SOUND, BOW, {"type": "GeometryCollection", "geometries": [point(5, 5), BOW]}]
DRAW = random.Random(1)
ROWS = {str(number): a_document(DRAW) | {"datetime": a_time(DRAW)} for number in range(120)}


@pytest.fixture(scope="module")
def rows(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        home = a_home()
        store(*(made(home, name, dict(row)) for name, row in ROWS.items()))
        yield
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE django_stac_item, django_stac_collection CASCADE")


def made(home, name, row):
    moment, start, end = row.pop("datetime")
    item = a_row(name, home, moment, end=end if end != start else None, geometry=PLACES[int(name) % len(PLACES)])
    item.start_datetime = start if end != start else None
    item.properties = row
    return item


# Strategies


def property_of(*names):
    return st.sampled_from([*names, "x"]).map(Property)


def operation(ops, *args):
    return st.tuples(st.sampled_from(ops), st.tuples(*args)).map(lambda drawn: Operation(*drawn))


def values(pool):
    return st.sampled_from(pool).map(Value)


def array(members):
    return st.lists(members, max_size=3).map(lambda drawn: Array(tuple(drawn)))


# Quotients of these have few digits: the database rounds longer ones.
short = values(SHORT) | st.just(Property("m"))
numbers = st.recursive(
    values(NUMBERS) | property_of("n", "m") | operation(["/"], short, short),
    lambda inner: (
        operation(["+", "-", "*"], inner, inner)
        | operation(["%", "div"], inner, property_of("n") | values([1, 2, -2, 0.5]))
    ),
    max_leaves=4,
)
texts = st.recursive(
    values(TEXTS) | property_of("s", "r"), lambda inner: operation(["casei", "accenti"], inner), max_leaves=3
)
patterns = st.lists(st.sampled_from(["%", "_", "a", "A", "ß", "\\\\", "\\%", "Σ"]), max_size=4).map("".join).map(Value)
truths = values([True, False]) | property_of("b", "c")
days = st.sampled_from(DAYS).map(Date)
instants = st.sampled_from(INSTANTS).map(Timestamp)
times = days | instants | property_of("t", "u", "d", "datetime")
ends = st.none() | days | instants | st.sampled_from("tud").map(Property)
intervals = st.tuples(ends, ends).map(lambda pair: Interval(*pair))
lists = array(values(NUMBERS) | values(TEXTS) | values([True])) | property_of("a", "e").filter(lambda p: p.name != "x")

ANY = st.sampled_from("xy").map(Property)
PAIRS = st.sampled_from([(numbers, numbers), (texts, texts), (truths, truths), (times, times), (ANY, ANY)])
comparisons = PAIRS.flatmap(lambda pair: operation(COMPARISONS, *pair))
betweens = PAIRS.flatmap(lambda pair: operation(["between"], pair[0], *pair))
memberships = PAIRS.flatmap(lambda pair: operation(["in"], pair[0], array(pair[1])))
of_instants = operation(sorted({"t_after", "t_before", "t_disjoint", "t_equals", "t_intersects"}),
                        times | intervals, times | intervals)  # fmt: skip
of_intervals = operation(TEMPORAL, *[intervals | st.just(Property("datetime"))] * 2)
predicates = (
    comparisons
    | betweens
    | memberships
    | operation(["like"], texts, patterns | operation(["casei", "accenti"], patterns))
    | operation(["isNull"], st.sampled_from(sorted(HELD)).map(Property))
    | operation(ARRAYS, lists, lists)
    | of_instants
    | of_intervals
    | values([True, False])
)
filters = st.recursive(
    predicates,
    lambda inner: operation(["not"], inner) | operation(["and", "or"], inner, inner) | operation(["or"], *[inner] * 3),
    max_leaves=4,
)


def is_understood(node):
    """Whether a filter names kinds that go together: of an unknown property next to another kind nothing is said."""
    try:
        condition(node, TARGET)
    except ValueError:
        return False
    return True


@settings(max_examples=300)
@given(node=filters.filter(is_understood))
def test_a_filter_says_of_every_row_what_it_means(rows, node):
    answered = Item.objects.annotate(answer=condition(node, TARGET)).values_list("item_id", "answer")
    assert dict(answered) == {name: oracle.truth(node, row) for name, row in ROWS.items()}


@settings(max_examples=300)
@given(nodes=st.lists(filters.filter(is_understood), min_size=1, max_size=2))
def test_a_sieve_keeps_every_row_that_passes_and_no_other_where_it_says_it_all(rows, nodes):
    kept = sieve(nodes, TARGET)
    passing = {name for name, row in ROWS.items() if all(oracle.truth(node, row) for node in nodes)}
    found = set(Item.objects.filter(*([kept.condition] if kept else [])).values_list("item_id", flat=True))
    assert passing == found if kept and kept.shape else passing <= found


class Everything(Queryables):
    """Every name is a queryable, and the same name always the same one."""

    def get(self, name):
        return list(KNOWN.values())[sum(name.encode()) % len(KNOWN)]


@settings(max_examples=500)
@given(node=any_filters)
def test_a_filter_is_refused_with_its_place_or_runs_on_every_row(rows, node):
    target = Target(Everything({}), ITEMS)
    try:
        compiled = condition(node, target)
    except CQL2Error:
        return
    kept = sieve([node], target)
    assert Item.objects.filter(compiled).count() <= Item.objects.filter(*([kept.condition] if kept else [])).count()


GRID = st.tuples(st.integers(0, 4), st.integers(0, 4))
BOXES = st.tuples(GRID, st.integers(1, 3), st.integers(1, 3)).map(
    lambda drawn: box(*drawn[0], drawn[0][0] + drawn[1], drawn[0][1] + drawn[2])
)
LINES = st.lists(GRID, min_size=2, max_size=3, unique=True).map(
    lambda drawn: {"type": "LineString", "coordinates": drawn}
)
SHAPES = GRID.map(lambda drawn: point(*drawn)) | BOXES | LINES | st.sampled_from(SOUND[1:])


@given(op=st.sampled_from(SPATIAL), content=SHAPES, is_first=st.booleans())
def test_a_spatial_function_says_what_shapely_says(rows, op, content, is_first):
    asked = literals.geometry(json.loads(json.dumps(content)), str)
    args = (asked, Property("geometry")) if is_first else (Property("geometry"), asked)
    places = {name: SOUND[int(name)] for name in map(str, range(len(SOUND)))}
    answered = Item.objects.filter(item_id__in=places).annotate(answer=condition(Operation(op, args), TARGET))
    assert dict(answered.values_list("item_id", "answer")) == {
        name: None if place is None else related(op, *((content, place) if is_first else (place, content)))
        for name, place in places.items()
    }


def related(op, left, right):
    return getattr(shape(left), op.removeprefix("s_"))(shape(right))
