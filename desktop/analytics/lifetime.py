"""Buy till you die: who is still a customer, how often they will buy, and what they are worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.occasions import Occasions

Floats = NDArray[np.float64]

MONTH = 365.25 / 12
"""Days in a month, on average."""


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
    from scipy.special import hyp2f1

    x = customers.x
    # E[Y] of the MBG/NBD is that of the BG/NBD with b + 1 for b.
    b = model.b + 1 if model.modified else model.b
    # The formula is a limit at a = 1; beside it, it is smooth.
    a = model.a if abs(model.a - 1) > 1e-6 else 1 + 1e-6
    z = time / (model.alpha + customers.age + time)
    # Euler's transformation of ₂F₁(r+x, b+x; a+b+x−1; z)·(1−z)^(r+x): its first two parameters do not grow
    # with x, and so the busiest customer does not overflow it.
    rest = np.exp((a - 1) * np.log1p(-z)) * hyp2f1(a + b - 1 - model.r, a - 1, a + b + x - 1, z)
    expected = (a + b + x - 1) / (a - 1) * (1 - rest) * probability_alive(model, customers)
    return np.maximum(expected, 0.0)


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
    value = np.zeros(customers.x.shape)
    before = np.zeros(customers.x.shape)
    for number in range(1, months + 1):
        until = expected_purchases(model, customers, number * month)
        value += (until - before) / (1 + discount) ** number
        before = until
    return value * spend
