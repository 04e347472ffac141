"""Where a file lives for API consumers; asked before a raster is read. Copying it there is not done here."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from django.core.files.storage import FileSystemStorage, InvalidStorageError, Storage

from django_stac.conf import stac_settings
from django_stac.exceptions import InvalidParameter, UnreachableFile
from django_stac.models.stored_file import SCHEME, reference, storage_named
from django_stac.raster.discover import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where consumers find one file."""

    href: str
    """What stands in the document: a URL, or a reference to a stored file."""
    storage: str = ""
    """Alias of the storage; empty when the file has a URL of its own."""
    path: str = ""
    """In the storage."""
    is_copy: bool = False
    """Whether the file has to be copied there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The ways in which this run may publish files."""

    folders: tuple[tuple[Path, str], ...] = ()
    """Directories of local storages, without symbolic links, and their aliases; the innermost first."""
    roots: tuple[tuple[Path, str], ...] = ()
    """Directories that something else serves, without symbolic links, and their URLs; the innermost first."""
    copy_to: str = ""
    """Alias of the storage that takes copies."""
    href_base: str = ""
    """URL of the paths given."""


def ways(*, copy: bool = False, href_base: str | None = None) -> Ways:
    """Return the ways that the settings and the options open. Raises InvalidParameter when these are wrong."""
    if copy and href_base:
        raise InvalidParameter("--href-base", "says that the files are served already; leave out --copy.")
    aliases = list(stac_settings.ASSET_STORAGES)
    if copy and not aliases:
        raise InvalidParameter("--copy", "needs a storage named in DJANGO_STAC['ASSET_STORAGES'].")
    folders = {location: alias for alias in reversed(aliases) if (location := location_of(configured(alias)))}
    roots = {Path(folder).resolve(): url for folder, url in stac_settings.ASSET_ROOTS.items()}
    return Ways(
        folders=tuple(innermost_first(folders)),
        roots=tuple(innermost_first(roots)),
        copy_to=aliases[0] if copy else "",
        href_base=checked_url(href_base) if href_base else "",
    )


def place(file: Path, ways: Ways, *, under: Path, copy_path: str) -> Place:
    """Choose the place of a file found under a path given; ``copy_path`` is where a copy would lie in its storage.

    Symbolic links count where they lead, so that none leads consumers out of a storage. Raises UnreachableFile.
    """
    found = file.resolve()
    if ways.href_base:
        return Place(href=joined(ways.href_base, file.relative_to(under)))
    if inside := within(found, ways.folders):
        alias, path = inside
        return in_storage(alias, spoken(path))
    if ways.copy_to:
        return in_storage(ways.copy_to, copy_path, is_copy=True)
    if inside := within(found, ways.roots):
        url, path = inside
        return Place(href=joined(url, path))
    raise UnreachableFile(f"{shown(file)}: no API consumer could open it. Choose one: {'; '.join(ways_in_words())}.")


def in_storage(alias: str, path: str, *, is_copy: bool = False) -> Place:
    return Place(href=reference(alias, path), storage=alias, path=path, is_copy=is_copy)


def configured(alias: str) -> Storage:
    """Return a storage of the settings. Raises InvalidParameter when there is none of this name."""
    try:
        return storage_named(alias)
    except InvalidStorageError:
        raise InvalidParameter("DJANGO_STAC", f"names the storage {alias!r}, which STORAGES does not have.") from None


def location_of(storage: Storage) -> Path | None:
    """Return the directory of a local storage, without symbolic links; None for others."""
    return Path(storage.location).resolve() if isinstance(storage, FileSystemStorage) else None


def innermost_first(folders: dict[Path, str]) -> list[tuple[Path, str]]:
    return sorted(folders.items(), key=lambda entry: -len(entry[0].parts))


def checked_url(url: str) -> str:
    """Return an absolute URL that others can open. Raises InvalidParameter."""
    scheme = urlsplit(url).scheme
    if len(scheme) < 2 or scheme == "file" or url.startswith(SCHEME) or not urlsplit(url).netloc:
        raise InvalidParameter("--href-base", f"must be a URL that others can open, such as https://…; got {url!r}.")
    return url


def within(file: Path, folders: tuple[tuple[Path, str], ...]) -> tuple[str, Path] | None:
    """Return what belongs to the innermost directory that holds a file, and the file's path in it."""
    return next(((value, file.relative_to(folder)) for folder, value in folders if file.is_relative_to(folder)), None)


def joined(base: str, path: Path) -> str:
    return f"{base.rstrip('/')}/{quote(spoken(path))}"


def spoken(path: Path) -> str:
    """Return a relative path as text that JSON and the database can hold. Raises UnreachableFile."""
    text = path.as_posix()
    if not text.isprintable():
        raise UnreachableFile(f"{shown(path)}: its path has characters that are not printable UTF-8: rename it.")
    return text


def ways_in_words(*, copy: bool = True) -> Iterator[str]:
    """Say what makes a file reachable; not every command can copy."""
    named = ", ".join(map(repr, stac_settings.ASSET_STORAGES)) or "none yet"
    yield f"keep it under the location of a storage named in DJANGO_STAC['ASSET_STORAGES'] ({named})"
    if copy:
        yield "let --copy put it there"
    yield "name its folder and the URL that serves it in DJANGO_STAC['ASSET_ROOTS']"
    yield "give that URL with --href-base"
