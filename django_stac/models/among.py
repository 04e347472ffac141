"""Keys of many rows as one parameter of a condition."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, F, Func, Q, Value


class Among(Func):
    """Whether an expression is one of an array: statements of the server's take 65,535 parameters at most."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def among(name: str, keys: Iterable[int]) -> Q:
    """The condition that a column holds one of these keys; the empty one, which adds nothing, when there are none."""
    known = sorted(keys)
    return Q(Among(F(name), Value(known, ArrayField(BigIntegerField())))) if known else Q()
