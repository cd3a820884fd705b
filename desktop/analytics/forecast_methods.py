"""The ways to tell a series forward: exponential smoothing without and with trend and seasons, and last year.

Each is run once over the whole series, for all its settings side by side; what it knew at any month is then
its state there, with the setting that had been least wrong one month ahead until then.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Paths = Floats
"""(months + 1, reach): row o holds what was foretold when o months were known; NaN where nothing could be."""

YEAR = 12
METHODS = ("level", "trend", "year", "season", "season-trend")
"""From the plainest on: a level that moves; with a damped trend; the same month last year, as this year has
moved against it; a level with seasons; that with a damped trend."""

_FIRST = 3
"""Months that the first level is the mean of."""
_LEVELS = tuple((alpha, 0.0, 1.0, 0.0) for alpha in (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0))
_TRENDS = tuple(
    (alpha, beta, phi, 0.0)
    for alpha, beta, phi in product((0.1, 0.2, 0.35, 0.5, 0.7, 0.9), (0.05, 0.1, 0.2, 0.4), (0.8, 0.9, 0.98))
)
_SEASONS = tuple(
    (alpha, 0.0, 1.0, gamma)
    for alpha, gamma in product((0.05, 0.1, 0.2, 0.35, 0.5, 0.7), (0.0, 0.05, 0.1, 0.2, 0.4))
)
_BOTH = tuple(
    (alpha, beta, phi, gamma)
    for alpha, beta, phi, gamma in product(
        (0.05, 0.1, 0.2, 0.35, 0.5, 0.7), (0.05, 0.15), (0.9, 0.98), (0.0, 0.1, 0.2, 0.4)
    )
)
SETTINGS = {"level": _LEVELS, "trend": _TRENDS, "season": _SEASONS, "season-trend": _BOTH}
"""For each method of smoothing its settings: how fast level and trend move, how long the trend lasts (its
factor from month to month), how fast the seasons move."""


def paths(values: Floats, reach: int) -> dict[str, Paths]:
    """What each method foretold of the next `reach` months (1 … 12) at every month of `values`.

    Methods with seasons are there from two whole years on.
    """
    found = {method: _smoothed(values, SETTINGS[method], reach) for method in ("level", "trend")}
    if values.size >= 2 * YEAR:
        found["year"] = _last_year(values, reach)
        for method in ("season", "season-trend"):
            found[method] = _smoothed(values, SETTINGS[method], reach, seasons=True)
    return found


def _last_year(values: Floats, reach: int) -> Paths:
    """The same month last year, and how much the months since then lay above their own last year's."""
    told = np.full((values.size + 1, reach), np.nan)
    more = values[YEAR:] - values[:-YEAR]
    for known in range(YEAR, values.size + 1):
        since = more[max(0, known - 2 * YEAR) : known - YEAR]
        told[known] = values[known - YEAR : known - YEAR + reach] + (since.mean() if since.size else 0.0)
    return told


def _smoothed(
    values: Floats,
    settings: tuple[tuple[float, float, float, float], ...],
    reach: int,
    *,
    seasons: bool = False,
) -> Paths:
    """Additive smoothing of level, damped trend and seasons (Holt and Winters, correcting errors).

    Nothing is foretold before the months that the first state is made from.
    """
    alpha, beta, phi, gamma = np.array(settings).T
    size = alpha.size
    first, slope, season = _begun(values) if seasons else (values[:_FIRST].mean(), 0.0, np.zeros(YEAR))
    level, trend = np.full(size, first), np.full(size, slope if beta.any() else 0.0)
    cycle = np.tile(season[:, None], (1, size))
    wrong = np.zeros(size)
    told = np.full((values.size + 1, reach), np.nan)
    # What a trend of 1 has added after one month, two months, …
    lasting = np.cumsum(phi[:, None] ** np.arange(1, reach + 1), axis=1)
    for month in range(values.size + 1):
        if month >= (2 * YEAR if seasons else _FIRST):
            best = int(wrong.argmin())
            months = (month + np.arange(reach)) % YEAR
            told[month] = level[best] + trend[best] * lasting[best] + cycle[months, best]
        if month < values.size:
            at = month % YEAR
            before = level + phi * trend
            error = values[month] - before - cycle[at]
            wrong += error * error
            level = before + alpha * error
            trend = phi * trend + alpha * beta * error
            cycle[at] += gamma * (1 - alpha) * error
    return told


def _begun(values: Floats) -> tuple[float, float, Floats]:
    """Level before the first month, its rise a month, and twelve seasons, from the first two years."""
    years = values[: 2 * YEAR].reshape(2, YEAR)
    slope = float(years[1].mean() - years[0].mean()) / YEAR
    middle = float(years.mean())
    line = middle + slope * (np.arange(2 * YEAR) - (2 * YEAR - 1) / 2)
    season = (years - line.reshape(2, YEAR)).mean(axis=0)
    return middle - slope * (2 * YEAR + 1) / 2, slope, season - season.mean()
