"""Metadata files and the scenes they belong to; each folder is listed once, however many files it has."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

SIDECAR_SUFFIXES = frozenset((".txt", ".json", ".xml", ".met"))

# `name_MTL.txt` describes the scene `name`; `metadata.xml`, `MTD_TL.xml` and `item.json` (STAC) the folder they lie in.
_PRODUCT = re.compile(r"(?:(?P<owner>.+)[_.-])?(?:MTL|MTD(?:_.*)?|metadata|manifest)|item", re.IGNORECASE)
_SAFE = re.compile(r"MTD_(?!TL|DS).*\.xml", re.IGNORECASE)

# A band of a Sentinel-2 product lies four folders below its metadata.
_DEPTH = 5


class Folders:
    """What lies beside the rasters of one walk."""

    def __init__(self) -> None:
        self._scenes: Counter[Path] = Counter()
        self._listed = cache(_listed)
        self._is_product = cache(_is_product)

    def count(self, members: Iterable[Path]) -> None:
        """Note the folders that the files of one scene lie in."""
        self._scenes.update({member.parent for member in members})

    def named_after(self, folder: Path, name: str) -> list[Path]:
        """Return the side-cars that bear a name, alone or before a product's ending."""
        return self._listed(folder).get(name, [])

    def sidecars_of(self, name: str, members: Sequence[Path]) -> tuple[Path, ...]:
        """Return the side-cars named after a scene or its files, then those that describe a folder of one scene."""
        folders = dict.fromkeys(member.parent for member in members)
        names = [name, *(text for member in members for text in (member.stem, member.name))]
        found = [file for folder in folders for text in names for file in self.named_after(folder, text)]
        alone = [folder for folder in folders if self._scenes[folder] == 1]
        product = self.product_above(members[0].parent)
        for folder in [*alone, *([product] if product else [])]:
            found += self.named_after(folder, "")
        return tuple(dict.fromkeys(found))

    def product_above(self, folder: Path) -> Path | None:
        """Return the topmost product folder that a folder lies in (a Sentinel-2 SAFE tree), or None."""
        above = [folder, *folder.parents][:_DEPTH]
        return next((place for place in reversed(above) if self._is_product(place)), None)


def product_name(folder: Path) -> str:
    """Return the id of a product by its folder."""
    return folder.stem if folder.suffix.upper() == ".SAFE" else folder.name


def _listed(folder: Path) -> dict[str, list[Path]]:
    """List the side-cars of a folder by the names they bear; under the empty name those of product metadata."""
    names: dict[str, list[Path]] = {}
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() not in SIDECAR_SUFFIXES or file.name.startswith(".") or not file.is_file():
            continue
        product = _PRODUCT.fullmatch(file.stem)
        for name in {file.stem, product["owner"] or "", ""} if product else {file.stem}:
            names.setdefault(name, []).append(file)
    return names


def _is_product(folder: Path) -> bool:
    if folder.suffix.upper() == ".SAFE":
        return True
    try:
        return any(_SAFE.fullmatch(file.name) for file in folder.glob("MTD_*"))
    except OSError:
        return False
