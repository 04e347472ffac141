"""Aggregations for the tests of this package: short words for asking, and items to be counted."""

from django_stac.models import Collection, Item
from django_stac.search.aggregation.query import from_params
from django_stac.search.aggregation.run import aggregate
from tests.factories import box
from tests.search.asking import a_home, a_row, at, store

JUNE = at("2024-06-01")
SQUARES = {
    "type": "MultiPolygon",
    "coordinates": [box(179, 0, 180, 1)["coordinates"], box(-180, 0, -179, 1)["coordinates"]],
}
"""A square that was cut at the antimeridian."""


def asked(*names, **params):
    """The aggregations of these names of what everybody may see, by name."""
    query = from_params({"aggregations": ",".join(names), **params})
    found = aggregate(query, visible=Item.objects.published(), collections=Collection.objects.published())
    return {each["name"]: each for each in found}


def counts(name, **params):
    """The frequencies of a distribution by key, and how many items are in no bucket."""
    found = asked(name, **params)[name]
    return {bucket["key"]: bucket["frequency"] for bucket in found["buckets"]}, found["overflow"]


def some(name, values, home=None):
    """One item for each value of a property; None has none."""
    home = home or a_home()
    rows = [a_row(f"{number}", home, JUNE) for number, _ in enumerate(values)]
    for row, value in zip(rows, values, strict=True):
        row.properties = {} if value is None else {name: value}
    store(*rows)


def places(*geometries):
    home = a_home()
    store(*(a_row(f"{number}", home, JUNE, geometry=each) for number, each in enumerate(geometries)))


def nothing_stored():
    """No items: examples share a database."""
    Item.objects.all()._raw_delete("default")
