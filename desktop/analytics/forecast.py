"""What the next months will bring, how sure that is, and how well it would have been known a year ago.

Five methods are tried on the months themselves: at every month from which there was something to go by, each
says the months after it from those before it alone, and the one that was least wrong is taken (a rolling
origin; Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 5.10). The intervals come
from those same errors, at each distance, and so hold what fitting and choosing cost in sureness.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.forecast_methods import METHODS, YEAR, Paths, paths
from desktop.analytics.intervals import Rate, rate

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Scale = Literal["log", "root"]

FEWEST = 6
"""Whole months without which nothing is said."""
MOST = 120
"""Months looked at: what was longer ago says nothing of the next ones."""
REACH = 12
"""Months ahead that are told at most."""
_JUDGED = 6
"""Months ahead by which the methods are judged."""
_BETTER = 0.97
"""A method with more to fit must be wrong by so much less, or the plainer one is taken."""
_SOME = 6
"""Errors at one distance from which a spread is taken."""


@dataclass(frozen=True)
class Forecast:
    """The months after the last: arrays with an entry a month, in the unit of the values.

    `middle` is as likely too high as too low; 80 % and 95 % of the months are expected between the pairs of
    `low` and `high`. `method` is one of METHODS, `months` how many it was chosen and fitted by, `error` its
    sum of errors ÷ sum of values at a rolling origin up to half a year ahead (None where all values were 0),
    over `tried` months foretold.
    """

    method: str
    months: int
    middle: Floats
    low80: Floats
    high80: Floats
    low95: Floats
    high95: Floats
    error: float | None
    tried: int


@dataclass(frozen=True)
class Review:
    """A forecast as it would have stood `actual.size` months ago, and what came.

    `wape` is the sum of its errors ÷ the sum of what came (sizes of both; None where nothing came), `plain`
    the same of repeating the months a year before (with less than a year: the last month). `inside80` and
    `inside95` are the shares of months within the intervals.
    """

    forecast: Forecast
    actual: Floats
    wape: float | None
    plain: float | None
    inside80: Rate
    inside95: Rate


class TooShort(ValueError):
    """There are `found` whole months and `needed` are needed."""

    def __init__(self, found: int, needed: int = FEWEST) -> None:
        super().__init__(f"{found} whole months, {needed} needed")
        self.found = found
        self.needed = needed


def forecast(values: Floats, horizon: int = REACH, *, counts: bool = True) -> Forecast:
    """The `horizon` (1 … 12) months after `values`, one a whole month, oldest first.

    With `counts` the values are numbers of something: the intervals are at least as wide as chance makes
    them (Poisson), and nothing falls below 0. Amounts may be negative. Raises TooShort.
    """
    values = np.asarray(values, np.float64)[-MOST:]
    if values.size < FEWEST:
        raise TooShort(values.size)
    scale = _scale(values)
    known = paths(_to(values, scale), REACH)
    from_ = _first_origin(values.size)
    method, error, tried = _least_wrong(values, known, from_, scale)
    told = known[method]
    ahead = told[values.size, :horizon]
    spread, freedom = _spread(_to(values, scale), told, from_, horizon)
    if counts:
        # The spread of a number that is only chance: √n, which is 1/√n of it on the scale of logarithms.
        chance = 0.5 * np.ones(horizon) if scale == "root" else np.exp(-np.maximum(ahead, 0) / 2)
        spread = np.maximum(spread, chance)

    def bound(share: float) -> Floats:
        return _from(ahead + _student(share, freedom) * spread, scale, counts=counts)

    return Forecast(
        method=method,
        months=values.size,
        middle=_from(ahead, scale, counts=counts),
        low80=bound(0.1),
        high80=bound(0.9),
        low95=bound(0.025),
        high95=bound(0.975),
        error=error,
        tried=tried,
    )


def review(values: Floats, *, counts: bool = True) -> Review | None:
    """The forecast of a year ago beside what came, or of as many months as leave six to go by.

    None where that would be fewer than three.
    """
    values = np.asarray(values, np.float64)
    back = min(REACH, values.size - FEWEST)
    if back < 3:
        return None
    before, actual = values[:-back], values[-back:]
    told = forecast(before, back, counts=counts)
    plain = before[-YEAR:][:back] if before.size >= YEAR else np.full(back, before[-1])
    return Review(
        told,
        actual,
        _wape(told.middle, actual),
        _wape(plain, actual),
        _inside(actual, told.low80, told.high80),
        _inside(actual, told.low95, told.high95),
    )


def _scale(values: Floats) -> Scale:
    """Shops grow and have seasons by factors; roots where a month near nothing would rule the logarithms."""
    return "log" if values.min() > 0.1 * np.median(values) else "root"


def _to(values: Floats, scale: Scale) -> Floats:
    return np.log(values) if scale == "log" else np.sign(values) * np.sqrt(np.abs(values))


def _from(values: Floats, scale: Scale, *, counts: bool) -> Floats:
    # Beyond e^40 there is no money; a series that doubled each month must not end in infinity.
    back: Floats = np.exp(np.minimum(values, 40.0)) if scale == "log" else values * np.abs(values)
    return np.maximum(back, 0.0) if counts else back


def _first_origin(months: int) -> int:
    """The month from which the methods are judged: those with seasons need two years, last year's one."""
    if months >= 2 * YEAR + _JUDGED:
        return 2 * YEAR
    return YEAR if months >= 2 * YEAR else max(3, months // 2)


def _least_wrong(
    values: Floats, known: dict[str, Paths], from_: int, scale: Scale
) -> tuple[str, float | None, int]:
    best, least, tried = "", np.inf, 0
    origin, ahead = _pairs(from_, values.size, _JUDGED)
    actual = values[origin + ahead]
    for method in METHODS:
        if method not in known:
            continue
        told = known[method][origin, ahead]
        if np.isnan(told).any():
            continue
        error = float(np.abs(_from(told, scale, counts=False) - actual).sum())
        if not best or error < _BETTER * least:
            best, least, tried = method, error, actual.size
    size = float(np.abs(actual).sum())
    return best, least / size if size else None, tried


def _pairs(from_: int, months: int, reach: int) -> tuple[Ints, Ints]:
    """Every origin (how many months are known) with every distance that has come since: 0 is the next."""
    origin, ahead = np.meshgrid(np.arange(from_, months), np.arange(reach), indexing="ij")
    come = origin + ahead < months
    return origin[come], ahead[come]


def _spread(known: Floats, told: Paths, from_: int, horizon: int) -> tuple[Floats, Floats]:
    """Root mean square of the errors at each distance, never less than nearer by, and how many made it.

    Where there are hardly any, the last one grows as that of a random walk.
    """
    spread, freedom = np.zeros(horizon), np.ones(horizon)
    last, step, free = 0.0, 1, 1
    for ahead in range(horizon):
        origin = np.arange(from_, known.size - ahead)
        errors = known[origin + ahead] - told[origin, ahead]
        if errors.size >= _SOME or ahead == 0:
            last, step, free = max(last, float(np.sqrt(np.mean(errors**2)))), ahead + 1, errors.size
            spread[ahead] = last
        else:
            spread[ahead] = last * np.sqrt((ahead + 1) / step)
        freedom[ahead] = free
    return spread, freedom


def _student(share: float, freedom: Floats) -> Floats:
    from scipy.special import stdtrit

    return np.asarray(stdtrit(freedom, share), np.float64)


def _wape(told: Floats, actual: Floats) -> float | None:
    size = float(np.abs(actual).sum())
    return float(np.abs(told - actual).sum()) / size if size else None


def _inside(actual: Floats, low: Floats, high: Floats) -> Rate:
    return rate(int(np.count_nonzero((actual >= low) & (actual <= high))), actual.size)
