"""Gamma-Gamma: what a customer will spend on an occasion, drawn from the shop's mean towards their own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.fitting import NotConverged, maximise, require

Floats = NDArray[np.float64]

WEAK = 0.3
"""Above this correlation of x and mean spend the model's assumption fails and the owner is told."""


@dataclass(frozen=True, slots=True)
class Spend:
    """A fitted Gamma-Gamma model of the mean spend of `customers` repeat customers.

    `correlation` is that of the number of occasions and mean spend (None when one of them does not vary).
    """

    p: float
    q: float
    v: float
    log_likelihood: float
    customers: int
    correlation: float | None

    @property
    def independent(self) -> bool:
        """Whether spend and number of purchases are weakly correlated, as the model assumes."""
        return self.correlation is None or abs(self.correlation) <= WEAK

    def expected(self, x: Floats, average: Floats) -> Floats:
        """E[M] = p(v + x·m̄)/(p·x + q − 1) of each customer, in the unit of `average`.

        `x` is the number of occasions `average` is over; with x = 0 it is the shop's mean.
        """
        return np.asarray(self.p * (self.v + x * average) / (self.p * x + self.q - 1), dtype=np.float64)


def fit_spend(x: Floats, average: Floats) -> Spend:
    """Fit to each customer's number of repeat occasions and mean spend on them.

    Those where either is 0 are left out. Raises TooFewCustomers, and NotConverged when there is no maximum
    or q ≤ 1, where no mean exists.
    """
    chosen = (x > 0) & (average > 0)
    x, average = x[chosen], average[chosen]
    require(x.size)
    unit = float(average.mean())
    p, q, v = (float(value) for value in maximise(lambda at: _log_likelihood(at, x, average / unit), 3))
    if q <= 1:
        raise NotConverged("spend has no finite mean")
    varied = bool(np.ptp(x) > 0 and np.ptp(average) > 0)
    return Spend(
        p=p,
        q=q,
        v=v * unit,
        log_likelihood=spend_log_likelihood((p, q, v * unit), x, average),
        customers=x.size,
        correlation=float(np.corrcoef(x, average)[0, 1]) if varied else None,
    )


def spend_log_likelihood(model: tuple[float, float, float], x: Floats, average: Floats) -> float:
    """ln L of the Gamma-Gamma model with parameters (p, q, v); x and average above 0."""
    return _log_likelihood(np.array(model), x, average)


def _log_likelihood(parameters: Floats, x: Floats, average: Floats) -> float:
    from scipy.special import gammaln

    p, q, v = parameters
    px = p * x
    each = (
        gammaln(px + q)
        - gammaln(px)
        - gammaln(q)
        + q * np.log(v)
        + (px - 1) * np.log(average)
        + px * np.log(x)
        - (px + q) * np.log(v + x * average)
    )
    return float(each.sum())
