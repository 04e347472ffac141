"""Names in a storage for ids and files that may hold any character: safe, short, and never two for one."""

import os
import re
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path, PurePosixPath

PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,118}[A-Za-z0-9_-])?")
UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


def segment(text: str) -> str:
    """Return the text itself where it is a plain name, else what is readable of it, ``~`` and 16 digits of its hash.

    A plain name has no ``~``, so that no two texts share a segment.
    """
    if PLAIN.fullmatch(text):
        return text
    return marked(text, text)


def marked(readable: str, text: str) -> str:
    digits = blake2b(text.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    return f"{UNSAFE.sub('_', readable)[:60].strip('_')}~{digits}"


def thumbnail_path(collection: str, item: str) -> str:
    """Return the path of an item's thumbnail in its storage."""
    return f"{segment(collection)}/{segment(item)}.png"


def copy_paths(collection: str, item: str, files: Iterable[Path]) -> Mapping[Path, str]:
    """Return the paths of copies of an item's files; those of several folders keep the part that is not common."""
    listed = list(files)
    top = os.path.commonpath([file.parent for file in listed]) if listed else ""
    return {file: f"{segment(collection)}/{segment(item)}/{_inside(file.relative_to(top))}" for file in listed}


def _inside(path: Path) -> PurePosixPath:
    folders = [segment(folder) for folder in path.parent.parts]
    if PLAIN.fullmatch(path.name):
        return PurePosixPath(*folders, path.name)
    # The ending stays behind the hash: clients judge a file by it.
    return PurePosixPath(*folders, f"{marked(path.stem, path.name)}.{UNSAFE.sub('_', path.suffix[1:])}")
