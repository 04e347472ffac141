"""Validating stored documents from a list: problems are told row by row, nothing is changed."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from django_stac.transactions.judging import findings_of
from django_stac.validation.problems import Problem

if TYPE_CHECKING:
    from django.http import HttpRequest

    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = object

MOST_READ = 1000
MOST_TOLD, MOST_PROBLEMS = 20, 5
"""Rows, and problems of one row, that the page tells."""


class ValidatingMixin(ModelAdmin):
    """The action "Validate"; whoever sees a row may ask."""

    actions: tuple[str, ...] = ("validate",)

    @admin.action(description=gettext_lazy("Validate the selected %(verbose_name_plural)s"), permissions=["view"])
    def validate(self, request: "HttpRequest", queryset: QuerySet[Any]) -> None:
        rows = list(queryset.defer(None)[: MOST_READ + 1])
        if len(rows) > MOST_READ:
            limit = _("At most %(limit)d rows are validated here: choose fewer.") % {"limit": MOST_READ}
            self.message_user(request, limit, messages.ERROR)
            return
        findings = [findings_of(row) for row in rows]
        wrong = [(row, found.problems) for row, found in zip(rows, findings, strict=True) if found.problems]
        for row, problems in wrong[:MOST_TOLD]:
            self.message_user(request, self.told(row, problems), messages.ERROR)
        if unchecked := sorted({uri for found in findings for uri in found.unchecked}):
            text = _("Not checked, for their schemas are not stored or cannot be used: %(names)s.")
            self.message_user(request, text % {"names": ", ".join(unchecked[:MOST_TOLD])}, messages.WARNING)
        self.summarise(request, len(rows), len(wrong))

    def summarise(self, request: "HttpRequest", count: int, bad: int) -> None:
        """Say how many are valid, so that silence is no answer."""
        valid = ngettext("%d row is valid.", "%d rows are valid.", count - bad) % (count - bad)
        invalid = ngettext("%d row is not.", "%d rows are not.", bad) % bad if bad else ""
        self.message_user(request, f"{valid} {invalid}".strip(), messages.WARNING if bad else messages.SUCCESS)

    def told(self, row: Any, problems: list[Problem]) -> str:
        """One row with its first problems, as HTML."""
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change"
        shown = ((problem.pointer or "/", problem.message) for problem in problems[:MOST_PROBLEMS])
        lines = format_html_join("; ", "<code>{}</code> {}", shown)
        return format_html('<a href="{}">{}</a>: {}', reverse(name, args=[row.pk]), row, lines)
