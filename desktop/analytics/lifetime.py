"""Buy till you die: who is still a customer, how often they will buy, and what they are worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.occasions import Occasions

Floats = NDArray[np.float64]

MONTH = 365.25 / 12
"""Days in a month, on average."""
_DIRECT = 4_000
"""Customers up to whom each is reckoned by itself."""
_NODES = 24


@dataclass(frozen=True)
class Histories:
    """Of each customer: `x` repeat occasions, `t` time from first to last, `age` time from first to now.

    All in one unit of time (days, or weeks), the same for everything asked of a model fitted to them.
    """

    x: Floats
    t: Floats
    age: Floats

    @property
    def repeat_customers(self) -> int:
        """How many customers came back at least once."""
        return int(np.count_nonzero(self.x > 0))


@dataclass(frozen=True, slots=True)
class Bgnbd:
    """A fitted model: purchase rate ~ Gamma(r, α), chance of leaving after a purchase ~ Beta(a, b).

    `modified` marks the MBG/NBD, in which customers may leave right after the first purchase too.
    """

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    modified: bool

    @property
    def leaving(self) -> float:
        """Mean chance of leaving after a purchase, a/(a + b); near 0 the model says that nobody leaves."""
        return self.a / (self.a + self.b)


def histories(past: Occasions, end: int) -> Histories:
    """Histories in days of all customers seen before `end`, in the order of `past.before(end).ids`."""
    past = past.before(end)
    # The last day seen is end - 1, and a customer of that day has age 0.
    return Histories(
        (past.counts - 1).astype(np.float64),
        (past.last - past.first).astype(np.float64),
        (end - 1 - past.first).astype(np.float64),
    )


def probability_alive(model: Bgnbd, customers: Histories) -> Floats:
    """Probability that each is still a customer; take it from the MBG/NBD.

    The BG/NBD calls every one-time buyer alive with certainty.
    """
    x, t, age = customers.x, customers.t, customers.age
    grown = (model.r + x) * (np.log(model.alpha + age) - np.log(model.alpha + t))
    left = x if model.modified else np.maximum(x, 1) - 1
    alive: Floats = np.exp(-np.logaddexp(0.0, np.log(model.a) - np.log(model.b + left) + grown))
    return alive if model.modified else np.where(x > 0, alive, 1.0)


def expected_purchases(model: Bgnbd, customers: Histories, time: float) -> Floats:
    """Expected number of further occasions of each customer within `time`, in the unit of the histories."""
    return _expected(model, customers, np.array([time]), np.ones(1))


def customer_value(
    model: Bgnbd,
    customers: Histories,
    spend: Floats,
    *,
    months: int = 12,
    discount: float = 0.01,
    month: float = MONTH,
) -> Floats:
    """Value today of what each customer will spend within `months` months.

    `spend` is the expected spend on an occasion (see Spend.expected), `discount` that of one month (0.01 for
    1 %), `month` its length in the unit of the histories. The result is in the unit of `spend`.
    """
    number = np.arange(1, months + 1, dtype=np.float64)
    worth = np.power(1 + discount, -number)
    # A month's worth is that of what came since the month before; summed by parts, of all until its end.
    weights = worth - np.append(worth[1:], 0.0)
    return _expected(model, customers, month * number, weights) * spend


def _expected(model: Bgnbd, customers: Histories, times: Floats, weights: Floats) -> Floats:
    """The weighted sum of what is expected of each customer within several times."""
    x, age = customers.x, customers.age
    if x.size <= _DIRECT:
        told = _told(model, x, age, times, weights)
    else:
        told = _interpolated(model, x, age, times, weights)
    return np.maximum(told * probability_alive(model, customers), 0.0)


def _told(model: Bgnbd, x: Floats, age: Floats, times: Floats, weights: Floats) -> Floats:
    """The same of customers who are sure to be still there."""
    from scipy.special import hyp2f1

    # E[Y] of the MBG/NBD is that of the BG/NBD with b + 1 for b.
    b = model.b + 1 if model.modified else model.b
    # The formula is a limit at a = 1; beside it, it is smooth.
    a = model.a if abs(model.a - 1) > 1e-6 else 1 + 1e-6
    z = times / (model.alpha + age[:, None] + times)
    # Euler's transformation of ₂F₁(r+x, b+x; a+b+x−1; z)·(1−z)^(r+x): its first two parameters do not grow
    # with x, and so the busiest customer does not overflow it.
    rest = np.exp((a - 1) * np.log1p(-z)) * hyp2f1(a + b - 1 - model.r, a - 1, (a + b + x - 1)[:, None], z)
    return np.asarray((a + b + x - 1) / (a - 1) * np.einsum("ij,j->i", 1 - rest, weights), np.float64)


def _interpolated(model: Bgnbd, x: Floats, age: Floats, times: Floats, weights: Floats) -> Floats:
    """As `_told`, of many: for each x the sum is smooth in ln(α + age), and known by its value at nodes.

    With 24 Chebyshev nodes less than a millionth is lost, and there are far fewer nodes than customers.
    """
    from numpy.polynomial import chebyshev

    each, place = np.unique(x, return_inverse=True)
    scale = np.log(model.alpha + age)
    low, high = float(scale.min()), float(scale.max())
    half = max((high - low) / 2, 1e-9)
    nodes = chebyshev.chebpts1(_NODES)
    ages = np.exp(low + half * (nodes + 1)) - model.alpha
    known = _told(model, np.repeat(each, _NODES), np.tile(ages, each.size), times, weights)
    basis = chebyshev.chebvander(nodes, _NODES - 1) * (2 / _NODES)
    basis[:, 0] /= 2
    coefficients = np.einsum("ij,jk->ik", known.reshape(-1, _NODES), basis)
    at = (scale - low) / half - 1
    # Clenshaw's sum, for all customers at once.
    one, two = np.zeros(x.size), np.zeros(x.size)
    for column in range(_NODES - 1, 0, -1):
        one, two = coefficients[place, column] + 2 * at * one - two, one
    return np.asarray(coefficients[place, 0] + at * one - two, np.float64)
