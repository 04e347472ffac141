"""Rows and filters for the tests of this package."""

from django_stac.cql2.columns import ITEMS, Target
from django_stac.cql2.compile import condition
from django_stac.cql2.queryables import Kind, Queryable, Queryables
from django_stac.cql2.text import parse
from django_stac.cql2.tree import CQL2Error
from django_stac.models import Item
from django_stac.models.projection import comparable
from tests.search.asking import a_home, a_row, at, store

KINDS = {
    "id": Kind.TEXT, "collection": Kind.TEXT, "geometry": Kind.GEOMETRY, "datetime": Kind.PERIOD,
    "start_datetime": Kind.INSTANT, "end_datetime": Kind.INSTANT, "eo:cloud_cover": Kind.NUMBER, "gsd": Kind.NUMBER,
    "platform": Kind.TEXT, "created": Kind.INSTANT, "day": Kind.DATE, "cloudy": Kind.BOOLEAN,
    "instruments": Kind.ARRAY, "bands": Kind.ARRAY, "proj": Kind.OBJECT, "odd": Kind.ANY, "strange": Kind.ANY,
}  # fmt: skip
TARGET = Target(Queryables({name: Queryable(name, kind) for name, kind in KINDS.items()}), ITEMS)
JUNE = at("2024-06-01")


def some_rows(*documents, **more):
    """Store an item for each dict of properties; it is found under its number, from 0."""
    home = a_home()
    for number, properties in enumerate(documents):
        row = a_row(str(number), home, JUNE, **more)
        row.properties = comparable(properties)
        store(row)


def compiled(text, target=TARGET):
    return condition(parse(text), target)


def found(text, target=TARGET):
    """The ids of the items that a filter in the text encoding matches, in their order."""
    return list(Item.objects.filter(compiled(text, target)).order_by("id").values_list("item_id", flat=True))


def answers(text, target=TARGET):
    """What a filter says of each item: True, False or None."""
    return list(Item.objects.annotate(answer=compiled(text, target)).order_by("id").values_list("answer", flat=True))


def refusal(text, target=TARGET):
    """Why a filter is not compiled, and where."""
    try:
        compiled(text, target)
    except CQL2Error as error:
        return error.place, error.reason
    return None
