"""The floor: the same stored documents through plain psycopg, without policy, links, count or HTTP."""

import time
from typing import Any

import psycopg

from tests.benchmarks.queries import Request

# Newest first by distance from a time after all: the index on places gives the rows in this order.
BY_PLACE = "ORDER BY datetime <-> '2100-01-01+00'::timestamptz FETCH FIRST (%(limit)s::int8) ROWS WITH TIES"
BY_TIME = "ORDER BY datetime DESC, id DESC LIMIT %(limit)s::int8"
CONDITIONS = {
    "ids": "item_id = ANY (%(ids)s)",
    "collections": "collection_id = %(collection)s::int4",
    "bbox": "ST_Intersects(geometry, ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4326))",
    "properties": (
        "properties ->> 'platform' = %(platform)s AND (properties ->> 'eo:cloud_cover')::float8 < %(cloud)s::float8 "
        "AND (properties ->> 'view:sun_elevation')::float8 > %(sun)s::float8"
    ),
    "datetime": "datetime BETWEEN %(start)s::timestamptz AND %(end)s::timestamptz",
}


class Raw:
    """One connection that asks for documents alone."""

    def __init__(self, connection: psycopg.Connection[tuple[Any, ...]]) -> None:
        self.cursor = connection.cursor(binary=True)
        self.cursor.execute("SELECT collection_id, id FROM django_stac_collection")
        self.collections = dict(self.cursor.fetchall())

    def ask(self, request: Request) -> float:
        """Return the seconds of one answer."""
        statement, values = sql_of(request.asks), self.values_of(request.asks)
        started = time.perf_counter()
        self.cursor.execute(statement, values, prepare=False).fetchall()
        return time.perf_counter() - started

    def documents(self, asks: dict[str, Any]) -> list[bytes]:
        """The documents that are asked for."""
        return [document for (document,) in self.cursor.execute(sql_of(asks), self.values_of(asks), prepare=False)]

    def values_of(self, asks: dict[str, Any]) -> dict[str, Any]:
        """The values of the statement; a prepared geometry would be planned without knowing its size."""
        start, _, end = asks.get("datetime", "").partition("/")
        west, south, east, north = asks.get("bbox", (None,) * 4)
        collection = self.collections.get(asks.get("collections", [""])[0])
        box = {"west": west, "south": south, "east": east, "north": north}
        return {
            **box,
            **asks.get("properties", {}),
            "start": start,
            "end": end,
            "collection": collection,
            "ids": asks.get("ids"),
            "limit": asks["limit"],
        }


def sql_of(asks: dict[str, Any]) -> str:
    """Keys first, documents for the page only."""
    conditions = [condition for name, condition in CONDITIONS.items() if name in asks]
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    order = BY_PLACE if "bbox" in asks else BY_TIME
    keys = f"SELECT id FROM django_stac_item {where} {order}"
    return f"SELECT document FROM ({keys}) AS key JOIN django_stac_item USING (id) ORDER BY datetime DESC, id DESC"
