"""Functions as CQL2 lists them."""

from django_stac.documents.functions import present_functions
from django_stac.documents.hrefs import Hrefs

TYPES = {"string", "number", "integer", "datetime", "geometry", "boolean"}


def test_types_are_those_of_the_standard():
    for function in present_functions(Hrefs("http://x/stac/"))["functions"]:
        assert {*function["returns"], *(each for arg in function["args"] for each in arg["type"])} <= TYPES
        assert function["description"].endswith(".")
