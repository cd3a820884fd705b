"""Gamma-Gamma: what a customer will spend on an occasion, drawn from the shop's mean towards their own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desktop.analytics.fitting import Floats, NotConverged, Slopes, dot, maximise, require

WEAK = 0.3
"""Above this correlation of x and mean spend the model's assumption fails and the owner is told."""
_STARTS = (1.0, 0.4, 2.7, 7.4)


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
    """Fit to each customer's number of occasions (whole numbers) and mean spend on them.

    Those where either is not above 0 are left out. Raises TooFewCustomers, and NotConverged when there is no
    maximum or q ≤ 1, where no mean exists.
    """
    chosen = (x > 0) & (average > 0)
    x, average = x[chosen], average[chosen]
    require(x.size)
    unit = float(average.mean())
    shop = _Shop(x, average / unit)
    best = maximise(shop.slopes, [np.full(3, start) for start in _STARTS])
    p, q, v = (float(value) for value in best)
    if q <= 1:
        raise NotConverged("spend has no finite mean")
    varied = bool(np.ptp(x) > 0 and np.ptp(average) > 0)
    return Spend(
        p=p,
        q=q,
        v=v * unit,
        log_likelihood=spend_log_likelihood((p, q, v * unit), x, average),
        customers=x.size,
        correlation=_correlation(x, average) if varied else None,
    )


def _correlation(one: Floats, other: Floats) -> float:
    one, other = one - one.mean(), other - other.mean()
    return dot(one, other) / float(np.sqrt(dot(one, one) * dot(other, other)))


def spend_log_likelihood(model: tuple[float, float, float], x: Floats, average: Floats) -> float:
    """ln L of the Gamma-Gamma model with parameters (p, q, v); x (whole) and average above 0."""
    return _Shop(x, average).slopes(np.array(model))[0]


class _Shop:
    """Customers ready to be asked for ln L at many parameters."""

    def __init__(self, x: Floats, average: Floats) -> None:
        self._x = x
        self._total = x * average
        counts = np.bincount(x.astype(np.int64))
        # x takes few values, and the gamma functions are what costs.
        self._each = np.flatnonzero(counts).astype(np.float64)
        self._often = counts[counts > 0].astype(np.float64)
        self._logs = float(np.log(average).sum())
        self._weighed = dot(x, np.log(self._total))

    def slopes(self, parameters: Floats) -> Slopes:
        """ln L at (p, q, v) and its first and second derivatives."""
        from scipy.special import digamma, gammaln, zeta

        p, q, v = (float(value) for value in parameters)
        n, x, each, often = self._x.size, self._x, self._each, self._often
        together, own = p * each + q, p * each
        with np.errstate(all="ignore"):
            most = np.log(v + self._total)
            less = 1 / (v + self._total)
            shape = p * x + q
            value = (
                often @ (gammaln(together) - gammaln(own))
                - n * (gammaln(q) - q * np.log(v))
                + p * self._weighed
                - self._logs
                - dot(shape, most)
            )
            # ζ(2, z) is the derivative of the digamma function.
            slope, curve = often * digamma(together), often * zeta(2, together)
            gradient = np.array(
                [
                    each @ (slope - often * digamma(own)) + self._weighed - dot(x, most),
                    slope.sum() - n * (digamma(q) - np.log(v)) - most.sum(),
                    n * q / v - dot(shape, less),
                ]
            )
            pp = each**2 @ (curve - often * zeta(2, own))
            pq, pv = each @ curve, -dot(x, less)
            qq, qv = curve.sum() - n * zeta(2, q), n / v - less.sum()
            vv = dot(shape, less**2) - n * q / v**2
        return float(value), gradient, np.array([[pp, pq, pv], [pq, qq, qv], [pv, qv, vv]])
