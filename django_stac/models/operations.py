"""Migration operations for what Django's schema editor does not know: extensions, compression, the view of assets."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, router, transaction
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from django_stac.models import extensions

SERVER_HAS_LZ4 = "SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression'"

ASSET_VIEW = """
CREATE VIEW django_stac_asset AS
SELECT item.id || '/' || asset.key AS id,
       item.id AS item_id,
       asset.key,
       asset.position::int4 AS position,
       coalesce(body ->> 'href', '') AS href,
       body ->> 'type' AS media_type,
       body ->> 'title' AS title,
       coalesce(body -> 'roles', '[]') AS roles,
       body - '{href,type,title,roles}'::text[] AS extra
FROM django_stac_item AS item
CROSS JOIN LATERAL (SELECT convert_from(item.document, 'UTF8')::json -> 'assets' AS assets OFFSET 0) AS opened
CROSS JOIN LATERAL json_each(CASE json_typeof(assets) WHEN 'object' THEN assets END)
    WITH ORDINALITY AS asset(key, value, position)
CROSS JOIN LATERAL (
    SELECT CASE json_typeof(asset.value) WHEN 'object' THEN asset.value::jsonb ELSE '{}' END AS body OFFSET 0
) AS inside
"""
# `loaddata` writes every model of a full dump, this one too: what it would insert is in the documents already.
LOADDATA_RULES = """
CREATE RULE django_stac_loaddata_{event} AS ON {event} TO django_stac_asset DO INSTEAD NOTHING
"""


class DatabaseOperation(Operation):
    """An operation on the database that leaves the state of the models as it is."""

    reversible = True
    reduces_to_sql = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if router.allow_migrate(schema_editor.connection.alias, app_label):
            self.forwards(schema_editor)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if router.allow_migrate(schema_editor.connection.alias, app_label):
            self.backwards(schema_editor)

    def forwards(self, schema_editor: Any) -> None:
        raise NotImplementedError

    def backwards(self, schema_editor: Any) -> None:
        """Leave everything."""


class RequireExtension(DatabaseOperation):
    """A PostgreSQL extension: created when absent, never dropped."""

    def __init__(self, name: str) -> None:
        self.name = name

    def forwards(self, schema_editor: Any) -> None:
        """Raise ImproperlyConfigured with the SQL for a DBA when it cannot be created: no right, or not installed."""
        connection = schema_editor.connection
        if not extensions.absent(connection, (self.name,)):
            return
        try:
            with transaction.atomic(using=connection.alias):
                schema_editor.execute(extensions.creation(self.name))
        except DatabaseError as error:
            raise ImproperlyConfigured(
                f"django-stac needs the PostgreSQL extension {self.name!r}, which this database user could not create "
                f"({str(error).strip()}). Let a DBA install it and run in database "
                f"{connection.settings_dict['NAME']!r}: {extensions.creation(self.name)};"
            ) from error

    def describe(self) -> str:
        return f"Require the PostgreSQL extension {self.name}"


class CompressColumn(DatabaseOperation):
    """Compress a column with lz4 where the server was built with it; it concerns later rows only."""

    def __init__(self, table: str, column: str) -> None:
        self.table, self.column = table, column

    def forwards(self, schema_editor: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(SERVER_HAS_LZ4)
            found = cursor.fetchone()
        if found and found[0]:
            quote = schema_editor.quote_name
            schema_editor.execute(
                f"ALTER TABLE {quote(self.table)} ALTER COLUMN {quote(self.column)} SET COMPRESSION lz4"
            )

    def describe(self) -> str:
        return f"Compress {self.table}.{self.column} with lz4 where the server can"


class CreateAssetView(DatabaseOperation):
    """The view behind the model Asset. Wrap migrations of ``Item.id`` and ``Item.document`` in Drop and Create."""

    def forwards(self, schema_editor: Any) -> None:
        schema_editor.execute(ASSET_VIEW)
        for event in ("INSERT", "UPDATE"):
            schema_editor.execute(LOADDATA_RULES.format(event=event))

    def backwards(self, schema_editor: Any) -> None:
        schema_editor.execute("DROP VIEW IF EXISTS django_stac_asset")

    def describe(self) -> str:
        return "Create the view of assets"


class DropAssetView(DatabaseOperation):
    """The counterpart of CreateAssetView."""

    def forwards(self, schema_editor: Any) -> None:
        CreateAssetView().backwards(schema_editor)

    def backwards(self, schema_editor: Any) -> None:
        CreateAssetView().forwards(schema_editor)

    def describe(self) -> str:
        return "Drop the view of assets"
