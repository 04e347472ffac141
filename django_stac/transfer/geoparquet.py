"""stac-geoparquet, read batch by batch: the extra ``geoparquet`` brings what it needs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django_stac.exceptions import StacError

SUFFIXES = frozenset({".parquet", ".geoparquet"})


class UnreadableParquet(StacError):
    """A file that gives no items: the message says why."""


def items_in(file: Path) -> Iterator[dict[str, Any]]:
    """Read the items of a file, about a thousand at a time. Raises UnreadableParquet, and OSError."""
    try:
        from arro3.core import Table  # noqa: PLC0415 - an extra
        from arro3.io import read_parquet  # noqa: PLC0415
        from rustac import from_arrow  # noqa: PLC0415
    except ImportError as error:
        raise UnreadableParquet("GeoParquet needs an extra: pip install 'django-stac[geoparquet]'.") from error
    with file.open("rb") as source:
        try:
            for batch in read_parquet(source):
                yield from map(as_json, from_arrow(Table.from_batches([batch]))["features"])
        except (GeneratorExit, KeyboardInterrupt, SystemExit):
            raise
        # Rust panics are no Exception of Python.
        except BaseException as error:
            raise UnreadableParquet(f"This is no stac-geoparquet: {str(error)[:300]}") from error


def as_json(item: dict[str, Any]) -> dict[str, Any]:
    """A box is a tuple there."""
    return {**item, "bbox": list(item["bbox"])} if isinstance(item.get("bbox"), tuple) else item
