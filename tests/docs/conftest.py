"""A reader with an empty folder and an empty database."""

from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from tests.docs.project import Reader, free_port


@pytest.fixture(scope="module")
def database(worker_id: str, request) -> Iterator[dict[str, str]]:
    """Variables of libpq that name a new database; it is dropped at the end."""
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
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield {key: value for key, value in variables.items() if value} | {"PGDATABASE": name}
        connection.execute(drop)


@pytest.fixture(scope="module")
def reader(database: dict[str, str], tmp_path_factory) -> Iterator[Reader]:
    """Somebody who has just opened a terminal."""
    here = {"8000": str(free_port()), '"NAME": "tutorial"': f'"NAME": "{database["PGDATABASE"]}"'}
    reader = Reader(tmp_path_factory.mktemp("reader"), database, here)
    yield reader
    reader.leave()
