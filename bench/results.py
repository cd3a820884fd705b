"""What a benchmark gives: a figure beside its floor of the same run, and the bound it is held to."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """How a run of benchmarks was asked for; `customers` is the size of the large book."""

    folder: Path
    quick: bool = False
    customers: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Result:
    """One line: `value` in `unit`, and what it is measured against.

    With a `floor` the bound is on their ratio, without one on the value itself; `bound` 0 is for figures that
    are only told.
    """

    name: str
    value: float
    unit: str
    bound: float = 0.0
    floor: float | None = None
    note: str = ""
    """Said instead of the value where there is none."""

    @property
    def measured(self) -> float:
        """What the bound is on."""
        return self.value / self.floor if self.floor else self.value

    @property
    def kept(self) -> bool:
        """Whether the bound is kept."""
        return not self.bound or self.measured <= self.bound


def percentile(values: Sequence[float], share: float = 0.95) -> float:
    """The value that so large a share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * len(ordered) + 0.5) - 1)]


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)
