"""A STAC document as a form field: JSON text that people edit, kept as they wrote it when something is wrong."""

import json
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from django_stac.spec.json_places import line_of
from django_stac.spec.json_text import JSONTextError, loads
from django_stac.validation.problems import Problem

# The innermost lists: the places of a geometry would fill the page with one number a line.
FLAT_LIST = re.compile(r"\[\n\s+([^\[\]{}]{1,200}?)\n\s+\]")
PROBLEM = '<a class="stac-problem" href="#{}" data-line="{}">{} <code>{}</code></a> {}'


class DocumentWidget(forms.Textarea):
    """A text area that our script gives line numbers; it works without."""

    class Media:
        js = ("django_stac/document_editor.js",)

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        plain = {"class": "stac-document", "rows": 30, "cols": 100, "spellcheck": "false", "wrap": "off"}
        super().__init__({**plain, **(attrs or {})})


class DocumentFormField(forms.CharField):
    """Text in the form, a dict in ``cleaned_data``. What is no strict JSON object is refused with its line."""

    widget = DocumentWidget
    not_an_object = gettext_lazy("A STAC document is a JSON object, in braces.")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Document"))
        super().__init__(strip=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return readable(value) if isinstance(value, dict) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            document = loads(text)
        except JSONTextError as error:
            raise ValidationError(_("This is no JSON: %(reason)s.") % {"reason": error}, code="invalid") from error
        if not isinstance(document, dict):
            raise ValidationError(self.not_an_object, code="invalid")
        return document

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != loads(data or ""))
        except JSONTextError:
            return True


class ObjectFormField(DocumentFormField):
    """An object beside the document; None where nothing is written."""

    def __init__(self, **kwargs: Any) -> None:
        widget = DocumentWidget({"rows": 8})
        super().__init__(required=False, show_hidden_initial=True, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        return super().clean(value) if value and value.strip() else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(as_object(initial) != as_object(data))
        except JSONTextError:
            return True


class QueryablesFormField(ObjectFormField):
    """Schemas of properties by name."""

    not_an_object = gettext_lazy("Queryables are a JSON object, in braces: schemas by the names of properties.")


class RulesFormField(ObjectFormField):
    """What a collection asks of its items."""

    not_an_object = gettext_lazy("Rules are a JSON object, in braces.")


def as_object(value: Any) -> Any:
    """An object as it is, or as its text says; None of an empty text."""
    return loads(value) if isinstance(value, str) and value.strip() else value or None


def readable(document: dict[str, Any]) -> str:
    """Write a document for people: indented, short lists of values on one line."""
    text = json.dumps(document, indent=2, ensure_ascii=False)
    return FLAT_LIST.sub(lambda found: "[" + re.sub(r"\n\s+", " ", found[1]) + "]", text)


def shown_problem(problem: Problem, text: str, field_id: str) -> str:
    """A problem as HTML: the line of the text, the JSON pointer, and what is wrong there."""
    line = line_of(text, problem.pointer)
    label = _("Line %(line)d") % {"line": line}
    return format_html(PROBLEM, field_id, line, label, problem.pointer or "/", problem.message)
