"""Filters in the JSON encoding of CQL2: to trees, and back."""

from django_stac.cql2.json.reader import parse
from django_stac.cql2.json.writer import write

__all__ = ["parse", "write"]
