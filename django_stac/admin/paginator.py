"""Pages of long lists without counting every row."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db import connections

if TYPE_CHECKING:
    AnyPaginator = Paginator[Any]
else:
    AnyPaginator = Paginator

BOUND = 10_000
ESTIMATE = "SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass(%s)"


class EstimatedPaginator(AnyPaginator):
    """Count up to 10,000 rows; of a whole table beyond that believe the planner's estimate."""

    @cached_property
    def count(self) -> int:
        """Exact for short lists; a filtered list ends at the bound."""
        rows: Any = self.object_list
        counted: int = rows.order_by().values("pk")[: BOUND + 1].count()
        if counted <= BOUND:
            return counted
        return BOUND if rows.query.where else max(self.estimated(), counted)

    def estimated(self) -> int:
        """The rows of the table as of its last ANALYZE."""
        rows: Any = self.object_list
        with connections[rows.db].cursor() as cursor:
            cursor.execute(ESTIMATE, [connections[rows.db].ops.quote_name(rows.model._meta.db_table)])
            found = cursor.fetchone()
        return int(found[0] or 0) if found else 0
