"""Databases of a test's own in the server of the tests, and aliases for them."""

from contextlib import contextmanager

import psycopg
import pytest
from django.db import connections
from psycopg import sql


@contextmanager
def as_dba(name="postgres"):
    """A connection of the tests' own user, which must be a superuser, to any database."""
    facts = connections["geo"].get_connection_params() | {"dbname": name}
    facts = {key: facts[key] for key in ("dbname", "user", "password", "host", "port") if facts.get(key)}
    with psycopg.connect(**facts, autocommit=True) as connection:
        if connection.info.parameter_status("is_superuser") != "on":
            pytest.skip("roles and databases of a test's own need a superuser")
        yield connection


def run(name, *statements):
    """Let a DBA run statements in a database; ``{name}`` is its name, and that of the role."""
    with as_dba(name) as connection:
        for statement in statements:
            connection.execute(sql.SQL(statement).format(name=sql.Identifier(name)))


@contextmanager
def database(name):
    """A database without any extension, and a role of the same name without rights of its own; both are dropped."""
    drop = ("DROP DATABASE IF EXISTS {0} WITH (FORCE)", "DROP ROLE IF EXISTS {0}")
    with as_dba() as dba:

        def execute(statement):
            dba.execute(sql.SQL(statement).format(sql.Identifier(name)))

        for statement in (*drop, "CREATE ROLE {0} LOGIN", "CREATE DATABASE {0} TEMPLATE template0"):
            execute(statement)
        try:
            yield name
        finally:
            for statement in drop:
                execute(statement)


@contextmanager
def alias(name, *, options=""):
    """The alias ``plain`` for a database, as the user who is no superuser."""
    given = connections.settings["geo"]
    own = f"{given['OPTIONS'].get('options', '')} {options}".strip()
    connections.settings["plain"] = given | {
        "NAME": name, "USER": name, "PASSWORD": "", "OPTIONS": given["OPTIONS"] | {"options": own},
    }  # fmt: skip
    connection = connections["plain"]
    connection.connect()
    # Django remembers an alias's types for the whole process; another database may have had the name.
    connection.register_geometry_adapters(connection.connection, True)
    try:
        yield connection
    finally:
        connection.close()
        del connections["plain"]
        del connections.settings["plain"]
