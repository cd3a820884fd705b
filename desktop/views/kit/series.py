"""What a line of a chart is made of, as its maker says it and as arrays to draw."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from desktop.views.kit.chart_base import known


@dataclass(frozen=True)
class Series:
    """One line: its values by step (None or NaN: not known), its interval and how many each rests on."""

    name: str
    values: Sequence[float | None]
    low: Sequence[float | None] = field(default=())
    high: Sequence[float | None] = field(default=())
    counts: Sequence[int] = field(default=())
    dashed: bool = False
    colour: int | None = None
    """Which of the look's series colours; its own place among the lines if not said."""

    def at(self, step: int) -> float | None:
        """The value at a step, None when it is not known."""
        value = self.values[step] if step < len(self.values) else None
        return value if known(value) else None

    def interval(self, step: int) -> tuple[float, float] | None:
        """The interval at a step, None when it is not known."""
        if step >= min(len(self.low), len(self.high)):
            return None
        low, high = self.low[step], self.high[step]
        if low is None or high is None or not known(low) or not known(high):
            return None
        return low, high


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
