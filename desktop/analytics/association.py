"""How surely two things go together: lift with its interval, a test of it, and allowing for many tests."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.intervals import Z

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def log_likelihood(n: Ints, of_first: Ints, of_second: Ints, total: int) -> Floats:
    """Dunning's G² of the 2 × 2 tables with these margins: 2·Σ observed·ln(observed ÷ expected)."""
    found = np.zeros(n.size)
    for observed, row, column in (
        (n, of_first, of_second),
        (of_first - n, of_first, total - of_second),
        (of_second - n, total - of_first, of_second),
        (total - of_first - of_second + n, total - of_first, total - of_second),
    ):
        expected = row / total * column
        at = observed > 0
        found[at] += observed[at] * np.log(observed[at] / expected[at])
    return np.maximum(2 * found, 0)


def benjamini_hochberg(p: Floats, looked: int) -> Floats:
    """p values corrected so that of what stays below α about α is chance; those not given count as 1."""
    order = np.argsort(p, kind="stable")
    steps = p[order] * looked / np.arange(1, p.size + 1)
    found = np.empty(p.size)
    found[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1)
    return found


def lift_interval(n: Ints, of_first: Ints, of_second: Ints, total: int) -> tuple[Floats, Floats, Floats]:
    """The lift with its 95 % interval, by the delta method for the logarithm of a multinomial's ratio.

    The variance of ln(p₁₁ ÷ (p₁·p₂)) is 1/n − 1/of_first − 1/of_second + (2·lift − 1)/total.
    """
    lift = n / of_first * (total / of_second)
    variance = 1 / n - 1 / of_first - 1 / of_second + (2 * lift - 1) / total
    half = np.exp(Z * np.sqrt(np.maximum(variance, 0)))
    return lift, lift / half, lift * half
