"""Files of STAC documents, read as a stream: JSON of any shape that STAC knows, JSON by lines, and GeoParquet."""

import os
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django_stac.exceptions import StacError
from django_stac.spec.json_text import JSONTextError, loads
from django_stac.spec.versions import kind_of
from django_stac.transfer.geoparquet import SUFFIXES as PARQUET_SUFFIXES
from django_stac.transfer.geoparquet import UnreadableParquet, items_in

NDJSON_SUFFIXES = frozenset({".ndjson", ".jsonl", ".geojsonl", ".geojsons"})
JSON_SUFFIXES = frozenset({".json", ".geojson"})


class UnreadableDocument(StacError):
    """A file or a line that holds no STAC document."""


class EmptyFolder(UnreadableDocument):
    """A folder without any file of documents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One document, or the reason why there is none."""

    source: str
    document: dict[str, Any] | None = None
    problem: str = ""

    @property
    def kind(self) -> str:
        """The document's `type`, told by its members where it is old; empty where there is none."""
        return kind_of(self.document) if self.document else ""


def files_in(path: Path) -> list[Path]:
    """The document files of a path: itself, or all below a folder, sorted.

    Raises UnreadableDocument when there are none.
    """
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise UnreadableDocument(f"{path}: there is no such file or folder.")
    suffixes = JSON_SUFFIXES | NDJSON_SUFFIXES | PARQUET_SUFFIXES
    found = sorted(file for file in path.rglob("*") if file.suffix.lower() in suffixes and file.is_file())
    if not found:
        raise EmptyFolder(f"{path}: there is no file with one of the endings {', '.join(sorted(suffixes))}.")
    return found


def documents_in(file: Path) -> Iterator[Found]:
    """Read a file's documents; what cannot be read is found too, with its problem."""
    try:
        if file.suffix.lower() in NDJSON_SUFFIXES:
            yield from lines_of(file)
        elif file.suffix.lower() in PARQUET_SUFFIXES:
            for number, item in enumerate(items_in(file)):
                yield found(item, f"{name_of(file)}#{number}")
        else:
            yield from members_of(file.read_bytes(), name_of(file))
    except OSError as error:
        yield Found(source=name_of(file), problem=f"The file cannot be read: {error.strerror or error}.")
    except UnreadableParquet as error:
        yield Found(source=name_of(file), problem=str(error))


def may_hold_containers(file: Path) -> bool:
    """Whether a text names the type of a catalogue or a collection, told without parsing it."""
    if file.suffix.lower() in PARQUET_SUFFIXES:
        return False
    try:
        with file.open("rb") as lines:
            return any(b'"Collection"' in line or b'"Catalog"' in line for line in lines)
    except OSError:
        return False


def name_of(file: Path) -> str:
    """Name a file as who gave it did; a name need not be UTF-8, but a report is."""
    return os.fsencode(file).decode("utf-8", "replace")


def lines_of(file: Path) -> Iterator[Found]:
    """One document a line; empty lines are passed over."""
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield from members_of(line, f"{name_of(file)}:{number}")


def members_of(text: bytes, source: str) -> Iterator[Found]:
    """The documents of one JSON text: itself, or what a list, an ItemCollection or ``{"collections": […]}`` holds.

    Where a FeatureCollection has ``collections`` too (Single File STAC), these come first.
    """
    try:
        # Editors of Windows begin a file with the mark.
        value = loads(text.removeprefix(BOM_UTF8))
    except JSONTextError as error:
        yield Found(source=source, problem=f"This is no JSON: {error}")
        return
    inside = inside_of(value)
    if inside is None:
        yield found(value, source)
        return
    for number, member in enumerate(inside):
        yield found(member, f"{source}#{number}")


def inside_of(value: Any) -> list[Any] | None:
    """The documents inside a container; None when the value is a document itself."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return None
    collections, features = value.get("collections"), value.get("features")
    if value.get("type") == "FeatureCollection" and isinstance(features, list):
        return [*collections, *features] if isinstance(collections, list) else features
    return collections if isinstance(collections, list) and value.get("type") is None else None


def found(value: Any, source: str) -> Found:
    if not isinstance(value, dict):
        return Found(source=source, problem=f"A STAC document is a JSON object; this is {type(value).__name__}.")
    name = f"{source} ({value['id']})" if isinstance(value.get("id"), str) and "#" in source else source
    return Found(source=name, document=value)
