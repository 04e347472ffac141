"""The container files fit each other and the example project, as far as can be seen without Docker."""

import ast
import json
import re
from pathlib import Path

import pytest
import yaml

from example_project import settings
from tests.docs.blocks import DOCS

PROJECT = DOCS.parent
DOCKERFILE = (PROJECT / "Dockerfile").read_text().replace("\\\n", "")
COMPOSE = yaml.safe_load((PROJECT / "compose.yaml").read_text())
INSTRUCTIONS = re.findall(r"^([A-Z]+) (.*)", DOCKERFILE, re.MULTILINE)
PROGRAM_SETTINGS = re.findall(r'os\.environ\.get\("(\w+)"', Path(settings.__file__).read_text())


def given(instruction):
    return [value for name, value in INSTRUCTIONS if name == instruction]


def in_exec_form(instruction):
    (value,) = given(instruction)
    return json.loads(value[value.index("[") :])


def kept_by_dockerignore():
    lines = (PROJECT / ".dockerignore").read_text().splitlines()
    return {line[1:] for line in lines if line.startswith("!")}


@pytest.mark.parametrize(
    "image", [*(value.split()[0] for value in given("FROM")), COMPOSE["services"]["database"]["image"]]
)
def test_images_are_pinned(image):
    name, _, tag = image.partition(":")
    assert re.search(r"\d", tag), name


def test_the_last_stage_runs_as_a_user_without_rights():
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER (\d+)$", last, re.MULTILINE)[1] != "0"


def test_what_is_copied_is_there_and_nothing_else_is_sent():
    copied = {name for value in given("COPY") for name in value.split()[:-1] if not name.startswith("--")}
    assert copied == kept_by_dockerignore()
    assert all((PROJECT / name).exists() for name in copied)


def test_the_health_check_asks_where_the_server_listens():
    health, server = in_exec_form("HEALTHCHECK"), in_exec_form("CMD")
    ast.parse(health[-1])
    assert f":{server[server.index('--port') + 1]}/" in health[-1]
    assert "127.0.0.1" in settings.ALLOWED_HOSTS


def test_no_secret_is_in_the_files():
    assert "SECRET_KEY" not in DOCKERFILE
    values = COMPOSE["services"]["web"]["environment"] | COMPOSE["services"]["database"]["environment"]
    assert all(":?" in values[name] for name in ("SECRET_KEY", "POSTGRES_PASSWORD", "DATABASE_URL"))


def test_variables_are_those_that_the_settings_read():
    assert set(COMPOSE["services"]["web"]["environment"]) <= set(PROGRAM_SETTINGS)


def test_the_example_of_env_names_all_variables_and_no_others():
    named = set(re.findall(r"^(?:# )?([A-Z_]+)=", (PROJECT / ".env.example").read_text(), re.MULTILINE))
    text = (PROJECT / "compose.yaml").read_text()
    passed_on = {name for name, value in COMPOSE["services"]["web"]["environment"].items() if value is None}
    assert named == set(re.findall(r"\$\{([A-Z_]+)", text)) | passed_on


def test_the_site_starts_after_the_migrations_and_these_after_the_database():
    services = COMPOSE["services"]
    assert services["web"]["depends_on"] == {"prepare": {"condition": "service_completed_successfully"}}
    assert services["prepare"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert services["database"]["healthcheck"]["test"][0] == "CMD"
    assert "migrate" in services["prepare"]["command"][-1]
