"""JSON Schemas of extensions from a folder or from the web. Who keeps them, and who is judged by them, is not here."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import orjson

from django_stac.exceptions import StacError
from django_stac.transfer.source import name_of
from django_stac.validation.references import references, without_fragment
from django_stac.validation.schemas import bundled

MAP = "schema_map.json"
"""A file of a folder that says which address each file has: ``{address: path}``."""
MOST_BYTES = 4 * 2**20
MOST_FETCHED = 200
LONGEST = 1000
"""Characters of an address."""
TIMEOUT = 30
"""Seconds for one answer."""

HEADERS = {"Accept": "application/schema+json, application/json", "User-Agent": "django-stac"}


class NoSchemas(StacError):
    """A folder that holds no schema, or an address that none can be fetched from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSchema:
    """One schema with its address, or the reason why there is none."""

    source: str
    uri: str = ""
    text: str = ""
    problem: str = ""

    @property
    def schema(self) -> Any:
        return orjson.loads(self.text)


class Unfit(ValueError):
    """What cannot be kept as a schema."""


def is_address(place: str) -> bool:
    """Whether a place is on the web."""
    return place.lower().startswith(("http://", "https://"))


# A folder


def schemas_in(folder: Path) -> Iterator[FoundSchema]:
    """Read the schemas of a folder, each under the address that it is published at. Raises NoSchemas.

    The address is told by the folder's ``schema_map.json``; else by the path, where its first step is the name of a
    host, as mirrors are; else by the schema's own `$id`.
    """
    if not folder.is_dir():
        raise NoSchemas(f"{folder}: there is no such folder.")
    places = places_of(folder)
    if not places:
        raise NoSchemas(f"{folder}: there is no file that ends in .json.")
    for file, uri in places:
        yield read(file, uri)


def places_of(folder: Path) -> list[tuple[Path, str]]:
    """The files of a folder with the addresses that are told without opening them."""
    if (folder / MAP).is_file():
        return mapped(folder)
    files = (file for file in sorted(folder.rglob("*.json")) if file.is_file())
    return [(file, mirrored(file.relative_to(folder))) for file in files]


def mapped(folder: Path) -> list[tuple[Path, str]]:
    try:
        given = orjson.loads((folder / MAP).read_bytes())
        return [(folder / path, without_fragment(uri)) for uri, path in sorted(given.items())]
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise NoSchemas(f"{folder / MAP}: must be a JSON object of paths by addresses ({error}).") from error


def mirrored(path: Path) -> str:
    """The address of a file in a mirror; empty elsewhere."""
    host = path.parts[0]
    return f"https://{path.as_posix()}" if len(path.parts) > 1 and "." in host.strip(".") else ""


def read(file: Path, uri: str) -> FoundSchema:
    """Read one file; without an address its `$id` is taken."""
    source = name_of(file)
    try:
        text = file.read_bytes()
        return found(source, uri or own_address(text), text)
    except OSError as error:
        return FoundSchema(source=source, problem=f"The file cannot be read: {error.strerror or error}.")
    except ValueError as error:
        return FoundSchema(source=source, problem=str(error))


def own_address(text: bytes) -> str:
    """The `$id` of a schema. Raises ValueError where it has none that is an address."""
    named = parsed(text).get("$id")
    if not isinstance(named, str) or not is_address(named):
        raise Unfit(f"No address is told: by `$id`, by a path that begins with a host, or by {MAP}.")
    return without_fragment(named)


def found(source: str, uri: str, text: bytes) -> FoundSchema:
    """Take a text as a schema. Raises Unfit."""
    if not is_address(uri) or not uri.isprintable() or len(uri) > LONGEST:
        raise Unfit(
            f"An address begins with http:// or https:// and has {LONGEST} characters at most; got {uri[:100]!r}."
        )
    parsed(text)
    return FoundSchema(source=source, uri=uri, text=text.decode())


def parsed(text: bytes) -> dict[str, Any]:
    if len(text) > MOST_BYTES:
        raise Unfit(f"It is longer than {MOST_BYTES} bytes.")
    try:
        schema = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Unfit(f"This is no JSON: {error}.") from error
    if not isinstance(schema, dict):
        raise Unfit("A JSON Schema is an object.")
    return schema


# The web


def schemas_at(uri: str, standing: Collection[str]) -> Iterator[FoundSchema]:
    """Fetch a schema with all that it refers to, but for what stands already. Nothing else is ever fetched."""
    open_ones, seen = [without_fragment(uri)], set[str]()
    while open_ones and len(seen) < MOST_FETCHED:
        address = open_ones.pop()
        seen.add(address)
        fetched = fetch(address)
        yield fetched
        if not fetched.problem:
            open_ones += wanted(references(fetched.schema, address), {*standing, *seen, *open_ones})


def wanted(addresses: Iterable[str], known: Collection[str]) -> list[str]:
    """Those that must be fetched."""
    return sorted(address for address in addresses if address not in known and bundled(address) is None)


def fetch(address: str) -> FoundSchema:
    """Fetch one schema from an address of http or https."""
    if not is_address(address):
        return FoundSchema(source=address, problem="Schemas are fetched from http and https only.")
    try:
        with urlopen(Request(address, headers=HEADERS), timeout=TIMEOUT) as answer:  # noqa: S310 - told above
            return found(address, address, answer.read(MOST_BYTES + 1))
    except (HTTPException, OSError, ValueError) as error:
        return FoundSchema(source=address, problem=f"It cannot be fetched: {error}")
