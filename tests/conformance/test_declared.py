"""What is declared is what is mounted, and each class has a test that is named after it."""

import ast
import sys
from pathlib import Path

import pytest

from django_stac.api.conformance import MOUNTED, declared
from django_stac.api.urls import urlpatterns
from django_stac.spec.conformance import Conformance
from tests.docs.blocks import DOCS

sys.path.append(str(DOCS / "_extensions"))
from stac_reference.conformance import conformance, named_tests

TESTS = Path(__file__).parents[1]


def asserts(path: str, name: str) -> bool:
    """Whether a test asserts, itself or by what it asks for, something beside the declaration."""
    (function,) = [each for each in ast.walk(ast.parse((TESTS.parent / path).read_text())) if named(each, name)]
    return any(isinstance(each, ast.Assert) and "Conformance" not in ast.dump(each) for each in ast.walk(function))


def named(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name == name


def test_each_class_has_a_test_named_after_it_and_no_other_class_has():
    assert set(named_tests()) == {member.name.lower() for member in Conformance}


@pytest.mark.parametrize("member", Conformance)
def test_its_test_does_more_than_to_look_for_the_uri(member):
    path, name = named_tests()[member.name.lower()].split("::")
    assert asserts(path, name)


def test_each_class_is_mounted_at_routes_that_there_are():
    routes = {pattern.name for pattern in urlpatterns}
    assert MOUNTED.keys() == set(Conformance)
    assert {name for names in MOUNTED.values() for name in names} <= routes


def test_a_class_whose_routes_are_absent_is_not_declared():
    there = {pattern.name for pattern in urlpatterns} - {"aggregate"}
    gone = set(Conformance) - set(declared(there))
    assert gone == {Conformance.AGGREGATION, Conformance.AGGREGATION_FILTER, Conformance.AGGREGATION_QUERY}


@pytest.mark.parametrize("member", Conformance)
def test_the_reference_names_each_class_with_its_routes_and_its_test(member):
    (row,) = [line for line in conformance().splitlines() if f"`{member.value}`" in line]
    assert named_tests()[member.name.lower()].split("::")[1] in row
    assert "`/" in row
