"""Each customer's own purchase rhythm, and the state that follows from how long they have been silent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.occasions import NEVER, Ints, Occasions

STATES = ("none", "new", "one-time", "regular", "drifting", "lost")
"""Purchase states in the order of their numbers in `states`."""
_MORNINGS = 6
"""Of so many mornings what was known is kept."""


@dataclass(frozen=True, slots=True)
class Factors:
    """Multiples of a customer's rhythm after which silence means drifting, alarming, lost."""

    drifting: float = 1.5
    alarming: float = 2.0
    lost: float = 3.0

    def __post_init__(self) -> None:
        if not 0 < self.drifting <= self.alarming <= self.lost:
            raise ValueError("factors must rise from drifting to lost")


@dataclass(frozen=True, slots=True)
class ShopRhythm:
    """What is usual in the shop, in days.

    `median_gap` is the median over repeat customers of each one's mean gap: one customer, one vote, else the
    few who come every week would set the pace for everybody. `second_median` and `second_late` are the 0.5
    and 0.9 quantiles of the time to the second purchase. `own` is False while nobody has come twice and these
    are defaults: a quarter, and twice that before a one-time buyer is given up.
    """

    median_gap: float = 90.0
    second_median: float = 90.0
    second_late: float = 180.0
    own: bool = False


@dataclass(frozen=True)
class Turning:
    """The last ordinal day on which each customer, without another purchase, is not yet in a later state.

    One entry a customer. `rhythm` is in days, NaN for one-time buyers. For them `drift` is the last day they
    are new before they become one-time, and `alarm` is `lost`, for no warning is given of them.
    """

    rhythm: NDArray[np.float64]
    drift: Ints
    alarm: Ints
    lost: Ints


@dataclass(frozen=True)
class States:
    """State of each customer on a day.

    `state` holds positions in STATES; `silent` days since the last purchase (0 where there is none);
    `alarming` marks the drifting who are past the second factor.
    """

    state: NDArray[np.int8]
    silent: Ints
    rhythm: NDArray[np.float64]
    alarming: NDArray[np.bool_]


@dataclass(frozen=True)
class Seen:
    """What was known of customers on a morning: arrays of one length.

    `count` occasions before it, 0 for those who had not come yet, whose other entries mean nothing; `first`
    and `last` ordinal days; `second` days from the first to the second occasion, NEVER where there was none.
    """

    count: Ints
    first: Ints
    last: Ints
    second: Ints

    @cached_property
    def rhythm(self) -> ShopRhythm:
        """The shop's medians from what was known of its customers."""
        repeat = self.count > 1
        if not repeat.any():
            return ShopRhythm()
        average = (self.last - self.first)[repeat] / (self.count[repeat] - 1)
        median, late = np.quantile(self.second[repeat], (0.5, 0.9))
        return ShopRhythm(float(np.median(average)), float(median), float(late), own=True)


def seen(past: Occasions, day: int = NEVER) -> Seen:
    """What was known of each customer on the morning of `day`, in the order of `past.ids`.

    The last few mornings are kept with the past.
    """
    if past.size == 0:
        nothing = np.zeros(0, dtype=np.int64)
        return Seen(nothing, nothing, nothing, nothing)
    day = min(day, int(past.day.max()) + 1)
    known: dict[int, Seen] = past.mornings
    if day not in known:
        while len(known) >= _MORNINGS:
            known.pop(next(iter(known)), None)
        known[day] = _seen(past, day)
    return known[day]


def _seen(past: Occasions, day: int) -> Seen:
    count = past.counts
    before = past.day < day
    if not before.all():
        # Days ascend within a customer: those before `day` are the first so many.
        count = np.add.reduceat(before, past.starts, dtype=np.int64)
    last = past.day[past.starts + np.maximum(count, 1) - 1]
    second = past.day[past.starts + (count > 1)] - past.first
    return Seen(count, past.first, last, np.where(count > 1, second, NEVER))


def shop_rhythm(past: Occasions) -> ShopRhythm:
    """The shop's medians from all its occasions."""
    return seen(past).rhythm


def rhythms(count: Ints, first: Ints, last: Ints, shop: ShopRhythm) -> NDArray[np.float64]:
    """Days a customer usually takes: (Σ gaps + 2·M)/(gaps + 2), drawn towards the shop's M.

    NaN for customers with fewer than two occasions. Arrays of one entry a customer: occasions, first and
    last ordinal day.
    """
    rhythm = ((last - first) + 2 * shop.median_gap) / (count + 1)
    return np.where(count > 1, rhythm, np.nan)


def turning(
    count: Ints, first: Ints, last: Ints, shop: ShopRhythm, factors: Factors | None = None
) -> Turning:
    """Days after which the states change; arrays as in `rhythms`, of customers who have bought."""
    factors = factors or Factors()
    rhythm = rhythms(count, first, last, shop)
    once = count < 2

    def last_day_of(regular: float, single: float) -> Ints:
        # Silence is counted in whole days, so a limit of 24.6 is passed after the 24th.
        limit = np.where(once, single, regular * np.where(once, 0.0, rhythm))
        return last + np.floor(limit).astype(np.int64)

    return Turning(
        rhythm=rhythm,
        drift=last_day_of(factors.drifting, shop.second_median),
        alarm=last_day_of(factors.alarming, shop.second_late),
        lost=last_day_of(factors.lost, shop.second_late),
    )


def states(
    count: Ints, first: Ints, last: Ints, today: int, shop: ShopRhythm, factors: Factors | None = None
) -> States:
    """State of each customer on `today`; those with no occasion (`count` 0) are "none".

    `first` and `last` of such customers are ignored.
    """
    factors = factors or Factors()
    bought, once = count > 0, count == 1
    silent = np.where(bought, np.maximum(today - last, 0), 0)
    rhythm = rhythms(count, first, last, shop)
    # Days after which each is past a limit, as in `turning`; those of one-time buyers are the shop's.
    own = np.where(once, 1.0, rhythm)
    drifting = silent > own * np.where(once, shop.second_median, factors.drifting)
    lost = silent > own * np.where(once, shop.second_late, factors.lost)
    state = np.full(count.shape, STATES.index("regular"), dtype=np.int8)
    state[drifting] = STATES.index("drifting")
    state[once] = STATES.index("new")
    state[once & drifting] = STATES.index("one-time")
    state[lost] = STATES.index("lost")
    state[~bought] = STATES.index("none")
    warned = state == STATES.index("drifting")
    return States(state, silent, rhythm, warned & (silent > own * factors.alarming))
