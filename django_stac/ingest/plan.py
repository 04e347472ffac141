"""What a run is going to do: which scene goes into which collection, and where its files live. Nothing is read yet."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django_stac.exceptions import InvalidParameter, UnreachableFile
from django_stac.ingest.names import copy_paths
from django_stac.raster.discover import Scene, scenes, shown
from django_stac.transactions import Report
from django_stac.transactions.placement import Place, Ways, place


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One scene of a run."""

    scene: Scene
    collection: str
    source: str
    """The scene as who gave the path would name it."""
    places: Mapping[Path, Place]
    """Of each raster, and of the metadata files that can have one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The scenes to read, and what is settled before reading."""

    entries: list[Entry] = field(default_factory=list)
    report: Report = field(default_factory=Report)

    @property
    def inputs(self) -> int:
        return len(self.entries) + self.report.total

    @property
    def collections(self) -> list[str]:
        return list(dict.fromkeys(entry.collection for entry in self.entries))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """Which files make one item, and which items one collection."""

    collection: str | None = None
    """The one that takes everything; by default that named after the folder given, or after that of the file given."""
    by_folder: bool = False
    """Whether each folder that lies directly in a folder given makes a collection of its own."""
    group_by: str | None = None
    """See ``raster.discover.scenes``."""

    def collection_of(self, scene: Scene, folder: Path) -> str:
        """Return the collection of a scene found in a folder given. Raises InvalidParameter."""
        if self.collection:
            return self.collection
        inside = scene.rasters[0].relative_to(folder).parts if self.by_folder else ()
        return inside[0] if len(inside) > 1 else folder_name(folder)


BY_PATH = Sorting()


def make_plan(paths: Sequence[str | Path], ways: Ways, sorting: Sorting = BY_PATH) -> Plan:
    """Find the scenes under files and folders.

    What no consumer could open, and the second scene of one id, are failures of the plan's report. Raises
    UnreadableRaster for a path that does not exist and InvalidParameter for a bad ``group_by``.
    """
    plan, given, ids = Plan(), set[tuple[Path, ...]](), dict[tuple[str, str], Entry]()
    for entry, problem in found(paths, ways, sorting):
        if entry.scene.rasters in given:
            plan.report.skipped += 1
            plan.report.notes.append(f"{entry.source}: given more than once.")
            continue
        given.add(entry.scene.rasters)
        first = ids.setdefault((entry.collection, entry.scene.id), entry)
        if first is not entry:
            taken = f"Its id {entry.scene.id!r} is that of {first.source}: rename it, or see --group-by."
            plan.report.fail(entry.source, taken)
        elif problem:
            plan.report.fail(entry.source, problem)
        else:
            plan.entries.append(entry)
    return plan


def found(paths: Sequence[str | Path], ways: Ways, sorting: Sorting) -> Iterator[tuple[Entry, str]]:
    """Yield the scenes in the order of their paths, each with what makes it unreachable, if anything does."""
    for given in map(Path, paths):
        top = Path(os.path.abspath(given))  # noqa: PTH100 - resolve() would follow links
        folder = top if top.is_dir() else top.parent
        for scene in scenes([given], group_by=sorting.group_by):
            name = sorting.collection_of(scene, folder)
            places, problem = placed(scene, name, ways, folder)
            yield Entry(scene=scene, collection=name, source=source_of(scene, given, top), places=places), problem


def placed(scene: Scene, collection: str, ways: Ways, folder: Path) -> tuple[dict[Path, Place], str]:
    """Return the places of a scene's files, or a sentence; a metadata file without a place is no asset."""
    # Apart, so that metadata in a folder above do not change where rasters are copied to.
    copies = {**copy_paths(collection, scene.id, scene.sidecars), **copy_paths(collection, scene.id, scene.rasters)}
    try:
        places = {file: place(file, ways, under=folder, copy_path=copies[file]) for file in scene.rasters}
    except UnreachableFile as error:
        return {}, str(error).removeprefix(f"{shown(scene.rasters[0])}: ")
    for file in beside(scene, folder):
        with suppress(UnreachableFile, ValueError):
            places[file] = place(file, ways, under=folder, copy_path=copies[file])
    return places, ""


def beside(scene: Scene, folder: Path) -> Iterator[Path]:
    """Yield the metadata files that lie where the rasters do: a link must not lead consumers to any file there is."""
    homes = {folder.resolve(), *(file.resolve().parent for file in scene.rasters)}
    yield from (file for file in scene.sidecars if any(file.resolve().is_relative_to(home) for home in homes))


def folder_name(folder: Path) -> str:
    if not folder.name:
        raise InvalidParameter("--collection", f"is needed: the folder {folder} has no name.")
    return folder.name


def source_of(scene: Scene, given: Path, top: Path) -> str:
    """Name a scene: its file, or the id of its files in their folder."""
    first, *others = scene.rasters
    file = first.parent / scene.id if others else first
    name = given / file.relative_to(top) if file.is_relative_to(top) else file
    text = os.fsencode(name).decode("utf-8", "replace")
    return f"{text} ({len(scene.rasters)} files)" if others else text
