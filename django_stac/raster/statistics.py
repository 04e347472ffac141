"""Statistics of one band, from the sample; raw values, before scale and offset."""

from math import isfinite
from typing import Any

import numpy as np


def statistics_of(values: Any) -> dict[str, float] | None:
    """Return minimum, maximum, mean, stddev and valid_percent of a masked array; None without a valid pixel.

    Complex numbers have no order: None too.
    """
    kept = values.compressed()
    if not kept.size or np.iscomplexobj(kept):
        return None
    low, high = kept.min().item(), kept.max().item()
    # Sums of the largest floats overflow: what is not finite is left out.
    with np.errstate(over="ignore", invalid="ignore"):
        mean, deviation = float(kept.mean(dtype="float64")), float(kept.std(dtype="float64"))
    found = {"minimum": low, "maximum": high, "mean": mean, "stddev": deviation}
    sizes = {name: value for name, value in found.items() if isfinite(value)}
    return sizes | {"valid_percent": round(100 * kept.size / values.size, 4)}
