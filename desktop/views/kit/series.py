"""What a line of a chart is made of, as arrays to draw."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.exchange.writers.chart_data import Series


@dataclass(frozen=True, slots=True)
class Arrays:
    """A series step by step, NaN where not known; an interval has both its edges or none."""

    values: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    @classmethod
    def of(cls, one: Series, steps: int) -> Arrays:
        """The arrays of a series over so many steps."""
        low, high = _array(one.low, steps), _array(one.high, steps)
        unsure = np.isnan(low) | np.isnan(high)
        low[unsure] = high[unsure] = np.nan
        return cls(_array(one.values, steps), low, high)

    def last(self, low: float, high: float) -> tuple[int, float] | None:
        """The last step from `low` to `high` that has a value, and that value; None if none has."""
        first = max(0, math.ceil(low - 1e-6))
        steps = np.flatnonzero(np.isfinite(self.values[first : math.floor(high + 1e-6) + 1]))
        return (first + int(steps[-1]), float(self.values[first + steps[-1]])) if len(steps) else None


def _array(values: Sequence[float | None], steps: int) -> NDArray[np.float64]:
    made = np.full(steps, np.nan)
    given = np.array(values[:steps], dtype=np.float64)
    made[: len(given)] = given
    return made
