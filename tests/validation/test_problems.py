"""A problem and its place."""

from django_stac.validation.problems import Problem, pointer_to


def test_a_problem_reads_as_its_place_and_what_is_wrong():
    assert str(Problem("/properties/datetime", "is missing")) == "/properties/datetime: is missing"


def test_a_problem_of_the_whole_document_reads_without_a_place():
    assert str(Problem("", "a STAC document is an object")) == "a STAC document is an object"


def test_a_pointer_escapes_tildes_and_slashes():
    assert pointer_to(["assets", "a/b~c", 0]) == "/assets/a~1b~0c/0"
    assert pointer_to([]) == ""
