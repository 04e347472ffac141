"""A reader with an empty folder, and a server of databases."""

import shutil
from collections.abc import Iterator
from importlib.util import find_spec

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from tests.docs import machine
from tests.docs.project import Reader, free_port


@pytest.fixture(scope="module")
def database(worker_id: str, request) -> Iterator[dict[str, str]]:
    """Variables of libpq that name a database which is not there yet; it is dropped at the end."""
    given = settings.DATABASES["default"]
    name = f"docs_{request.module.__name__.rpartition('.')[2]}_{worker_id}_{given['NAME']}"[:63]
    variables = {
        "PGHOST": given["HOST"],
        "PGPORT": given["PORT"],
        "PGUSER": given["USER"],
        "PGPASSWORD": given["PASSWORD"],
    }
    address = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "password": given["PASSWORD"]}
    with psycopg.connect(dbname="postgres", autocommit=True, **address) as connection:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        connection.execute(drop)
        yield {key: value for key, value in variables.items() if value} | {"PGDATABASE": name}
        connection.execute(drop)


@pytest.fixture(scope="session")
def terminal(tmp_path_factory) -> dict[str, str]:
    """The variables of a machine without this project."""
    folder = tmp_path_factory.mktemp("machine")
    places = {name: folder / name for name in ("python", "packages", "wheels")}
    for place in places.values():
        place.mkdir()
    return machine.variables(
        python=machine.python_in(places["python"]),
        packages=machine.packages_in(places["packages"]),
        wheels=machine.wheel_in(places["wheels"]),
    )


@pytest.fixture(scope="module")
def reader(database: dict[str, str], terminal: dict[str, str], tmp_path_factory) -> Iterator[Reader]:
    """Somebody who has just opened a terminal."""
    if not shutil.which("createdb"):
        pytest.skip("the programs of PostgreSQL's clients are not on the PATH")
    if not find_spec("ensurepip"):
        pytest.skip("this Python cannot make environments: Debian has that in python3-venv")
    reader = Reader(tmp_path_factory.mktemp("reader"), terminal | database, {"8000": str(free_port())})
    yield reader
    reader.leave()
