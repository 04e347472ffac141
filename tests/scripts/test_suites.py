"""Which runs of pytest ``make test`` makes."""

import importlib.util
import sys

import pytest

from tests.scripts.cluster import SCRIPT

HOST = "--ds=tests.host_site.settings"


@pytest.fixture
def suites(monkeypatch):
    monkeypatch.syspath_prepend(SCRIPT.parent)
    spec = importlib.util.spec_from_file_location("suites", SCRIPT.parent / "suites.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    sys.modules.pop("database", None)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ([], [[], [HOST, "tests/host_site"]]),
        (["tests/spec", "-k", "bbox"], [["tests/spec", "-k", "bbox"]]),
        (["tests/host_site/test_admin.py"], [[HOST, "tests/host_site/test_admin.py"]]),
    ],
)
def test_both_sites_are_tested_unless_one_is_chosen(suites, chosen, expected):
    assert suites.runs(chosen) == expected


def test_the_worse_status_is_the_last_word(suites, monkeypatch):
    statuses = iter([1, 0])
    monkeypatch.setenv("DATABASE_URL", "postgis://nowhere/nothing")
    monkeypatch.setattr(suites, "end_on_signals", lambda: None)
    monkeypatch.setattr(suites, "run", lambda command, env: next(statuses))
    assert suites.main("2", []) == 1
