"""Round figures for the scale of a chart."""

from __future__ import annotations

import math


def nice_ticks(low: float, high: float, wanted: int = 4, *, whole: bool = False) -> list[float]:
    """Round figures that span from `low` to `high` in about `wanted` steps, whole ones if asked for."""
    if high - low <= 1e-9 * max(abs(low), abs(high), 1e-9):
        room = max(abs(low), abs(high)) * 0.1 if max(abs(low), abs(high)) > 1e-9 else 0.1
        low, high = low - room, high + room
    rough = (high - low) / wanted
    scale = 10.0 ** math.floor(math.log10(rough))
    step = next(s * scale for s in (1, 2, 2.5, 5, 10) if s * scale >= rough * 0.999)
    if whole and step != int(step):
        step = math.ceil(step)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(n * step, 12) for n in range(first, last + 1)]
