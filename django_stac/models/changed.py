"""The transaction that last changed a row, as the feed of changes tells it."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    NumberOrNone = models.BigIntegerField[Any, int | None]
else:
    NumberOrNone = models.BigIntegerField


class CurrentTransaction(models.Func):
    """The number of the running transaction: 64 bits, which never come again in one cluster."""

    template = "pg_current_xact_id()::text::bigint"
    output_field = models.BigIntegerField()


class ChangedField(NumberOrNone):
    """The transaction that wrote the row. Null in rows that are older than the column, and in no dump.

    Every ``save()`` sets it, be it new or not; ``update()`` and SQL have to say it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"null": True, "editable": False, "serialize": False, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 - Django's
        return CurrentTransaction()
