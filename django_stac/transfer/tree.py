"""Files that link to each other: what holds what, walked without recursion; only containers are kept in memory."""

import os
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django_stac.transactions import Report
from django_stac.transfer.hrefs import file_of, is_remote, real, real_folder, scope_of
from django_stac.transfer.source import EmptyFolder, Found, documents_in, files_in, may_hold_containers, name_of

CONTAINERS = ("Catalog", "Collection")
DOWN = ("child", "item")
UP = ("collection", "parent")
USUAL = ("catalog.json", "collection.json")
"""Names of containers: read first, for the files that they call items need not be looked into."""


@dataclass(slots=True, eq=False)
class Container:
    """A catalogue or a collection, and its place among the others."""

    found: Found
    file: Path
    targets: dict[str, None] = field(default_factory=dict)
    """Real paths of the files that it links to, in its order."""
    parents: "list[Container]" = field(default_factory=list)
    home: "Container | None" = None
    """The nearest collection from itself upwards."""
    is_shelf: bool = False
    """A catalogue that stands by itself; others only order the items of a collection."""
    depth: int = 0
    """Of a shelf, below the top."""
    name: str = ""
    """The id that it gets, where it may not keep its own."""

    @property
    def document(self) -> dict[str, Any]:
        return self.found.document or {}

    @property
    def id(self) -> str:
        """Empty where it has none, or one that is no text."""
        return identifier if isinstance(identifier := self.document.get("id"), str) else ""

    @property
    def is_catalog(self) -> bool:
        return self.found.kind == "Catalog"

    def is_like(self, other: "Container") -> bool:
        """Whether both are one document; the same text in two folders may lead to different files."""
        return self.document == other.document and self.targets == other.targets


@dataclass(slots=True)
class Tree:
    """The files of one run."""

    report: Report
    containers: list[Container] = field(default_factory=list)
    at: dict[str, list[Container]] = field(default_factory=dict)
    """Containers by the real path of their file."""
    items: dict[str, Path] = field(default_factory=dict)
    """Files that hold items, by real path, as they are named to people."""
    homes: dict[str, Container] = field(default_factory=dict)
    """The collection that a file with items lies under, by the file's real path."""
    renamed: dict[str, list[str]] = field(default_factory=dict)
    """What collections of one id are called instead, by that id."""
    scopes: tuple[str, ...] = ()
    """Real folders that no link leads out of."""
    given: set[str] = field(default_factory=set)
    waiting: deque[Path] = field(default_factory=deque)
    seen: set[str] = field(default_factory=set)
    called_items: set[str] = field(default_factory=set)
    remote: Counter[str] = field(default_factory=Counter)

    def home_above(self, document: dict[str, Any], file: Path) -> Container | None:
        """The collection that an item lies under, by the links of others or by its own."""
        if (found := self.homes.get(real(file))) is not None:
            return found
        for _, href in local_links(document, UP):
            for home in self.homes_in(file_of(href, file)):
                return home
        beside = {home.name or home.id: home for home in self.homes_in(file)}
        return beside.popitem()[1] if len(beside) == 1 else None

    def homes_in(self, file: Path) -> Iterator[Container]:
        """The collections that the containers of a file lie under."""
        homes = (container.home for container in self.at.get(real(file), ()))
        return (home for home in homes if home and home.id)


def walk(paths: Iterable[Path], report: Report) -> Tree:
    """Visit files, folders and what their catalogues and collections link to, each file once.

    Links to missing files, and out of the folders given, are failures of the report; links to other servers are counted
    in notes. Raises UnreadableDocument for a path with nothing to read.
    """
    given = list(paths)
    real_folder.cache_clear()
    tree = Tree(report, scopes=tuple(dict.fromkeys(scope for path in given for scope in scopes_of(path))))
    tree.given.update(real(path) for path in given if path.is_file())
    for file in sorted(seeds(given), key=lambda file: file.name not in USUAL):
        await_file(tree, file, real(file), name_of(file))
    while tree.waiting:
        visit(tree, tree.waiting.popleft())
    settle(tree)
    remote = tree.remote.items()
    report += Report(
        notes=[f"{name}: {count} of its links lead to other servers, not asked." for name, count in remote]
    )
    return tree


def seeds(given: list[Path]) -> Iterator[Path]:
    """The files of all paths; a folder without documents may be given for the files that others name."""
    empty = None
    for path in given:
        try:
            yield from files_in(path)
        except EmptyFolder as error:
            empty = error
    if empty and len(given) == 1:
        raise empty


def scopes_of(path: Path) -> Iterator[str]:
    """The folder given, or that of the file given, where it is named and where it really lies."""
    if path.is_dir():
        yield real(path)
    else:
        yield real(path.parent)
        yield os.path.dirname(real(path))  # noqa: PTH120 - a text, as the others


def await_file(tree: Tree, file: Path, path: str, source: str) -> None:
    """Visit a file later; one that lies outside is named. Once by its real path, whoever links to it."""
    if path in tree.seen:
        return
    tree.seen.add(path)
    if scope_of(path, tree.scopes) is None:
        tree.report.fail(source, f"{name_of(file)} lies outside of the folders given: give its folder too.")
    else:
        tree.waiting.append(file)


def visit(tree: Tree, file: Path) -> None:
    """Read a file's containers and where they lead; what else it holds is left for later."""
    path = real(file)
    if not has_containers(file, is_called_item=path in tree.called_items):
        tree.items[path] = file
        return
    kinds = set()
    for found in documents_in(file):
        kinds.add(found.kind)
        if found.kind in CONTAINERS:
            take(tree, found, file)
    if not kinds or kinds.difference(CONTAINERS):
        tree.items[path] = file


def has_containers(file: Path, *, is_called_item: bool) -> bool:
    """Whether a file may hold containers: old ones name no type, and are known where they come first."""
    if may_hold_containers(file):
        return True
    if is_called_item:
        return False
    documents = documents_in(file)
    first = next(documents, None)
    documents.close()  # type: ignore[attr-defined]  # a generator: it closes its file
    return first is not None and first.kind in CONTAINERS


def take(tree: Tree, found: Found, file: Path) -> None:
    """Keep a container, and follow its links."""
    container = Container(found, file)
    tree.containers.append(container)
    tree.at.setdefault(real(file), []).append(container)
    for rel, href in links_of(container.document, DOWN):
        if is_remote(href):
            tree.remote[found.source] += 1
            continue
        target = file_of(href, file)
        path = real(target)
        if not os.path.isfile(path):  # noqa: PTH113 - never raises
            if path not in tree.seen:
                tree.report.fail(found.source, f"Its link to the {rel} {href[:300]!r} leads to no file.")
            tree.seen.add(path)
            continue
        container.targets[path] = None
        if rel == "item":
            tree.called_items.add(path)
        await_file(tree, target, path, found.source)


def links_of(document: dict[str, Any], rels: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Relation and href of a document's links, as far as they are any."""
    links = document.get("links")
    for link in links if isinstance(links, list) else ():
        if isinstance(link, dict) and link.get("rel") in rels and isinstance(link.get("href"), str):
            yield link["rel"], link["href"]


def local_links(document: dict[str, Any], rels: tuple[str, ...]) -> list[tuple[str, str]]:
    """Those that lead to files, in the order of the relations."""
    found = (pair for pair in links_of(document, rels) if not is_remote(pair[1]))
    return sorted(found, key=lambda pair: rels.index(pair[0]))


# What holds what


def settle(tree: Tree) -> None:
    """Work out parents, homes and shelves, whatever the order in which files were read."""
    for parent in tree.containers:
        for child in children(tree, parent):
            child.parents.append(parent)
    spread_homes(tree)
    find_shelves(tree)
    # A collection's own link tells more than that of a catalogue below another one.
    for container in sorted(tree.containers, key=lambda each: each.is_catalog):
        if container.home and container.home.id:
            for path in container.targets.keys() - tree.at.keys():
                tree.homes.setdefault(path, container.home)


def children(tree: Tree, parent: Container) -> Iterator[Container]:
    for path in parent.targets:
        yield from (child for child in tree.at.get(path, ()) if child is not parent)


def spread_homes(tree: Tree) -> None:
    """Catalogues below a collection belong to the nearest one."""
    reached = deque(each for each in tree.containers if not each.is_catalog)
    for collection in reached:
        collection.home = collection
    while reached:
        parent = reached.popleft()
        for child in children(tree, parent):
            if child.home is None:
                child.home = parent.home
                reached.append(child)


def find_shelves(tree: Tree) -> None:
    """Catalogues that are reached from the top through catalogues alone, or that lie under no collection."""
    given = {id(container) for path in tree.given for container in tree.at.get(path, ())}
    catalogs = [each for each in tree.containers if each.is_catalog]
    descend(tree, (each for each in catalogs if not each.parents or id(each) in given))
    # In a ring nothing is the top.
    descend(tree, (each for each in catalogs if each.home is None and not each.is_shelf))


def descend(tree: Tree, tops: Iterable[Container]) -> None:
    reached = deque(tops)
    for top in reached:
        top.is_shelf = True
    while reached:
        parent = reached.popleft()
        for child in children(tree, parent):
            if child.is_catalog and not child.is_shelf:
                child.is_shelf, child.depth = True, parent.depth + 1
                reached.append(child)


def shelves_above(container: Container) -> list[Container]:
    """The catalogues that list a container: the nearest above it on each way up that are stored."""
    found, seen, above = [], {id(container)}, deque(container.parents)
    while above:
        parent = above.popleft()
        if id(parent) in seen:
            continue
        seen.add(id(parent))
        if parent.is_shelf:
            found.append(parent)
        else:
            above.extend(parent.parents)
    return found
