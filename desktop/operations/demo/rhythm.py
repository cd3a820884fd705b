"""When the sample shop's customers come: own paces, seasons, and some who drift away."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

YEARS = 3
LARGE = 20_000
"""Beyond so many customers the sample is for measuring, and each of them buys and says less."""

_MORNING = 0.3
"""How much of today has passed: the sample's day is still young."""

# (first month and day, days, share of the regulars who come, gift season)
_SEASONS = ((1, 5, 27, 0.16, True), (4, 1, 25, 0.28, False), (9, 3, 22, 0.20, True), (11, 1, 11, 0.18, False))


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The plan of all visits, in order of time.

    `joined` is the ordinal day on which customer i first came or asked, rising; `occasions` how often
    customer i buys. `customer`, `day`, `second` and `gift` are one entry an order: who (0-based), the
    ordinal day, the second of that day, and whether it is bought as a present.
    """

    joined: "NDArray[np.int64]"
    occasions: "NDArray[np.int64]"
    customer: "NDArray[np.int64]"
    day: "NDArray[np.int64]"
    second: "NDArray[np.int64]"
    gift: "NDArray[np.bool_]"


def plan(seed: int, count: int, today: date) -> Rhythm:
    """The visits of `count` customers in three years up to `today`; the same for the same arguments."""
    import numpy as np

    chance = np.random.default_rng(seed)
    large = count > LARGE
    end = today.toordinal()
    start = (today - timedelta(days=365 * YEARS)).toordinal()
    joined = np.sort(start + (end + _MORNING - start) * chance.random(count) ** 0.85)
    pace = np.clip(chance.lognormal(np.log(120 if large else 46), 0.55, count), 10, 240)
    kind = chance.random(count)
    never = kind < 0.03
    once = (kind >= 0.03) & (kind < (0.82 if large else 0.42))
    stays = chance.random(count) < 0.55
    leaves = np.where(stays, np.inf, joined + chance.exponential(420, count))
    # A first visit always counts; the rest comes round by round for all who are still there.
    who = np.flatnonzero(~never)
    at = joined[who]
    customers, moments = [who], [at]
    who, at = who[~once[who]], at[~once[who]]
    while len(who):
        at = at + np.maximum(chance.gamma(2.2, pace[who] / 2.2), 1)
        there = (at < end + _MORNING) & (at < leaves[who])
        who, at = who[there], at[there]
        customers.append(who)
        moments.append(at)
    plain = sum(map(len, customers))
    if not large:
        for who, at in _seasonal(chance, ~never & ~once, joined, leaves, start, end):
            customers.append(who)
            moments.append(at)
    customer = np.concatenate(customers)
    day = np.minimum(np.concatenate(moments).astype(np.int64), end)
    gift = (np.arange(len(customer)) >= plain) & (chance.random(len(customer)) < 0.6)
    second = np.clip(chance.normal(14.6, 2.9, len(customer)), 9.05, 20.9) * 3600
    early = 9 * 3600 + chance.random(len(customer)) * 3000
    moment = np.where(day == end, early, second).astype(np.int64)
    order = np.lexsort((customer, moment, day))
    return Rhythm(
        joined.astype(np.int64), np.bincount(customer, minlength=count),
        customer[order], day[order], moment[order], gift[order],
    )  # fmt: skip


def _seasonal(
    chance: "np.random.Generator",
    regular: "NDArray[np.bool_]",
    joined: "NDArray[np.float64]",
    leaves: "NDArray[np.float64]",
    start: int,
    end: int,
) -> "list[tuple[NDArray[np.int64], NDArray[np.float64]]]":
    """Spring tea, mid-autumn and New Year presents, 11.11: extra visits of those who are there then."""
    import numpy as np

    extra = []
    for year in range(date.fromordinal(start).year, date.fromordinal(end).year + 1):
        for month, first, days, share, _ in _SEASONS:
            opens = date(year, month, first).toordinal()
            there = regular & (joined < opens) & (leaves > opens) & (chance.random(len(joined)) < share)
            who = np.flatnonzero(there)
            at = opens + days * chance.beta(2.2, 1.4, len(who))
            inside = (at >= start) & (at < end + _MORNING)
            extra.append((who[inside], at[inside]))
    return extra
