"""A document on its way in: refuse what cannot be stored, normalise the rest, compute bytes, digest and columns.

Pure but for the settings; nothing here touches the database, but for schemas of extensions that are not compiled yet.
"""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django_stac.exceptions import InvalidDocument
from django_stac.models.document import dump
from django_stac.models.projection import ItemColumns, project_item
from django_stac.spec.datetimes import in_utc
from django_stac.spec.geometry import bbox_of
from django_stac.spec.links import foreign_links
from django_stac.spec.migration import MigrationError, migrated
from django_stac.spec.versions import check_version
from django_stac.transactions.strictness import Strictness, site_strictness
from django_stac.validation.problems import Problem
from django_stac.validation.soundness import unsound

Document = dict[str, Any]

LONGEST_ID = 1000
"""Bytes of UTF-8: thrice that in a URL still fits a request line of 4 kB, and the index of ids ends at 2.7 kB."""
UTC_FIELDS = ("datetime", "start_datetime", "end_datetime", "created", "updated")
FILES_PATH = "/files/"
REFERENCE = re.compile(rb'"(stac-file:[^"]*)"')
# The core schemas forbid `collection` without this link (Item Spec, "collection"); ours is made on the way out.
COLLECTION_LINK = {"rel": "collection", "href": "collection"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A document that may be stored."""

    id: str
    document: Document
    body: bytes
    digest: str
    unchecked: Mapping[str, str]
    """Extensions that nobody could check, each with the reason."""

    def text(self, name: str) -> str | None:
        """Return a member that is a text; with validation off it may be anything."""
        value = self.document.get(name)
        return value if isinstance(value, str) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedItem(Prepared):
    """An Item that may be stored, with its columns."""

    columns: ItemColumns


def prepare_item(
    document: object, *, collection_id: str, files: Container[str] = (), strictness: Strictness | None = None
) -> PreparedItem:
    """Prepare an Item for a collection; ``files`` are the references to stored files that it may hold.

    Raises InvalidDocument with every problem found.
    """
    sound = soundness_checked(document, kind="Feature")
    normal = with_references(normalised_item(sound, collection_id), files)
    unchecked = validated({**normal, "links": [*normal["links"], COLLECTION_LINK]}, strictness)
    body = dump(normal)
    refuse_references(normal["id"], body, files)
    return PreparedItem(
        id=normal["id"],
        document=normal,
        body=body,
        digest=digest(body),
        unchecked=unchecked,
        columns=projected(normal),
    )


def prepare_collection(
    document: object, *, files: Container[str] = (), strictness: Strictness | None = None
) -> Prepared:
    """Prepare a Collection. Raises InvalidDocument."""
    return prepare_plain(document, kind="Collection", files=files, strictness=strictness)


def prepare_catalog(document: object, *, strictness: Strictness | None = None) -> Prepared:
    """Prepare a Catalog. Raises InvalidDocument."""
    return prepare_plain(document, kind="Catalog", strictness=strictness)


def prepare_plain(
    document: object, *, kind: str, files: Container[str] = (), strictness: Strictness | None = None
) -> Prepared:
    """Prepare what has no columns of its own: a Collection or a Catalog."""
    sound = soundness_checked(document, kind=kind)
    refuse_slash(sound["id"])
    timed = {**times_in_utc(sound, sound, ""), "links": foreign_links(sound.get("links", []))}
    normal = with_references(timed, files)
    unchecked = validated(normal, strictness)
    body = dump(normal)
    refuse_references(normal["id"], body, files)
    return Prepared(id=normal["id"], document=normal, body=body, digest=digest(body), unchecked=unchecked)


# Refusing


def soundness_checked(document: object, *, kind: str) -> Document:
    """Return the document, migrated when it is old, if it may be stored even with validation off.

    Raises InvalidDocument.
    """
    if problems := unsound(document):
        raise InvalidDocument(problems, document_id=id_of(document))
    assert isinstance(document, dict)
    try:
        current = migrated(document)
    except MigrationError as error:
        raise refusal(document, error.pointer, error) from error
    if problems := identity_problems(current, kind):
        raise InvalidDocument(problems, document_id=id_of(document))
    try:
        check_version(current)
    except ValueError as error:
        raise refusal(document, "/stac_version", error) from error
    return current


def identified(document: object, *, kind: str) -> str:
    """Return the id of a document that may be stored. Raises InvalidDocument."""
    identifier: str = soundness_checked(document, kind=kind)["id"]
    return identifier


def identity_problems(document: Document, kind: str) -> list[Problem]:
    """Type and id, without which no row can be made."""
    problems = []
    if document.get("type") != kind:
        problems.append(Problem("/type", f"must be {kind!r}; got {document.get('type')!r}."))
    if message := id_problem(document.get("id")):
        problems.append(Problem("/id", message))
    if kind == "Feature" and not isinstance(document.get("properties"), dict):
        problems.append(Problem("/properties", "must be an object."))
    return problems


def id_problem(identifier: object) -> str:
    """Say why no row or no URL could have this id; empty when they can."""
    if not isinstance(identifier, str) or not identifier or not identifier.isprintable():
        return "must be a text of at least one character, all of them printable."
    if len(identifier.encode()) > LONGEST_ID:
        return f"must not be longer than {LONGEST_ID} bytes of UTF-8; it has {len(identifier.encode())}."
    if {".", ".."} & set(identifier.split("/")):
        return "must not hold '.' or '..' as a path segment: no URL could name it."
    return ""


def refuse_slash(identifier: str) -> None:
    """Ids of collections and catalogues are whole path segments."""
    if "/" in identifier:
        problem = Problem("/id", f"must not hold a slash, which is no part of one path segment; got {identifier!r}.")
        raise InvalidDocument([problem], document_id=identifier)


def refuse_references(document_id: str, body: bytes, files: Container[str]) -> None:
    """A document may refer to its own stored files only."""
    found = [text.decode() for text in REFERENCE.findall(body)] if b'"stac-file:' in body else []
    if foreign := [text for text in found if text not in files]:
        message = f"{foreign[0]!r} uses the scheme stac-file:, which is reserved for this document's own files."
        raise InvalidDocument([Problem("", message)], document_id=document_id)


def validated(document: Document, strictness: Strictness | None) -> Mapping[str, str]:
    """Validate as far as is asked (default: as the site does); return what was not checked. Raises InvalidDocument."""
    found = (strictness or site_strictness()).findings(document)
    if found.problems:
        raise InvalidDocument(found.problems, document_id=document["id"])
    return found.unchecked


def projected(document: Document) -> ItemColumns:
    """Project an Item; what has no time cannot be found and is refused even with validation off."""
    try:
        return project_item(document)
    except ValueError as error:
        raise refusal(document, "/properties/datetime", error) from error


def refusal(document: Document, pointer: str, error: ValueError) -> InvalidDocument:
    return InvalidDocument([Problem(pointer, str(error))], document_id=id_of(document))


def id_of(document: object) -> str:
    identifier = document.get("id") if isinstance(document, dict) else None
    return identifier if isinstance(identifier, str) else ""


# Normalising


def normalised_item(document: Document, collection_id: str) -> Document:
    """Return the document as it is stored: its collection named, a bbox, times in UTC, no links of the server's."""
    given = document.get("collection") or collection_id
    if given != collection_id:
        problem = Problem("/collection", f"must be {collection_id!r}, the collection written to; got {given!r}.")
        raise InvalidDocument([problem], document_id=document["id"])
    normal = {
        **document,
        "collection": collection_id,
        "properties": times_in_utc(document["properties"], document, "/properties"),
    }
    normal.setdefault("geometry", None)
    normal.setdefault("assets", {})
    normal["links"] = foreign_links(document.get("links", []))
    return with_bbox(normal)


def with_bbox(document: Document) -> Document:
    """A bbox where there is a geometry, none where there is not (Item Spec, "bbox")."""
    if document["geometry"] is None:
        return {key: value for key, value in document.items() if key != "bbox" or value is not None}
    if document.get("bbox") is None:
        return {**document, "bbox": bbox_of(document["geometry"])}
    return document


def times_in_utc(members: Document, document: Document, pointer: str) -> Document:
    """Take offsets off the five times that STAC wants in UTC; change no other text."""
    normal = dict(members)
    for name in UTC_FIELDS:
        if isinstance(text := normal.get(name), str):
            try:
                normal[name] = in_utc(text)
            except ValueError as error:
                raise refusal(document, f"{pointer}/{name}", error) from error
    return normal


def with_references(document: Document, files: Container[str]) -> Document:
    """Turn the URLs that we serve for this document's own files back into references.

    A document that was fetched from the API and comes back is then what was stored, whatever host it was fetched from.
    """
    assets = document.get("assets", {})
    hrefs = ((key, asset.get("href")) for key, asset in assets.items())
    served = ((key, href) for key, href in hrefs if isinstance(href, str) and FILES_PATH in href)
    found = {key: own for key, href in served if (own := own_reference(href, files))}
    if not found:
        return document
    back = {key: {**asset, "href": found[key]} if key in found else asset for key, asset in assets.items()}
    return {**document, "assets": back}


def own_reference(href: str, files: Container[str]) -> str | None:
    """The reference to one of these files that an absolute URL of the API ends with."""
    if not href.startswith(("http://", "https://")):
        return None
    starts = re.finditer(f"(?={FILES_PATH})", href)
    candidates = (f"stac-file:{href[found.start() + len(FILES_PATH) :]}" for found in starts)
    return next((candidate for candidate in candidates if candidate in files), None)


def digest(body: bytes) -> str:
    """32 hexadecimal digits that change with every byte of the stored document."""
    return blake2b(body, digest_size=16).hexdigest()
