"""The benchmark command, on an archive so small that its figures mean nothing."""

import json
import os
import subprocess
import sys

import pytest

from tests.benchmarks.dataset import Dataset
from tests.benchmarks.queries import queries
from tests.benchmarks.serving import PROJECT

pytest.importorskip("granian")


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "tests.benchmarks", *arguments]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.skipif(not os.environ.get("DATABASE_URL"), reason="DATABASE_URL is not set")
def test_a_small_run_measures_the_load_and_every_query_that_is_named():
    done = run("--items", "200", "--rounds", "1", "--only", "a,f,b,i", "--json")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["load"]["items_per_second"] > 0
    assert [row["query"] for row in figures["queries"]] == ["f", "a", "b", "i"]


def test_an_unknown_query_is_named():
    done = run("--only", "zzz")
    assert done.returncode == 1
    assert "there is no query zzz" in done.stderr or "DATABASE_URL" in done.stderr


def test_the_requests_are_the_same_in_every_run():
    assert queries(Dataset(total=50)) == queries(Dataset(total=50))
