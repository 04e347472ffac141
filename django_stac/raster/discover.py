"""Which files make which item: folders are walked and files grouped by name. No raster is opened here."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django_stac.exceptions import InvalidParameter, UnreadableRaster

RASTER_SUFFIXES = frozenset((".tif", ".tiff", ".gtiff", ".jp2", ".j2k", ".img", ".nc"))
SIDECAR_SUFFIXES = frozenset((".txt", ".json", ".xml", ".met"))

# The trailing name of a band or of a role that files of one scene differ in: B4, B8A, SR_B3, BQA, QA_PIXEL, TCI,
# red; Sentinel-2 adds the pixel size (B02_10m). Nothing else joins files: the rest is for `group_by`.
BAND_TOKEN = re.compile(
    r"(?:^|[_.-])(?P<band>(?:"
    r"(?:SR_|ST_)?(?:B\d{1,3}A?|BAND_?\d{1,2}|QA(?:_[A-Z]+)?)|BQA"
    r"|ST_(?:ATRAN|CDIST|DRAD|EMIS|EMSD|TRAD|URAD)"
    r"|TCI|SCL|AOT|WVP|CLD|VV|VH|HH|HV"
    r"|PAN|COASTAL|BLUE|GREEN|RED|REDEDGE\d?|NIR\d{0,2}|SWIR\d{0,2}|LWIR\d{0,2}"
    r")(?:_\d{2}m)?)$",
    re.IGNORECASE,
)
_PRODUCT_METADATA = re.compile(r"(?:.*[_.-])?MTL|MTD(?:_.*)?|metadata|manifest", re.IGNORECASE)
_SAFE = re.compile(r"MTD_(?!TL|DS).*\.xml$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The files of one item."""

    id: str
    """The item's id: the stem that the files share."""
    rasters: tuple[Path, ...]
    """At least one, in the order of their names; one asset each."""
    sidecars: tuple[Path, ...] = ()
    """Metadata files beside them (MTL, MTD, …), never assets."""


Namer = Callable[[Path], tuple[object, str]]
"""The group that a file belongs to, and the id of that group."""


def scenes(paths: Sequence[Path], *, group_by: str | None = None) -> list[Scene]:
    """Find the scenes in files and folders, in the order given; folders are walked in the order of names.

    Files that are not rasters and hidden files are passed over. ``group_by`` is ``file``, ``stem``, ``folder`` or
    a regular expression, searched in the file's stem, whose first group (or whole match) is the id; a file that
    it does not match is a scene of its own. Two scenes may have one id: the caller decides. Raises
    UnreadableRaster for a path that does not exist and InvalidParameter for a bad expression.
    """
    files = list(dict.fromkeys(file for path in paths for file in _files(Path(path))))
    rasters = [file for file in files if file.suffix.lower() in RASTER_SUFFIXES]
    sidecars = _sidecars_by_folder(rasters)
    groups = _grouped(rasters, _namer(group_by)) if group_by else _by_band_token(rasters, sidecars)
    holds = _scenes_in_folder(groups)
    return [
        Scene(id=name, rasters=tuple(members), sidecars=_sidecars_of(name, members, sidecars, holds))
        for name, members in groups
    ]


def band_token(path: Path) -> str | None:
    """Return the trailing band token of a file's stem as written (``B10``, ``SR_B3``), or None."""
    match = BAND_TOKEN.search(path.stem)
    return match["band"] if match else None


def shown(path: Path) -> str:
    """Return the file's name for messages, printable even when it is not UTF-8."""
    return path.name.encode("utf-8", "replace").decode()


# Files


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from _walk(Path(os.path.abspath(path)))  # noqa: PTH100 - resolve() would follow links
    elif path.is_file():
        yield Path(os.path.abspath(path))  # noqa: PTH100
    else:
        raise UnreadableRaster(f"{shown(path) or path}: there is no such file or folder.")


def _walk(top: Path) -> Iterator[Path]:
    seen: set[tuple[int, int]] = set()
    for folder, folders, names in os.walk(top, followlinks=True, onerror=_refuse):
        status = os.stat(folder)  # noqa: PTH116
        # A symbolic link may lead back up: a folder is entered once.
        if (status.st_dev, status.st_ino) in seen:
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


def _refuse(error: OSError) -> None:
    raise UnreadableRaster(f"{shown(Path(error.filename))}: the folder cannot be listed ({error.strerror}).")


# Groups

Groups = list[tuple[str, list[Path]]]


def _grouped(rasters: Iterable[Path], name: Namer) -> Groups:
    groups: dict[object, tuple[str, list[Path]]] = {}
    for raster in rasters:
        key, scene_id = name(raster)
        groups.setdefault(key, (scene_id, []))[1].append(raster)
    return list(groups.values())


def _namer(group_by: str) -> Namer:
    if group_by in _NAMERS:
        return _NAMERS[group_by]
    try:
        pattern = re.compile(group_by)
    except re.error as error:
        raise InvalidParameter("group_by", f"{group_by!r} is no regular expression: {error}.") from None

    def by_pattern(path: Path) -> tuple[object, str]:
        match = pattern.search(path.stem)
        found = match and (match[1] if pattern.groups else match[0])
        return (found, found) if found else (path, path.stem)

    return by_pattern


def _by_file(path: Path) -> tuple[object, str]:
    return path, path.stem


def _by_folder(path: Path) -> tuple[object, str]:
    return path.parent, _product_name(path.parent)


def _by_stem(path: Path) -> tuple[object, str]:
    stem = BAND_TOKEN.sub("", path.stem) or path.parent.name
    return (path.parent, stem), stem


_NAMERS: dict[str, Namer] = {"file": _by_file, "folder": _by_folder, "stem": _by_stem}


def _by_band_token(rasters: Sequence[Path], sidecars: dict[Path, list[Path]]) -> Groups:
    """Group as by stem, but a lone file keeps its whole name unless product metadata bear the stem."""

    def name(path: Path) -> tuple[object, str]:
        product = _product_folder(path)
        return (product, _product_name(product)) if product and band_token(path) else _by_stem(path)

    return [
        (scene_id if _is_product(scene_id, members, sidecars) else members[0].stem, members)
        for scene_id, members in _grouped(rasters, name)
    ]


def _is_product(scene_id: str, members: list[Path], sidecars: dict[Path, list[Path]]) -> bool:
    beside = sidecars[members[0].parent]
    return len(members) > 1 or any(_is_named_after(scene_id, sidecar) for sidecar in beside)


def _product_folder(path: Path) -> Path | None:
    """Return the topmost folder above a file that holds a product's MTD file (a Sentinel-2 SAFE tree), or None."""
    found = None
    for folder in list(path.parents)[:5]:
        if folder.suffix.upper() == ".SAFE" or any(_SAFE.match(file.name) for file in folder.glob("MTD_*")):
            found = folder
    return found


def _product_name(folder: Path) -> str:
    return folder.stem if folder.suffix.upper() == ".SAFE" else folder.name


# Side-cars


def _sidecars_by_folder(rasters: Iterable[Path]) -> dict[Path, list[Path]]:
    return {folder: _sidecars_in(folder) for folder in dict.fromkeys(raster.parent for raster in rasters)}


def _sidecars_in(folder: Path) -> list[Path]:
    return sorted(
        file
        for file in folder.iterdir()
        if file.suffix.lower() in SIDECAR_SUFFIXES and not file.name.startswith(".") and file.is_file()
    )


def _scenes_in_folder(groups: Groups) -> dict[Path, int]:
    count: dict[Path, int] = {}
    for _, members in groups:
        for folder in {member.parent for member in members}:
            count[folder] = count.get(folder, 0) + 1
    return count


def _sidecars_of(
    name: str, members: Sequence[Path], sidecars: dict[Path, list[Path]], holds: dict[Path, int]
) -> tuple[Path, ...]:
    """Choose the files named after the scene or one of its files, then those that describe a folder of one scene."""
    names = [name, *(member.stem for member in members), *(member.name for member in members)]
    folders = list(dict.fromkeys(member.parent for member in members))
    own = [file for folder in folders for file in sidecars[folder] if _is_named_after(names, file)]
    products = [file for folder in folders if holds[folder] == 1 for file in sidecars[folder]]
    product = _product_folder(members[0])
    products += _sidecars_in(product) if product else []
    general = [file for file in products if _PRODUCT_METADATA.fullmatch(file.stem)]
    return tuple(dict.fromkeys([*own, *general]))


def _is_named_after(names: str | Sequence[str], sidecar: Path) -> bool:
    """Tell whether a side-car bears a name alone or, as ``name_MTL.txt`` does, before a product's ending."""
    stems = [names] if isinstance(names, str) else names
    ends = _PRODUCT_METADATA.fullmatch(sidecar.stem)
    return any(
        sidecar.stem == stem or (ends is not None and sidecar.stem.startswith((f"{stem}_", f"{stem}.", f"{stem}-")))
        for stem in stems
    )
