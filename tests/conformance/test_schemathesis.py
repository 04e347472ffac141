"""schemathesis asks what the OpenAPI description offers, of a running site: each answer is one that it describes."""

import json
import logging
import os
import re
import subprocess
from collections import Counter, defaultdict
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.contrib.auth import get_user_model
from django.core.servers.basehttp import WSGIRequestHandler

from django_stac import transactions
from django_stac.api.openapi.examples import CATALOG, COLLECTION, ITEM
from tests.api.stored import put_scene
from tests.factories import a_catalog, a_collection, an_item, put, put_catalog, put_collection

logger = logging.getLogger(__name__)

SCHEMATHESIS = os.environ.get("SCHEMATHESIS")
HERE = Path(__file__).with_name("schemathesis")
MANY = os.environ.get("STAC_FUZZ")
"""How many questions are drawn for each operation; without it there are few, and always the same."""
FEW = ("--max-examples=5", "--generation-deterministic", "--phases=examples,fuzzing,stateful")
OLD = [f"old-{number}" for number in range(40)]
"""What is there to be deleted."""

pytestmark = pytest.mark.skipif(not SCHEMATHESIS, reason="schemathesis absent: `make test` installs it")


@pytest.fixture
def root(live_server, monkeypatch, caplog):
    """A site with what the examples of the description name, each of which was another once."""
    # The server of Django sends head and body apart, and a client that keeps its connection hears of the body late.
    monkeypatch.setattr(WSGIRequestHandler, "disable_nagle_algorithm", True)
    caplog.set_level(logging.ERROR, "django.request")
    put_collection(COLLECTION)
    put_catalog(CATALOG)
    put_scene("scene", "red.tif", collection="kept")
    put(*(an_item(each, collection=COLLECTION) for each in (ITEM, *OLD)))
    for old in OLD:
        put_collection(old)
        put_catalog(old)
    transactions.patch_item(COLLECTION, ITEM, {"title": "Another"})
    transactions.replace_collection(a_collection(COLLECTION, title="Another"))
    transactions.replace_catalog(a_catalog(CATALOG, title="Another"))
    transactions.derive()
    get_user_model().objects.create_superuser("writer", password="writer")
    return f"{live_server.url}/stac/"


@pytest.fixture
def call(tmp_path):
    """Run a program of schemathesis' environment; what it leaves behind is the test's."""

    def called(tool, *arguments):
        env = os.environ | {"SCHEMATHESIS_HOOKS": str(HERE / "hooks.py")}
        command = [Path(SCHEMATHESIS).with_name(tool), *arguments]
        result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=env)
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    return called


@pytest.fixture
def document(root, tmp_path):
    """The description as a file."""
    path = tmp_path / "api.json"
    with urlopen(f"{root}api") as answer:
        path.write_bytes(answer.read())
    return path


@pytest.fixture
def operations(document):
    """Every operation of the description."""
    paths = json.loads(document.read_text())["paths"]
    return {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}


@pytest.fixture
def ask(root, document, call, tmp_path):
    """Ask everything, and return how often each operation was answered with which status."""

    def asked(*who, few=FEW):
        told = tmp_path / "told.ndjson"
        report = ("--no-color", "--report=ndjson", f"--report-ndjson-path={told}")
        amount = (f"--max-examples={MANY}",) if MANY else few
        config = ("--config-file", HERE / "config.toml")
        logger.info(call("schemathesis", *config, "run", document, f"--url={root}", *report, *amount, *who))
        return statuses(told)

    return asked


def statuses(told):
    """How often each operation was answered with each status."""
    found = defaultdict(Counter)
    for event in map(json.loads, told.read_text().splitlines()):
        scenario = event.get("ScenarioFinished", {}).get("recorder", {})
        for number, interaction in scenario.get("interactions", {}).items():
            case = scenario["cases"][number]["value"]
            found[f"{case['method']} {case['path']}"][interaction["response"]["status_code"]] += 1
    return found


def successful(found):
    return {operation for operation, counts in found.items() if any(200 <= status < 300 for status in counts)}


def of_past(operation):
    """Whether those alone may read it who may write."""
    return re.search("/history/|/versions/", operation)


def test_the_description_is_openapi(document, call):
    assert call("openapi-spec-validator", document).strip().endswith("OK")


def test_whoever_asks_is_answered_as_described(operations, ask):
    found = ask()
    assert operations - found.keys() == set()
    assert {each for each in operations - successful(found) if each.startswith("GET") and not of_past(each)} == set()


def test_whoever_may_write_is_answered_as_described(operations, ask):
    found = ask("--auth=writer:writer", few=(*FEW, "--phases=examples,coverage,fuzzing,stateful", "--mode=positive"))
    assert operations - successful(found) == set()
