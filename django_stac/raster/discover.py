"""Which files make which item: folders are walked and files grouped by name. No raster is opened here."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django_stac.exceptions import InvalidParameter, UnreadableRaster
from django_stac.raster.folders import Folders, product_name
from django_stac.raster.products import product_layer

RASTER_SUFFIXES = frozenset((".tif", ".tiff", ".gtiff", ".jp2", ".j2k", ".img", ".nc", ".nc4", ".h5", ".hdf5", ".he5"))

# The trailing name of a band or of a role that files of one scene differ in: B4, B8A, SR_B3, BQA, QA_PIXEL, TCI,
# red; Sentinel-2 adds the pixel size (B02_10m). What else joins files is told by `products` and by `group_by`.
BAND_TOKEN = re.compile(
    r"(?:^|[_.-])(?P<band>(?:"
    r"(?:SR_|ST_)?(?:B\d{1,3}A?|BAND_?\d{1,2}|QA(?:_[A-Z]+)?)|BQA"
    r"|ST_(?:ATRAN|CDIST|DRAD|EMIS|EMSD|TRAD|URAD)"
    r"|TCI|SCL|AOT|WVP|CLD|VV|VH|HH|HV"
    r"|PAN|COASTAL|BLUE|GREEN|RED|REDEDGE\d?|NIR\d{0,2}|SWIR\d{0,2}|LWIR\d{0,2}"
    r")(?:_\d{2}m)?)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The files of one item."""

    id: str
    """The item's id: the stem that the files share."""
    rasters: tuple[Path, ...]
    """At least one, in their makers' order, else in that of their names; one asset each."""
    sidecars: tuple[Path, ...] = ()
    """Metadata files beside them (MTL, MTD, …): asked for dates and conditions, and assets where they can be read."""


Namer = Callable[[Path], tuple[object, str]]
"""The group that a file belongs to, and the id of that group."""


def scenes(paths: Sequence[Path], *, group_by: str | None = None) -> list[Scene]:
    """Find the scenes in files and folders, in the order given; folders are walked in the order of names.

    Files that are not rasters and hidden files are passed over. ``group_by`` is ``file``, ``stem``, ``folder`` or
    a regular expression, searched in the file's stem, whose first group (or whole match) is the id; a file that
    it does not match is a scene of its own. Two scenes may have one id: the caller decides. Raises
    UnreadableRaster for a path that does not exist and InvalidParameter for a bad expression.
    """
    files = dict.fromkeys(file for path in paths for file in _files(Path(path)))
    rasters = [file for file in files if file.suffix.lower() in RASTER_SUFFIXES]
    folders = Folders()
    groups = _grouped(rasters, _namer(group_by)) if group_by else _by_band_token(rasters, folders)
    for _, members in groups:
        folders.count(members)
    return [
        Scene(id=name, rasters=tuple(sorted(members, key=_rank)), sidecars=folders.sidecars_of(name, members))
        for name, members in groups
    ]


def band_token(path: Path) -> str | None:
    """Return what tells a file from the others of its scene, as written: ``B10``, ``SR_B3``, ``LCPRI``; or None."""
    if layer := product_layer(path.stem):
        return layer.name
    match = BAND_TOKEN.search(path.stem)
    return match["band"] if match else None


def shown(path: Path) -> str:
    """Return the file's name for messages, printable even when it is not UTF-8."""
    return path.name.encode("utf-8", "replace").decode()


# Files


def _files(path: Path) -> Iterator[Path]:
    try:
        is_folder, is_there = path.is_dir(), path.exists()
    except OSError as error:
        raise UnreadableRaster(f"{shown(path)}: cannot be opened ({error.strerror}).") from error
    if not is_there:
        raise UnreadableRaster(f"{shown(path) or path}: there is no such file or folder.")
    # resolve() would follow links: a linked file keeps the name that it is given here.
    absolute = Path(os.path.abspath(path))  # noqa: PTH100
    yield from _walk(absolute) if is_folder else [absolute]


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
    return path.parent, path.parent.name


def _by_stem(path: Path) -> tuple[object, str]:
    layer = product_layer(path.stem)
    stem = layer.scene if layer else BAND_TOKEN.sub("", path.stem) or path.parent.name
    return (path.parent, stem), stem


def _rank(path: Path) -> int:
    layer = product_layer(path.stem)
    return layer.rank if layer else 0


_NAMERS: dict[str, Namer] = {"file": _by_file, "folder": _by_folder, "stem": _by_stem}


def _by_band_token(rasters: Sequence[Path], folders: Folders) -> Groups:
    """Group as by stem, but a lone file keeps its whole name unless product metadata bear the stem."""

    def name(path: Path) -> tuple[object, str]:
        product = folders.product_above(path.parent)
        return (product, product_name(product)) if product else _by_stem(path)

    def is_product(scene_id: str, members: list[Path]) -> bool:
        return len(members) > 1 or bool(folders.named_after(members[0].parent, scene_id))

    return [
        (scene_id if is_product(scene_id, members) else members[0].stem, members)
        for scene_id, members in _grouped(rasters, name)
    ]
