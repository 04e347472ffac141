"""Cells of a grid in SQL: the one that holds the centre of a geometry, and all that a geometry meets.

A cell is one number here, ``column * rows + row``, which ``spec.grids`` turns into its key.
"""

from django_stac.spec.grids import Geohash, Grid

SLACK = 1e-6
"""Cells by which boxes are taken wider before geometries are compared: more than positions are rounded by."""

ACROSS = "ST_NumGeometries({0}) > 1 AND ST_XMin({0}) <= -180 AND ST_XMax({0}) >= 180"
"""Whether a geometry was cut at the antimeridian."""

# OFFSET 0 keeps the planner from writing an expression once for every use of its name, and from reckoning it as often.
HOLDING = """\
(SELECT {column} * {rows} + {row} FROM (
    SELECT CASE WHEN ST_X(centre) > 180 THEN ST_X(centre) - 360 ELSE ST_X(centre) END AS x, ST_Y(centre) AS y FROM (
        SELECT ST_Centroid(CASE WHEN {across} THEN ST_WrapX(geometry, 0, 360) ELSE geometry END) AS centre
        FROM (SELECT {{}} AS geometry) AS given OFFSET 0) AS middle OFFSET 0) AS place
 WHERE x IS NOT NULL)"""
BOXES = """\
SELECT *, (east - west + 1) * (high - low + 1) AS many FROM (
    SELECT id, geometry, {west} AS west, {east} AS east, {low} AS low, {high} AS high FROM (
        SELECT id, geometry, Box3D(part) AS box FROM ({{parts}}) AS given OFFSET 0) AS boxed
    WHERE box IS NOT NULL OFFSET 0) AS placed"""


def holding(grid: Grid) -> str:
    """The cell of the centroid of a geometry, for which there is a gap; null where there is none."""
    column, row = index(column_at("x", grid), grid.columns), index(row_at("y", grid), grid.rows)
    return HOLDING.format(column=column, row=row, rows=grid.rows, across=ACROSS.format("geometry"))


def boxes(grid: Grid) -> str:
    """The outermost cells of the boxes of ``{parts}`` (id, geometry, part), and how ``many`` cells lie between them."""
    west, east = (column_at(f"ST_X{side}(box)", grid) for side in ("Min", "Max"))
    south, north = (row_at(f"ST_Y{side}(box)", grid) for side in ("Min", "Max"))
    low, high = (south, north) if isinstance(grid, Geohash) else (north, south)
    return BOXES.format(
        west=index(f"{west} - {SLACK}", grid.columns),
        east=index(f"{east} + {SLACK}", grid.columns),
        low=index(f"{low} - {SLACK}", grid.rows),
        high=index(f"{high} + {SLACK}", grid.rows),
    )


def envelope(grid: Grid, column: str, row: str) -> str:
    """A cell as a polygon."""
    west, east = (f"{place} * 360::float8 / {grid.columns} - 180" for place in (column, f"({column} + 1)"))
    edges = ", ".join(latitude(grid, place) for place in (row, f"({row} + 1)"))
    return f"ST_MakeEnvelope({west}, least({edges}), {east}, greatest({edges}), 4326)"


def index(position: str, size: int) -> str:
    """The whole number of a position, from 0 and below the size."""
    return f"least(greatest(floor({position}), 0), {size - 1})::int8"


def column_at(longitude: str, grid: Grid) -> str:
    return f"(({longitude}) + 180) / 360 * {grid.columns}"


def row_at(latitude: str, grid: Grid) -> str:
    if isinstance(grid, Geohash):
        return f"(({latitude}) + 90) / 180 * {grid.rows}"
    # Beyond the square of web maps, which ends at 85.0511°, rows are clamped. PostgreSQL refuses to reckon with numbers
    # near 1e-324: nothing may be multiplied before the addition.
    return f"(1 - ln(tan(radians((greatest(least({latitude}, 85.06), -85.06) + 90) / 2))) / pi()) / 2 * {grid.rows}"


def latitude(grid: Grid, edge: str) -> str:
    """The latitude of an edge between rows."""
    if isinstance(grid, Geohash):
        return f"{edge} * 180::float8 / {grid.rows} - 90"
    return f"""\
CASE {edge} WHEN 0 THEN 90 WHEN {grid.rows} THEN -90
ELSE degrees(atan(sinh(pi() * (1 - 2 * {edge}::float8 / {grid.rows})))) END"""
