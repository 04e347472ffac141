"""Catalogues and collections whose ids clash get names of their own: what holds them comes before the id."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from django_stac.transfer.source import name_of
from django_stac.transfer.tree import Container, Tree


def name_clashing(tree: Tree) -> None:
    """Name each container that shares its id: the ids above it joined by dots, or its file where these are the same."""
    for group in clashing(tree):
        trails = [".".join(trail(container)) for container in group]
        times, files = Counter(trails), by_file(group)
        for container, above, file in zip(group, trails, files, strict=True):
            container.name = above if times[above] == 1 else file
        if not group[0].is_catalog:
            tree.renamed[group[0].id] = sorted(container.name for container in group)


def clashing(tree: Tree) -> Iterator[list[Container]]:
    """Those of one kind and one id that are not one document."""
    of_one_id: dict[tuple[str, str], list[Container]] = defaultdict(list)
    for container in tree.containers:
        if container.id and (container.is_shelf or not container.is_catalog):
            of_one_id[container.found.kind, container.id].append(container)
    return (group for group in of_one_id.values() if not all(map(group[0].is_like, group)))


def by_file(group: list[Container]) -> list[str]:
    """The paths of their files below the folder that holds all, and the id, joined by dots."""
    common = os.path.commonpath([container.file.parent.absolute() for container in group])
    paths = (container.file.absolute().relative_to(common).with_suffix("") for container in group)
    return [".".join((*Path(name_of(path)).parts, group[0].id)) for path in paths]


def trail(container: Container) -> list[str]:
    """The ids from the top down to a container, by first parents."""
    ids, seen, at = [container.id], {id(container)}, container
    while at.parents and id(at.parents[0]) not in seen:
        at = at.parents[0]
        seen.add(id(at))
        ids.append(at.id)
    return [each for each in ids[::-1] if each]
