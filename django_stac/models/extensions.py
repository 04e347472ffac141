"""The PostgreSQL extensions behind the tables, and the SQL for a DBA where this user may not create them."""

from typing import Any

from django.db import DatabaseError, transaction

REQUIRED = ("postgis", "btree_gist")

# A schema that does not exist, or that the user may not use, is in no search path.
FOUND = """
SELECT extname, nspname, nspname = ANY (current_schemas(true))
FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = ANY (%s)
"""
LACKS_SCHEMA = "SELECT current_schema(), current_user WHERE NOT has_schema_privilege(current_schema(), 'CREATE')"


def absent(connection: Any, names: tuple[str, ...] = REQUIRED) -> list[str]:
    """Return those that the database does not have."""
    found = {name for name, *_ in installed(connection, names)}
    return [name for name in names if name not in found]


def out_of_sight(connection: Any, names: tuple[str, ...] = REQUIRED) -> dict[str, str]:
    """Return those in a schema that is not in the search path, with that schema: their types are not found."""
    return {name: schema for name, schema, is_seen in installed(connection, names) if not is_seen}


def search_path(connection: Any) -> list[str]:
    """Return the schemas in which names are looked for, but those of the server."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(current_schemas(false))")
        return [schema for (schema,) in cursor.fetchall()]


def installed(connection: Any, names: tuple[str, ...]) -> list[tuple[str, str, bool]]:
    """Return name, schema, and whether the search path leads there, in the order of the names."""
    with connection.cursor() as cursor:
        cursor.execute(FOUND, [list(names)])
        return sorted(cursor.fetchall(), key=lambda row: names.index(row[0]))


def creation(name: str) -> str:
    """The statement that creates an extension."""
    return f'CREATE EXTENSION IF NOT EXISTS "{name}"'


def refusal(connection: Any, name: str) -> str:
    """Return why this user cannot create an extension; empty when it can. What was created is taken back.

    Only a try knows: trusted extensions and the servers of providers grant it to users who are no superusers.
    """
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(creation(name))
            transaction.set_rollback(True, using=connection.alias)
    except DatabaseError as error:
        return str(error).strip()
    return ""


def for_dba(connection: Any) -> str:
    """The SQL that gives the database all it lacks for ``migrate``, one statement a line."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(LACKS_SCHEMA)
        grants = [f"GRANT CREATE ON SCHEMA {quote(schema)} TO {quote(user)};" for schema, user in cursor.fetchall()]
    return "\n".join([*(f"{creation(name)};" for name in absent(connection)), *grants])
