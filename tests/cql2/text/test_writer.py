"""The text encoding, written: what is written is read as the same tree."""

from hypothesis import given

from django_stac.cql2.text import parse, write
from tests.cql2.filters import filters


@given(filters)
def test_every_tree_comes_back(node):
    assert repr(parse(write(node))) == repr(node)
