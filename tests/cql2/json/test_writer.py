"""The JSON encoding, written: what is written is read as the same tree."""

import datetime as dt
import json

from hypothesis import given

from django_stac.cql2.json import parse, write
from django_stac.cql2.tree import Date, Interval, Property, Timestamp
from tests.cql2.filters import filters

NOON = dt.datetime(2020, 2, 29, 12, tzinfo=dt.UTC)


@given(filters)
def test_every_tree_comes_back(node):
    # Trees are compared as they are shown: to Python, 1, 1.0 and True are equal.
    assert repr(parse(write(node))) == repr(node)


@given(filters)
def test_what_is_written_is_json(node):
    assert json.loads(json.dumps(write(node), allow_nan=False)) == write(node)


def test_a_fraction_is_written_only_when_there_is_one():
    assert write(Timestamp(NOON)) == {"timestamp": "2020-02-29T12:00:00Z"}
    assert write(Timestamp(NOON.replace(microsecond=5))) == {"timestamp": "2020-02-29T12:00:00.000005Z"}


def test_the_ends_of_an_interval_are_bare_texts():
    node = Interval(Date(NOON.date()), Timestamp(NOON))
    assert write(node) == {"interval": ["2020-02-29", "2020-02-29T12:00:00Z"]}
    assert write(Interval(None, Property("ends"))) == {"interval": ["..", {"property": "ends"}]}
