"""Pages of long lists without counting every row."""

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator

if TYPE_CHECKING:
    AnyPaginator = Paginator[Any]
else:
    AnyPaginator = Paginator

BOUND = 10_000


class EstimatedPaginator(AnyPaginator):
    """Count up to 10,000 rows and page through as many; beyond that believe the planner's estimate."""

    @cached_property
    def count(self) -> int:
        """Exact for short lists, an estimate for long ones."""
        rows: Any = self.object_list
        counted: int = rows.order_by().values("pk")[: BOUND + 1].count()
        return counted if counted <= BOUND else max(self.estimated(), counted)

    @cached_property
    def num_pages(self) -> int:
        """No page lies so far back that the server reads a million rows to reach it: filters lead there."""
        return min(super().num_pages, max(1, BOUND // self.per_page))

    def estimated(self) -> int:
        """The rows that the planner expects."""
        rows: Any = self.object_list
        (explained,) = json.loads(rows.order_by().values("pk").explain(format="json"))
        return int(explained["Plan"]["Plan Rows"])
