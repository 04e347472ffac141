"""Where the href of a file's document leads: to a file, or to somewhere else. Nothing is read here."""

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]+):")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


def is_remote(href: str) -> bool:
    """Whether an href names something that is no file of this machine; one letter is a drive, no scheme."""
    scheme = _SCHEME.match(href)
    return href.startswith("//") or (scheme is not None and scheme["scheme"].lower() != "file")


def file_of(href: str, base: Path) -> Path:
    """Return the file that an href means beside the file ``base``: the first spelling that is there, else the first.

    The href may be relative, absolute, a ``file:`` URL, percent-encoded, or a path of Windows.
    """
    texts = list(spelled(href))
    spellings = (placed(text, base) for text in texts)
    there = next((file for file in spellings if os.path.isfile(file)), None)  # noqa: PTH113 - never raises
    return there or placed(texts[0], base)


def spelled(href: str) -> Iterator[str]:
    """The paths that an href may mean, the likeliest first."""
    path = path_of(href) if href[:5].lower() == "file:" else href
    bare = path.split("#")[0].split("?")[0]
    yield unquote(bare)
    yield path
    if "\\" in path:
        yield unquote(bare).replace("\\", "/")


def path_of(url: str) -> str:
    """The path of a ``file:`` URL; that of another machine keeps its name, as Windows wants it."""
    path = url[5:]
    if path.startswith("//"):
        host, _, rest = path[2:].partition("/")
        path = f"/{rest}" if host.lower() in ("", "localhost") else path
    return path[1:] if _DRIVE.match(unquote(path[1:])) else path


def placed(text: str, base: Path) -> Path:
    """A path as its giver would name it: no dots, unless a symbolic link makes them matter."""
    joined = os.path.join(base.parent, text)  # noqa: PTH118 - keeps what pathlib would take away
    plain = os.path.normpath(joined)
    return Path(plain if ".." not in text or real(plain) == real(joined) else joined)


def real(file: str | Path) -> str:
    """The path without symbolic links; one that nothing can have stays as it is."""
    folder, name = os.path.split(file)
    try:
        if name in ("", ".", "..") or os.path.islink(file):  # noqa: PTH114 - a text, as the others
            return os.path.realpath(file)
        return os.path.join(real_folder(folder), name)  # noqa: PTH118
    except ValueError:
        return os.fspath(file)


@lru_cache(maxsize=10_000)
def real_folder(folder: str) -> str:
    """Many files lie in one folder; a run begins with an empty cache."""
    return os.path.realpath(folder)


def scope_of(path: str, scopes: tuple[str, ...]) -> str | None:
    """The first of these real folders that holds a real path; None when it lies outside of all."""
    return next((scope for scope in scopes if path.startswith(os.path.join(scope, ""))), None)  # noqa: PTH118
