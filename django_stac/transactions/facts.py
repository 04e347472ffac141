"""What the published items of a collection say, by three statements. When it is computed is in ``derive``."""

import datetime as dt
import json
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from django.db import connections

from django_stac.spec.datetimes import format_instant, parse_instant
from django_stac.spec.extents import WORLD

# Boxes are measured twice, once from -180 and once from 0, and the narrower wins: that is the antimeridian. A geometry
# across longitude 0 has no box in the second measure, unless it was cut at 180 degrees.
EXTENT = """
SELECT count(*), min(coalesce(start_datetime, datetime)), max(coalesce(end_datetime, datetime)),
       min(ST_XMin(geometry)), min(ST_YMin(geometry)), max(ST_XMax(geometry)), max(ST_YMax(geometry)),
       min(ST_XMin(shifted)), max(ST_XMax(shifted)),
       coalesce(bool_or(ST_XMin(geometry) < 0 AND ST_XMax(geometry) >= 0 AND shifted IS NULL), false)
FROM django_stac_item
CROSS JOIN LATERAL (
    SELECT CASE WHEN ST_XMax(geometry) < 0 OR ST_XMin(geometry) >= 0
                  OR (ST_XMin(geometry) <= -180 AND ST_XMax(geometry) >= 180 AND ST_NumGeometries(geometry) > 1)
           THEN ST_ShiftLongitude(geometry) END AS shifted) AS measure
WHERE collection_id = %s AND published
"""
# What is various in the first thousand items is various in all: its texts and arrays need not be told apart.
VARIOUS = """
SELECT key, jsonb_typeof(value)
FROM (SELECT properties FROM django_stac_item WHERE collection_id = %s AND published LIMIT 1000) AS sample
CROSS JOIN LATERAL jsonb_each(properties) AS property(key, value)
WHERE jsonb_typeof(value) IN ('string', 'array') GROUP BY 1, 2 HAVING count(DISTINCT value) > %s
"""
# Texts are counted before they are gathered: of ten million different ones no list could be made. Names that are too
# long to keep fall together in some that are one character longer. An array of texts has itself for a label, any other
# its types, in an object so that one is not taken for the other.
PROPERTIES = """
SELECT name, coalesce(sum(many) FILTER (WHERE kind <> 'null'), 0)::int8,
       array_agg(kind ORDER BY kind) FILTER (WHERE place = 1 AND kind <> 'null'),
       min(low), max(high), bool_and(are_whole),
       bool_and(coalesce(are_instants, label LIKE %(instant)s)) FILTER (WHERE kind = 'string'),
       bool_and(coalesce(are_days, label LIKE %(day)s)) FILTER (WHERE kind = 'string'),
       left(min(coalesce(first, label) COLLATE "C") FILTER (WHERE kind = 'string'), %(length)s),
       left(max(coalesce(last, label) COLLATE "C") FILTER (WHERE kind = 'string'), %(length)s),
       array_agg(label ORDER BY label) FILTER (WHERE kind = 'string' AND label IS NOT NULL AND place <= %(values)s),
       array_agg(label) FILTER (WHERE kind = 'array' AND place <= %(values)s)
FROM (
    SELECT name, kind, label, count(*) AS many,
           min(number) AS low, max(number) AS high, bool_and(scale(number) = 0) AS are_whole,
           bool_and(text LIKE %(instant)s) AS are_instants, bool_and(text LIKE %(day)s) AS are_days,
           min(text COLLATE "C") AS first, max(text COLLATE "C") AS last,
           row_number() OVER (PARTITION BY name, kind ORDER BY label) AS place
    FROM django_stac_item
    CROSS JOIN LATERAL jsonb_each(properties) AS property(key, value)
    CROSS JOIN LATERAL (SELECT left(key, %(length)s) AS name, jsonb_typeof(value) AS kind) AS typed
    CROSS JOIN LATERAL (
        SELECT CASE kind WHEN 'number' THEN (value #>> '{}')::numeric END AS number,
               CASE WHEN kind = 'string' AND key = ANY (%(unlisted)s) THEN value #>> '{}' END AS text,
               CASE WHEN kind = 'string' AND key <> ALL (%(unlisted)s) THEN left(value #>> '{}', %(length)s)
                    WHEN kind = 'array' AND key <> ALL (%(various)s) AND jsonb_typeof(value -> 0) = 'string'
                         AND pg_column_size(value) < %(size)s THEN value::text
                    WHEN kind = 'array' THEN jsonb_build_object(
                         'types', jsonb_path_query_array(value, '$[0 to 99].type()'))::text END AS label) AS read
    WHERE collection_id = %(collection)s AND published
    GROUP BY name, kind, label) AS found
GROUP BY name ORDER BY 2 DESC, name LIMIT %(properties)s
"""
TYPES = {str: "string", bool: "boolean", type(None): "null", dict: "object", list: "array"}
NOT_LISTED = ["datetime", "start_datetime", "end_datetime", "created", "updated", "title", "description"]
MOST_VALUES = 50
LONGEST = 200
"""Characters of a name, or of a value in a list."""
MOST_PROPERTIES = 500
BOUNDS: dict[str, Any] = {
    "values": MOST_VALUES + 1,
    "length": LONGEST + 1,
    "size": 2_000,
    "properties": MOST_PROPERTIES + 1,
    "instant": "____-__-__T__:__:__.______Z",
    "day": "____-__-__",
}
"""Of each one more than is kept, so that one sees that there is more; and what the times look like."""


class Seen(NamedTuple):
    """What all items together say about one property."""

    name: str
    many: int
    """Items that have it, null left out."""
    kinds: list[str] | None
    """As PostgreSQL names the types of JSON."""
    low: Decimal | None
    high: Decimal | None
    are_whole: bool | None
    are_instants: bool | None
    are_days: bool | None
    first: str | None
    last: str | None
    texts: list[str] | None
    """One more than are listed where there are more; None where no text is, or where none is to be listed."""
    arrays: list[str] | None
    """JSON: arrays of texts as they are; of others an object with the types of their first hundred members."""

    @property
    def listed(self) -> list[str] | None:
        """All texts, where they are few and short."""
        if self.texts and len(self.texts) <= MOST_VALUES and max(map(len, self.texts)) <= LONGEST:
            return self.texts
        return None

    @property
    def range(self) -> dict[str, Decimal] | None:
        """The least and the greatest number; None without numbers, and beyond 64 bits."""
        # The database writes 1e20 as an integer, which orjson refuses.
        if self.low is None or self.high is None or max(abs(self.low), abs(self.high)) >= 2**63:
            return None
        return {"minimum": self.low, "maximum": self.high}


def facts(collection: int, using: str) -> dict[str, Any]:
    """The JSON of ``Collection.derived``: ``count``, ``extent`` (STAC form), ``summaries`` and ``properties``.

    Properties are JSON Schemas with the ``count`` of items that have them; ``is_partial`` tells of names that were too
    many or too long to keep.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(EXTENT, [collection])
        number, *bounds = cursor.fetchone()
        cursor.execute(VARIOUS, [collection, MOST_VALUES])
        various = cursor.fetchall()
        unlisted = [*NOT_LISTED, *(name for name, kind in various if kind == "string")]
        arrays = [name for name, kind in various if kind == "array"]
        cursor.execute(PROPERTIES, {**BOUNDS, "collection": collection, "unlisted": unlisted, "various": arrays})
        rows = [Seen(*row) for row in cursor.fetchall()]
    kept = sorted(seen for seen in rows[:MOST_PROPERTIES] if len(seen.name) <= LONGEST)
    return {
        "count": number,
        "extent": extent(tuple(bounds)),
        "summaries": {seen.name: found for seen in kept if (found := summary(seen))},
        "properties": {seen.name: described(seen) for seen in kept},
        "is_partial": len(kept) < len(rows),
    }


# Extent


def extent(bounds: tuple[Any, ...]) -> dict[str, Any]:
    """An Extent Object; the whole world and all time where nothing is."""
    start, end, west, south, east, north, shifted_west, shifted_east, straddles = bounds
    if west is not None and not straddles and shifted_east - shifted_west < east - west:
        west, east = unshifted(shifted_west), unshifted(shifted_east)
    bbox = list(WORLD) if west is None else [west, south, east, north]
    interval = [None, None] if start is None else [format_instant(start), format_instant(end)]
    return {"spatial": {"bbox": [bbox]}, "temporal": {"interval": [interval]}}


def unshifted(longitude: float) -> float:
    """Bring a longitude of 0..360 back to -180..180."""
    return longitude - 360 if longitude > 180 else longitude


# Properties


def summary(seen: Seen) -> Any:
    """A list of few texts, a range of numbers; nothing of what is many or neither."""
    if seen.name in NOT_LISTED:
        return None
    return seen.listed or {end: float(number) for end, number in (seen.range or {}).items()}


def described(seen: Seen) -> dict[str, Any]:
    """The JSON Schema of what was seen, and ``count``. Ends of ranges are numbers or, of times, texts."""
    types = [name_of(kind, seen) for kind in seen.kinds or ()]
    schema: dict[str, Any] = {"count": seen.many, **typed(types)}
    schema |= {end: plain(number) for end, number in (seen.range or {}).items()}
    if types == ["string"]:
        schema |= times_of(seen) or ({"enum": seen.listed} if seen.listed else {})
    if items := items_of([json.loads(text) for text in seen.arrays or ()]):
        schema["items"] = items
    return schema


def items_of(arrays: list[Any]) -> dict[str, Any]:
    """The JSON Schema of what arrays hold, with few texts listed; nothing where all are empty."""
    held = [array["types"] if isinstance(array, dict) else map(type_name, array) for array in arrays]
    schema = typed(sorted(set(chain.from_iterable(held))))
    texts = [array for array in arrays if array != {"types": []}]
    if (
        schema == {"type": "string"}
        and len(arrays) <= MOST_VALUES
        and not any(isinstance(each, dict) for each in texts)
    ):
        values = sorted(set(chain.from_iterable(texts)))
        if len(values) <= MOST_VALUES and max(map(len, values)) <= LONGEST:
            schema["enum"] = values
    return schema


def type_name(value: object) -> str:
    """The type of a JSON value, as PostgreSQL names it."""
    return TYPES.get(type(value), "number")


def typed(types: list[str]) -> dict[str, Any]:
    """The member ``type``; none where there is no value."""
    return {"type": types[0] if len(types) == 1 else types} if types else {}


def name_of(kind: str, seen: Seen) -> str:
    """The type as JSON Schema names it."""
    return "integer" if kind == "number" and seen.are_whole else kind


def plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def times_of(seen: Seen) -> dict[str, Any]:
    """Format and range where every text is an instant, or every one a day; else nothing."""
    # What looks like a time may be none: 2024-02-30.
    with suppress(ValueError):
        if seen.are_instants:
            return {"format": "date-time", **ends_of(seen, lambda text: format_instant(parse_instant(text)))}
        if seen.are_days:
            return {"format": "date", **ends_of(seen, lambda text: dt.date.fromisoformat(text).isoformat())}
    return {}


def ends_of(seen: Seen, written: Callable[[str], str]) -> dict[str, str]:
    return {"minimum": written(seen.first or ""), "maximum": written(seen.last or "")}
