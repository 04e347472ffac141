"""The column that holds a STAC document, and the bytes it is stored as."""

from typing import TYPE_CHECKING, Any

import orjson
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    JSONObject = models.Field[dict[str, Any], dict[str, Any]]
else:
    JSONObject = models.Field


def dump(document: dict[str, Any]) -> bytes:
    """Write a document as compact JSON with ``links`` as its last member, always present.

    The server's links are spliced in there as bytes. NaN, integers beyond 64 bits and odd keys must have been refused
    before: orjson is silent about them.
    """
    body = {key: value for key, value in document.items() if key != "links"}
    return orjson.dumps({**body, "links": document.get("links", [])})


class DocumentField(JSONObject):
    """A STAC document: a dict in Python, the bytes of :func:`dump` in the database (``bytea``)."""

    description = _("STAC document")
    empty_values = [None, b""]
    default_error_messages = {"invalid": _("Enter a JSON object.")}

    def db_type(self, connection: Any) -> str:
        return "bytea"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> dict[str, Any] | None:
        return None if value is None else orjson.loads(value)

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str | bytes | memoryview):
            return value
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if not isinstance(value, dict):
            raise ValidationError(self.error_messages["invalid"], code="invalid")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002
        if value is None or hasattr(value, "as_sql"):
            return value
        return connection.Database.Binary(dump(value) if isinstance(value, dict) else value)

    def value_to_string(self, obj: models.Model) -> Any:
        """Let ``dumpdata`` write the object itself, as JSONField does."""
        return self.value_from_object(obj)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only ``isnull``: bytes are not searched, their projections are."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.JSONField, **kwargs})
