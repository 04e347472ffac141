"""Where water runs on a height field; trees of flow are walked by pointer doubling, only the flood loops
over pixels. What the heights mean is not known here."""

import heapq
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from .grid import Labels

Heights = NDArray[np.float64]

NEIGHBOURS = ((-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1))


def receivers(height: Heights) -> tuple[Labels, Heights]:
    """Each pixel's steepest lower neighbour (flat index; its own in a pit), and the way there in pixels."""
    rows, columns = height.shape
    walled = np.pad(height, 1, constant_values=np.inf)
    own = np.arange(height.size).reshape(height.shape)
    steepest, target, way = np.zeros_like(height), own.copy(), np.ones_like(height)
    for down, right in NEIGHBOURS:
        length = np.hypot(down, right)
        there = walled[1 + down : 1 + down + rows, 1 + right : 1 + right + columns]
        slope = (height - there) / length
        better = slope > steepest
        steepest[better] = slope[better]
        target[better] = own[better] + down * columns + right
        way[better] = length
    return target.ravel(), way.ravel()


def catchments(target: Labels) -> Heights:
    """How many pixels drain through each pixel, itself included (flat)."""
    count = target.size
    # A sink beyond the end swallows what a root would otherwise send to itself again and again.
    jump = np.append(np.where(target == np.arange(count), count, target), count)
    total = np.append(np.ones(count), 0.0)
    while (jump[:count] != count).any():
        total = total + np.bincount(jump, weights=total, minlength=count + 1)
        total[count] = 0
        jump = jump[jump]
    return total[:count]


def descend(target: Labels, start: Heights, share: Heights) -> Heights:
    """Solve h = start + share · h[target] down all trees at once; ``share`` is 0 at their roots."""
    while share.any():
        start = start + share * start[target]
        share = share * share[target]
        target = target[target]
    return start


def flooded(height: Heights) -> Heights:
    """The surface with every hollow filled to its brim, rising by a hair so that water finds its way out."""
    level = height.tolist()
    rows, columns = height.shape
    seen = [[False] * columns for _ in range(rows)]
    front = [(level[row][column], row, column) for row, column in _rim(rows, columns)]
    for _, row, column in front:
        seen[row][column] = True
    heapq.heapify(front)
    while front:
        here, row, column = heapq.heappop(front)
        for down, right in NEIGHBOURS:
            r, c = row + down, column + right
            if 0 <= r < rows and 0 <= c < columns and not seen[r][c]:
                seen[r][c] = True
                level[r][c] = max(level[r][c], here + 1e-4)
                heapq.heappush(front, (level[r][c], r, c))
    return np.array(level)


def _rim(rows: int, columns: int) -> Iterator[tuple[int, int]]:
    for column in range(columns):
        yield from ((0, column), (rows - 1, column))
    for row in range(1, rows - 1):
        yield from ((row, 0), (row, columns - 1))
