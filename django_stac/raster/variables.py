"""A netCDF or HDF5 file seen as one raster: its bands are the variables that lie on one grid, whatever their steps."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import rasterio

from django_stac.exceptions import UnreadableRaster
from django_stac.raster.axes import is_in_degrees, times_of
from django_stac.raster.discover import shown

# The names come out of the file: what would lead GDAL elsewhere, or end the quotation, is no name.
_NAME = re.compile(r"/?[\w.+@() -]+(?:/[\w.+@() -]+)*")
_STEPS = 8
"""Steps of a variable that its statistics look at, unless they are large."""
_DECODED = 2**31
"""Bytes of all variables together that they may cost."""


class Variables:
    """Bears those members of rasterio's DatasetReader that this package asks for; a band stands for all its steps."""

    def __init__(self, path: Path, members: dict[str, Any], others: list[str]) -> None:
        self.name, self.driver = str(path), "netCDF"
        self.others = others
        """Variables that lie on other grids, and are left out."""
        self._members = list(members.values())
        first = self._members[0]
        self.shape, self.height, self.width = first.shape, first.height, first.width
        self.transform, self.gcps, self.block_shapes = first.transform, first.gcps, first.block_shapes
        self.crs = first.crs or (rasterio.CRS.from_epsg(4326) if is_in_degrees(first.tags()) else None)
        self.descriptions = tuple(members)
        self.count, self.indexes = len(members), tuple(range(1, len(members) + 1))
        self.dtypes, self.nodatavals = self._firsts("dtypes"), self._firsts("nodatavals")
        self.units, self.colorinterp = self._firsts("units"), self._firsts("colorinterp")
        self.scales, self.offsets = self._firsts("scales"), self._firsts("offsets")
        self.mask_flag_enums = self._firsts("mask_flag_enums")

    def read(self, indexes: int | None = None, *, masked: bool = False, **how: Any) -> Any:
        """Read the first step of all variables, or of one."""
        if indexes is not None:
            return self._members[indexes - 1].read(1, masked=masked, **how)
        shape = how.pop("out_shape")[1:]
        layers = [member.read(1, masked=masked, out_shape=shape, **how) for member in self._members]
        return np.ma.stack(layers) if masked else np.stack(layers)

    def steps(self, index: int, shape: tuple[int, int]) -> Any:
        """Read some steps of a variable, the first and the last among them, masked (step, row, column)."""
        member = self._members[index - 1]
        affordable = _DECODED // (self.width * self.height * np.dtype(member.dtypes[0]).itemsize * self.count)
        most = max(1, min(_STEPS, member.count, affordable))
        chosen = np.unique(np.linspace(1, member.count, most).round().astype(int)).tolist()
        return member.read(chosen, masked=True, out_shape=(len(chosen), *shape))

    def tags(self, bidx: int = 0, ns: str | None = None) -> dict[str, str]:
        """Return the tags of one variable, or those of the file and the time that its steps span."""
        if bidx:
            return dict(self._members[bidx - 1].tags(1, ns=ns))
        tags = [dict(member.tags(ns=ns)) for member in self._members]
        times = sorted(moment for found in tags for moment in times_of(found).values())
        return {**tags[0], **({"start_datetime": times[0], "end_datetime": times[-1]} if times else {})}

    def overviews(self, bidx: int) -> list[int]:
        """None: netCDF has no overviews."""
        return []

    def colormap(self, bidx: int) -> dict[int, Any]:
        """Raise ValueError: netCDF has no colour tables."""
        raise ValueError("no colour table")

    def _firsts(self, name: str) -> tuple[Any, ...]:
        return tuple(getattr(member, name)[0] for member in self._members)


@contextmanager
def variables_in(path: Path, dataset: Any) -> Iterator[Variables]:
    """Open the variables of a file on the grid that most of them share, each with the netCDF driver alone.

    Raises UnreadableRaster when none has a position.
    """
    with ExitStack() as stack:
        if dataset.count:
            found = {dataset.tags(1).get("NETCDF_VARNAME", "band-1"): dataset}
        else:
            found = {name: stack.enter_context(_opened(path, name)) for name in _names(dataset)}
        yield _on_one_grid(path, found)


def _names(dataset: Any) -> list[str]:
    listed = dataset.tags(ns="SUBDATASETS").items()
    names = [value.rpartition('":')[2] for key, value in listed if key.endswith("_NAME")]
    return [name for name in names if _NAME.fullmatch(name)]


def _opened(path: Path, name: str) -> Any:
    if '"' in str(path):
        raise UnreadableRaster(f"{shown(path)}: its path has a quotation mark: rename it.")
    # rasterio's own list of subdatasets is in small letters, and GDAL's text is not trusted with the path.
    return rasterio.open(f'netcdf:"{path}":{name}', driver="netCDF", sharing=False)


def _on_one_grid(path: Path, found: dict[str, Any]) -> Variables:
    placed = {name: member for name, member in found.items() if not member.transform.is_identity or member.gcps[0]}
    if not placed:
        raise UnreadableRaster(
            f"{shown(path)}: none of its variables ({len(found)}) has a position on the Earth (no regular axes of "
            "coordinates and no grid mapping): write the one you mean to a GeoTIFF."
        )
    grids = {name: (member.shape, member.transform, member.crs) for name, member in placed.items()}
    grid = Counter(grids.values()).most_common(1)[0][0]
    chosen = {name: member for name, member in placed.items() if grids[name] == grid}
    return Variables(path, chosen, [name for name in placed if name not in chosen])
