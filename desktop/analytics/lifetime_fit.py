"""Fitting the BG/NBD and the MBG/NBD: ln L of a whole shop with its slopes, and where it is greatest.

Both are, but for the sums over gamma functions, ln((α+T)^−(r+x) + a/(b+s−1)·(α+t)^−(r+x)), where s counts the
chances to leave that a customer has let pass: x of the BG/NBD, x + 1 of the MBG/NBD. Since x is whole, ratios
of gamma functions are products, and the sums over them run over x alone and not over customers.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from desktop.analytics.fitting import Floats, NotConverged, Slopes, dot, maximise, require
from desktop.analytics.lifetime import Bgnbd, Histories

_SAMPLE = 2_000
"""Histories from which a start is found, when there are more than twice as many."""
_STARTS = ((1.0, 1.0, 1.0, 1.0), (0.4, 0.4, 0.4, 0.4), (2.7, 2.7, 2.7, 2.7), (7.4, 7.4, 7.4, 7.4))


def fit_bgnbd(customers: Histories) -> Bgnbd:
    """BG/NBD of Fader, Hardie and Lee (2005). Raises TooFewCustomers or NotConverged."""
    return _fit(customers, modified=False)


def fit_mbgnbd(customers: Histories) -> Bgnbd:
    """MBG/NBD of Batislam, Denizel and Filiztekin (2007). Raises TooFewCustomers or NotConverged."""
    return _fit(customers, modified=True)


def bgnbd_log_likelihood(model: tuple[float, float, float, float], customers: Histories) -> float:
    """ln L of the BG/NBD with parameters (r, α, a, b)."""
    return _Shop(customers, np.ones(customers.x.size), modified=False).slopes(np.array(model))[0]


def mbgnbd_log_likelihood(model: tuple[float, float, float, float], customers: Histories) -> float:
    """ln L of the MBG/NBD with parameters (r, α, a, b)."""
    return _Shop(customers, np.ones(customers.x.size), modified=True).slopes(np.array(model))[0]


def distinct(customers: Histories) -> tuple[Histories, Floats]:
    """The different histories, ordered by x, t and age, and how many customers have each.

    Many have the same, above all those who bought once on one day.
    """
    table = np.stack((customers.age, customers.t, customers.x))
    width = float(table.max(initial=0)) + 1
    if width < 2**20 and bool((table == np.floor(table)).all()):
        # Whole days: one number says it all, and sorting numbers is quicker than sorting rows.
        key, often = np.unique((table[2] * width + table[1]) * width + table[0], return_counts=True)
        rest, age = np.divmod(key, width)
        x, t = np.divmod(rest, width)
        return Histories(x, t, age), often.astype(np.float64)
    table = table[:, np.lexsort(table)]
    fresh = np.ones(table.shape[1], dtype=np.bool_)
    fresh[1:] = np.any(table[:, 1:] != table[:, :-1], axis=0)
    often = np.diff(np.flatnonzero(fresh), append=table.shape[1])
    age, t, x = table[:, fresh]
    return Histories(x, t, age), often.astype(np.float64)


def _fit(customers: Histories, *, modified: bool) -> Bgnbd:
    require(customers.repeat_customers)
    # About the size of a year in weeks whatever the unit, which is where the search starts well.
    unit = float(customers.age.max()) / 40
    few, weight = distinct(customers)
    few = Histories(few.x, few.t / unit, few.age / unit)
    starts = [np.array(start) for start in _STARTS]
    every = few.x.size // _SAMPLE
    if every > 1:
        some = Histories(few.x[::every], few.t[::every], few.age[::every])
        # What a part of the shop doesn't say, the whole of it may.
        with suppress(NotConverged):
            starts.insert(0, maximise(_Shop(some, weight[::every], modified=modified).slopes, starts))
    shop = _Shop(few, weight, modified=modified)
    best = maximise(shop.slopes, starts)
    # Not from `shop`: α in the unit asked for changes ln L by a constant.
    value = shop.slopes(best)[0] - dot(few.x, weight) * np.log(unit)
    r, alpha, a, b = (float(value) for value in best)
    return Bgnbd(r, alpha * unit, a, b, log_likelihood=float(value), modified=modified)


@dataclass
class _Shop:
    """Histories (whole x) with how often each occurs, ready to be asked for ln L at many parameters."""

    customers: Histories
    weight: Floats
    modified: bool

    def __post_init__(self) -> None:
        whole = self.customers.x.astype(np.int64)
        counts = np.bincount(whole, self.weight)
        self._size = counts.sum()
        self._steps = np.arange(counts.size, dtype=np.float64)
        # How many customers have x > k, and s > k, for k = 0, 1, …
        self._beyond = self._size - np.cumsum(counts)
        shifted = np.concatenate(([self._size], self._beyond[:-1]))
        self._passed = shifted if self.modified else self._beyond
        # A customer of the BG/NBD can't have left before the first repeat purchase.
        self._may_leave = None if self.modified else self.customers.x > 0
        self._chances = self.customers.x if self.modified else np.maximum(self.customers.x - 1, 0)

    def slopes(self, parameters: Floats) -> Slopes:
        """ln L at (r, α, a, b) and its first and second derivatives."""
        with np.errstate(all="ignore"):
            return self._slopes(*(float(value) for value in parameters))

    def _slopes(self, r: float, alpha: float, a: float, b: float) -> Slopes:
        value, gradient, second = self._of_counts(r, alpha, a, b)
        weight = self.weight
        n = r + self.customers.x
        late, early = 1 / (alpha + self.customers.age), 1 / (alpha + self.customers.t)
        long = np.log(alpha + self.customers.age)
        silent = long - np.log(alpha + self.customers.t)
        passed = 1 / (b + self._chances)
        # Odds that the customer has left; beyond e^700 they are as good as certain.
        odds = np.exp(np.minimum(np.log(a * passed) + n * silent, 700.0))
        if self._may_leave is not None:
            odds *= self._may_leave
        left = odds / (1 + odds)
        value += dot(weight, np.log1p(odds) - n * long)
        apart = np.stack((silent, n * (late - early), np.full(n.size, 1 / a), -passed))
        gone = left * weight
        gradient += np.einsum("in,n->i", apart, gone)
        gradient[0] -= dot(weight, long)
        gradient[1] -= dot(weight, n * late)
        second += np.einsum("in,jn->ij", apart * (gone * (1 - left)), apart)
        here = weight - gone
        cross = -dot(here, late) - dot(gone, early)
        second[0, 1] += cross
        second[1, 0] += cross
        second[1, 1] += dot(here, n * late * late) + dot(gone, n * early * early)
        second[2, 2] -= gone.sum() / (a * a)
        second[3, 3] += dot(gone, passed * passed)
        return value, gradient, second

    def _of_counts(self, r: float, alpha: float, a: float, b: float) -> Slopes:
        """What hangs on x alone, summed: ln Γ(r+x)/Γ(r) + r·ln α + ln B(a, b+s)/B(a, b)."""
        rates, stays, all_ = r + self._steps, b + self._steps, a + b + self._steps
        beyond, passed = self._beyond, self._passed
        value = beyond @ np.log(rates) + self._size * r * np.log(alpha) + passed @ np.log(stays / all_)
        whole, square = passed @ (1 / all_), passed @ (1 / all_**2)
        gradient = np.array(
            [
                beyond @ (1 / rates) + self._size * np.log(alpha),
                self._size * r / alpha,
                -whole,
                passed @ (1 / stays) - whole,
            ]
        )
        second = np.zeros((4, 4))
        second[0, 0] = -(beyond @ (1 / rates**2))
        second[0, 1] = second[1, 0] = self._size / alpha
        second[1, 1] = -self._size * r / alpha**2
        second[2:, 2:] = square
        second[3, 3] -= passed @ (1 / stays**2)
        return float(value), gradient, second
