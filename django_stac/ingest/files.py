"""Files that ingest writes into storages, copies of rasters and thumbnails, and whose they are."""

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage

from django_stac.exceptions import UnreachableFile
from django_stac.ingest.claims import claim, claimed, release
from django_stac.models import StoredFile, Version
from django_stac.models.stored_file import PRIVATE_STORAGE, storage_named
from django_stac.transactions import FileFact
from django_stac.transactions.files import remove_if_last

CHUNK = 2**20
SHA256 = "1220"
"""Multihash prefix: sha2-256 of 32 bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A file to be in a storage, and what it is to hold."""

    fact: FileFact
    """Where, with size and checksum."""
    open: Callable[[], "File[Any]"]


def copy_of(source: Path, fact: FileFact) -> Copy:
    """A raster's copy."""
    return Copy(fact=fact, open=lambda: File(source.open("rb"), name=fact.path))


def picture(content: bytes, *, storage: str, path: str, key: str) -> Copy:
    """A thumbnail."""
    checksum = SHA256 + hashlib.sha256(content).hexdigest()
    fact = FileFact(storage=storage, path=path, key=key, size=len(content), checksum=checksum, owned=True)
    return Copy(fact=fact, open=lambda: ContentFile(content))


def keep(copy: Copy, using: str) -> tuple[FileFact, bool]:
    """Let the storage hold the file; return whose it is, and whether it was written now.

    What lies there already is left alone when it is the same, and replaced only when django-stac wrote it: a row
    says so, or the note of a run that was killed before its rows stood, or that it is the beginning of the file.
    Raises UnreachableFile when the storage refuses, or when somebody else's file is in the way.
    """
    fact = copy.fact
    try:
        storage = storage_named(fact.storage)
        if storage.exists(fact.path):
            owned = is_ours(fact, using) or is_left_over(storage, fact)
            if is_same(storage, fact, using):
                return replace(fact, owned=owned), False
            refuse_foreign(fact, owned=owned or is_torn(storage, copy))
        claim(fact)
        write(storage, copy)
    except UnreachableFile:
        raise
    except Exception as error:  # storages of others raise what they like
        raise UnreachableFile(f"The storage {fact.storage!r} did not take {fact.path}: {error}") from error
    return replace(fact, owned=True), True


def keep_all(copies: Iterable[Copy], using: str) -> tuple[tuple[FileFact, ...], tuple[FileFact, ...]]:
    """Keep all or write none: return the files, and those of them that were written now. Raises UnreachableFile."""
    facts: list[FileFact] = []
    written: list[FileFact] = []
    try:
        for copy in copies:
            fact, is_new = keep(copy, using)
            facts.append(fact)
            written += [fact] if is_new else []
    except BaseException:
        discard(written, using)
        raise
    return tuple(facts), tuple(written)


def discard(facts: Iterable[FileFact], using: str) -> None:
    """Delete those files that nothing refers to."""
    for fact in facts:
        remove_if_last(using, fact.storage, fact.path)
        release([fact])


def is_ours(fact: FileFact, using: str) -> bool:
    """Whether django-stac wrote what lies there, for what stands or for what is history.

    The private storage holds nothing else.
    """
    rows = StoredFile.objects.using(using).filter(storage=fact.storage, path=fact.path, owned=True)
    versions = Version.objects.using(using).naming_file(fact.storage, fact.path, owned=True)
    return fact.storage == PRIVATE_STORAGE or rows.exists() or versions.exists()


def is_left_over(storage: Storage, fact: FileFact) -> bool:
    """Whether a run wrote what lies there, and was killed before its rows stood."""
    checksums = claimed(fact)
    return bool(checksums) and digest(storage, fact.path) in checksums


def is_same(storage: Storage, fact: FileFact, using: str) -> bool:
    """Whether the storage holds these bytes; what is recorded about a file of this size is believed."""
    if storage.size(fact.path) != fact.size:
        return False
    rows = StoredFile.objects.using(using).filter(storage=fact.storage, path=fact.path)
    if rows.filter(size=fact.size, checksum=fact.checksum).exists():
        return True
    return digest(storage, fact.path) == fact.checksum


def digest(storage: Storage, path: str) -> str:
    with storage.open(path) as file:
        return SHA256 + hashlib.file_digest(file, "sha256").hexdigest()


def is_torn(storage: Storage, copy: Copy) -> bool:
    """Whether the storage holds the beginning of the file and not its end."""
    if storage.size(copy.fact.path) >= copy.fact.size:
        return False
    with storage.open(copy.fact.path) as found, copy.open() as whole:
        return all(chunk == whole.read(len(chunk)) for chunk in iter(lambda: found.read(CHUNK), b""))


def refuse_foreign(fact: FileFact, *, owned: bool) -> None:
    if not owned:
        raise UnreachableFile(f"The storage {fact.storage!r} holds another file at {fact.path}: move it away.")


def write(storage: Storage, copy: Copy) -> None:
    """Let the storage hold a file under exactly its path; what lay there goes only when the new one is whole.

    Nothing half-written stays. Raises UnreachableFile.
    """
    path, beside = copy.fact.path, f"{copy.fact.path}.part"
    if isinstance(storage, FileSystemStorage):
        save(storage, copy, beside)
        os.replace(storage.path(beside), storage.path(path))  # noqa: PTH105 - two names of a storage
    elif not storage.exists(path):
        save(storage, copy, path)
    elif storage.get_available_name(path) == path:
        with copy.open() as file:
            storage.save(path, file)
    else:
        save(storage, copy, beside)
        storage.delete(path)
        save(storage, copy, path)
        storage.delete(beside)


def save(storage: Storage, copy: Copy, path: str) -> None:
    """Save a file under a path that is free, or holds what a killed run has left. Raises UnreachableFile."""
    if path != copy.fact.path:
        storage.delete(path)
    with copy.open() as file:
        try:
            name = storage.save(path, file)
        except BaseException:
            storage.delete(path)
            raise
    if name != path:
        storage.delete(name)
        raise UnreachableFile(f"The storage {copy.fact.storage!r} has no place for {path}: it is just being written.")
