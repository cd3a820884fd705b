"""Purchase occasions: a customer's purchases with those of one day taken as one, ready for counting."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.periods import Period, period_index

Ints = NDArray[np.int64]
_REMEMBERED = 4
NEVER = np.iinfo(np.int64).max
"""Stands for the day of a purchase that did not happen."""

_DAYS = 22
"""Bits that hold any ordinal day; the rest of a whole number holds a customer."""


@dataclass(frozen=True)
class Occasions:
    """Occasions ordered by customer, then day; no customer has two on one day.

    Make one with `occasions`. `customer` and `day` have one entry an occasion; the cached arrays `ids`,
    `starts`, `counts`, `first` and `last` have one entry a customer, in the order of `ids`.
    """

    customer: Ints
    day: Ints

    @property
    def size(self) -> int:
        """Number of occasions."""
        return int(self.day.size)

    @cached_property
    def starts(self) -> Ints:
        """Position of each customer's first occasion."""
        if self.size == 0:
            return np.zeros(0, dtype=np.int64)
        fresh = np.flatnonzero(self.customer[1:] != self.customer[:-1]) + 1
        return np.concatenate((np.zeros(1, dtype=np.int64), fresh.astype(np.int64)))

    @cached_property
    def ids(self) -> Ints:
        """Customer codes, ascending, each once."""
        return self.customer[self.starts]

    @cached_property
    def counts(self) -> Ints:
        """Number of occasions of each customer."""
        return np.diff(self.starts, append=self.size)

    @cached_property
    def first(self) -> Ints:
        """Day of each customer's first occasion."""
        return self.day[self.starts]

    @cached_property
    def last(self) -> Ints:
        """Day of each customer's last occasion."""
        final: Ints = self.starts + self.counts - 1
        return self.day[final]

    @cached_property
    def owner(self) -> Ints:
        """For each occasion the position of its customer in `ids`."""
        return np.repeat(np.arange(self.ids.size, dtype=np.int64), self.counts)

    @cached_property
    def rank(self) -> Ints:
        """For each occasion how many its customer had before it: 0 for the first."""
        start: Ints = np.repeat(self.starts, self.counts)
        return np.subtract(np.arange(self.size, dtype=np.int64), start)

    @cached_property
    def following(self) -> Ints:
        """For each occasion the day of the same customer's next one, NEVER after the last."""
        result = np.full(self.size, NEVER, dtype=np.int64)
        result[:-1] = self.day[1:]
        result[self.starts + self.counts - 1] = NEVER
        return result

    @cached_property
    def previous(self) -> Ints:
        """For each occasion the day of the same customer's one before it, -1 before the first."""
        result = np.empty(self.size, dtype=np.int64)
        result[1:] = self.day[:-1]
        result[self.starts] = -1
        return result

    @cached_property
    def monthly(self) -> Runs:
        """The occasions by customer and calendar month."""
        return runs(self, "month")

    @cached_property
    def mornings(self) -> dict[int, Any]:
        """What was once made of the occasions before a day, by that day, for who asks again."""
        return {}

    @cached_property
    def gaps(self) -> Ints:
        """Days between neighbouring occasions of a customer, all customers one after another."""
        again = self.previous >= 0
        return np.subtract(self.day[again], self.previous[again])

    @cached_property
    def second_gap(self) -> Ints:
        """Days from the first to the second occasion of each customer, NEVER when there is none."""
        after = self.following[self.starts]
        return np.where(after == NEVER, NEVER, after - self.first)

    @cached_property
    def _span(self) -> tuple[int, int]:
        return int(self.day.min()), int(self.day.max())

    @cached_property
    def _places(self) -> dict[tuple[int, int], Ints]:
        return {}

    def places(self, start: int, end: int) -> Ints:
        """Places of the occasions with start ≤ day < end; those of the last few periods are remembered."""
        if (start, end) not in self._places:
            while len(self._places) >= _REMEMBERED:
                del self._places[next(iter(self._places))]
            self._places[start, end] = np.flatnonzero((self.day >= start) & (self.day < end))
        return self._places[start, end]

    def before(self, day: int) -> Occasions:
        """The occasions before `day`: the past as it stood that morning."""
        return self.between(0, day)

    def between(self, start: int, end: int) -> Occasions:
        """The occasions with start ≤ day < end."""
        if self.size == 0 or (start <= self._span[0] and self._span[1] < end):
            return self
        inside = (self.day >= start) & (self.day < end)
        return Occasions(self.customer[inside], self.day[inside])


@dataclass(frozen=True)
class Runs:
    """Occasions of one customer in one period taken together: arrays of one length, by customer, then period.

    `period` numbers the periods (see periods.period_index), `times` are the occasions in it, `new` whether
    the first of them is the customer's first ever.
    """

    period: Ints
    times: Ints
    new: NDArray[np.bool_]

    def after(self, places: Ints) -> Ints:
        """The period of the same customer's next run, of those at some places; NEVER after the last."""
        following = np.minimum(places + 1, self.period.size - 1)
        last = (places == self.period.size - 1) | self.new[following]
        return np.where(last, NEVER, self.period[following])

    def before(self, places: Ints) -> Ints:
        """The period of the same customer's run before, of those at some places; -NEVER before the first."""
        return np.where(self.new[places], -NEVER, self.period[np.maximum(places - 1, 0)])

    @cached_property
    def joined(self) -> Ints:
        """The period of each run's customer's first run."""
        begins = np.flatnonzero(self.new)
        return np.repeat(self.period[begins], np.diff(begins, append=self.period.size))


def runs(past: Occasions, by: Period) -> Runs:
    """Each customer's occasions by period."""
    period = period_index(past.day, by)
    fresh = np.ones(past.size, dtype=np.bool_)
    np.not_equal(period[1:], period[:-1], out=fresh[1:])
    fresh[past.starts] = True
    begins = np.flatnonzero(fresh)
    new = np.zeros(past.size, dtype=np.bool_)
    new[past.starts] = True
    return Runs(period[begins], np.diff(begins, append=past.size), new[begins])


def occasions(customer: Ints, day: Ints) -> Occasions:
    """Occasions from purchases in any order: two arrays of one length, customer code and ordinal day.

    Leave refunded and cancelled orders and orders without a customer out before. Raises ValueError for
    arrays of different lengths and for days that are no ordinals.
    """
    if customer.shape != day.shape:
        raise ValueError("customer and day differ in length")
    if day.size and (int(day.min()) < 0 or int(day.max()) >> _DAYS):
        raise ValueError("a day is no ordinal of the calendar")
    # Both in one number, which sorts ten times as fast as two columns do.
    both = np.left_shift(customer.astype(np.int64), _DAYS)
    both += day
    both.sort()
    fresh = np.ones(both.size, dtype=np.bool_)
    np.not_equal(both[1:], both[:-1], out=fresh[1:])
    if not fresh.all():
        both = both[fresh]
    return Occasions(both >> _DAYS, both & ((1 << _DAYS) - 1))
