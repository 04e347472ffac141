"""Filters in the text encoding of CQL2: to trees, and back."""

from django_stac.cql2.text.reader import parse
from django_stac.cql2.text.writer import write

__all__ = ["parse", "write"]
