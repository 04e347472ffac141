"""A dump that is restored elsewhere is known by the places in its feed that are of before."""

import os
import shutil
import subprocess

import pytest
from django.db import connection

from django_stac.exceptions import StartAgain
from tests.factories import an_item, put
from tests.history.consuming import page, told

pytestmark = pytest.mark.django_db(transaction=True)


def run(program, *words):
    """Run a program of PostgreSQL against the server of the tests."""
    given = connection.get_connection_params()
    known = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password"}
    environment = {name: str(given[key]) for name, key in known.items() if given.get(key)}
    subprocess.run([program, *words], env=os.environ | environment, check=True)


def turn_to(database):
    """Let the tests' connection be one to another database."""
    connection.close()
    connection.settings_dict["NAME"] = database


@pytest.fixture
def move(dba, tmp_path):
    """Dump the database, restore it into another and go on there: call it when the time has come."""
    if not all(map(shutil.which, ("pg_dump", "pg_restore", "createdb", "dropdb"))):
        pytest.skip("the programs of PostgreSQL are not in the path")
    name, dump = connection.settings_dict["NAME"], str(tmp_path / "dump")

    def dump_and_restore():
        run("pg_dump", "--format=custom", f"--file={dump}", name)
        run("createdb", "--template=template0", f"{name}_restored")
        run("pg_restore", "--no-owner", f"--dbname={name}_restored", dump)
        turn_to(f"{name}_restored")

    yield dump_and_restore
    turn_to(name)
    run("dropdb", "--if-exists", f"{name}_restored")


def test_after_restoring_a_dump_all_start_again_and_are_told_everything(move):
    put(an_item("a"), an_item("b"))
    everything, token = told()
    move()
    with pytest.raises(StartAgain, match="start again without since"):
        page(since=token)
    assert told()[0] == everything
