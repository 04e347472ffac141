"""Filters of lists that ask no question about all rows."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from django_stac.access import policy

if TYPE_CHECKING:
    from django.http import HttpRequest

MOST_CHOICES = 50
OF_YEARS = 60


class CollectionFilter(admin.SimpleListFilter):
    """Items of one collection, by its id; of many collections the first are offered, and any may stand in the URL."""

    title = _("collection")
    parameter_name = "collection"

    def lookups(self, request: "HttpRequest", model_admin: Any) -> list[tuple[str, str]]:
        visible = policy().visible_collections(request.user).order_by("collection_id")
        rows = list(visible.values_list("collection_id", "title")[:MOST_CHOICES])
        chosen = self.value()
        return [(name, title or name) for name, title in rows] + (
            [(chosen, chosen)] if chosen and chosen not in dict(rows) else []
        )

    def queryset(self, request: "HttpRequest", queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        # The database refuses to look for some characters that no id has.
        if chosen and not chosen.isprintable():
            return queryset.none()
        return queryset.filter(collection__collection_id=chosen) if chosen else queryset


class TakenFilter(admin.SimpleListFilter):
    """Items of one year; the years between the first and the last item are offered, which an index tells."""

    title = _("year")
    parameter_name = "year"

    def lookups(self, request: "HttpRequest", model_admin: Any) -> list[tuple[str, str]]:
        times = policy().visible_items(request.user).order_by("datetime", "id").values_list("datetime", flat=True)
        first, last = times.first(), times.last()
        if first is None or last is None:
            return []
        years = range(last.year, max(first.year, last.year - OF_YEARS) - 1, -1)
        return [(str(year), str(year)) for year in years]

    def queryset(self, request: "HttpRequest", queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value() or ""
        if not (chosen.isascii() and chosen.isdecimal() and dt.MINYEAR <= int(chosen) < dt.MAXYEAR):
            return queryset
        start, end = (dt.datetime(year, 1, 1, tzinfo=dt.UTC) for year in (int(chosen), int(chosen) + 1))
        return queryset.filter(datetime__gte=start, datetime__lt=end)
