"""The examples of the OpenAPI description."""

import pytest
from jsonschema_rs import validator_for

from django_stac.api.openapi.components import COMPONENTS
from django_stac.api.openapi.examples import BODIES, PARAMETERS, PLACES
from tests.api.asking import ask
from tests.api.test_docs import as_json_schema


@pytest.fixture
def document(db):
    return ask("api").json()


def bodies(document):
    """Each form of each body that an operation takes."""
    for path in document["paths"].values():
        for operation in path.values():
            yield from operation.get("requestBody", {"content": {}})["content"].values()


def test_every_form_of_a_body_has_examples_that_keep_to_its_schema(document):
    for body in bodies(document):
        keeping = validator_for(as_json_schema({**body["schema"], "components": document["components"]}))
        for example in body["examples"].values():
            keeping.validate(example["value"])


def test_examples_of_parameters_keep_to_their_schemas(document):
    for name, example in PARAMETERS.items():
        parameter = document["components"]["parameters"][name]
        assert parameter["example"] == example
        validator_for(parameter["schema"]).validate(example)


def test_every_part_of_a_path_that_is_not_a_file_has_an_example(document):
    asked = [each for path in document["paths"].values() for method in path.values() for each in method["parameters"]]
    named = {each["name"]: each.get("example") for each in asked if each.get("in") == "path"}
    assert {name: example for name, example in named.items() if name not in ("storage", "path")} == PLACES


def test_no_example_is_left_of_what_is_gone(document):
    used = {name.partition("-")[0] for body in bodies(document) for name in body["examples"]}
    assert used == BODIES.keys()
    assert PARAMETERS.keys() <= COMPONENTS["parameters"].keys()
