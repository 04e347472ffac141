"""Which parameter is at fault, for those who asked."""

from collections.abc import Iterator
from contextlib import contextmanager

from django_stac.cql2.tree import CQL2Error
from django_stac.exceptions import InvalidParameter


@contextmanager
def blaming(parameter: str) -> Iterator[None]:
    """Turn a ValueError with a sentence into InvalidParameter, with the pointer of a CQL2Error."""
    try:
        yield
    except CQL2Error as error:
        pointer = f"/{parameter}{error.place}" if isinstance(error.place, str) and error.place else ""
        raise InvalidParameter(parameter, str(error), pointer=pointer) from None
    except ValueError as error:
        raise InvalidParameter(parameter, str(error)) from None
