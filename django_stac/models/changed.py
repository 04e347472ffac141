"""The transaction and the instant that last changed a row, as the feed of changes tells them."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    NumberOrNone = models.BigIntegerField[Any, int | None]
    Instant = models.DateTimeField[Any, dt.datetime]
else:
    NumberOrNone = models.BigIntegerField
    Instant = models.DateTimeField


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


class UpdatedField(Instant):
    """When a row was last written: of a row that was not written again exactly ``created``, which stands before it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "auto_now": True})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """For migrations it is Django's own."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateTimeField", args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 - Django's
        if add:
            setattr(model_instance, self.attname, model_instance.created)  # type: ignore[attr-defined]
        return self.value_from_object(model_instance) if add else super().pre_save(model_instance, add)
