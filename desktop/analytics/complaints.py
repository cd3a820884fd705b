"""How complaints are handled: speed, deadlines kept, reopening, recovery, and which subjects weigh most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.intervals import Mean, Rate, per, rate, rate_of
from desktop.analytics.occasions import NEVER, Ints, Occasions

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and 90th percentile of n durations, in the unit of the durations; None when n is 0."""

    n: int
    median: float | None
    late: float | None


@dataclass(frozen=True)
class Complaints:
    """One cohort of complaints (those received in a period, say) as arrays of one length.

    `first_reply` minutes from received to the first word to the customer, NaN where there was none;
    `settled` working minutes from received to settled, waiting left out, NaN where it is not;
    `reply_due` and `settle_due` working minutes allowed, NaN where there is no deadline;
    `reply_age` and `settle_age` working minutes the clock shows now, used where the thing is still undone;
    `reply_worked` the first reply in working minutes, as its deadline counts, NaN as in `first_reply`;
    `reopened` whether it was reopened at least once; `cost` of its remedies in minor units.
    """

    first_reply: Floats
    reply_worked: Floats
    reply_due: Floats
    reply_age: Floats
    settled: Floats
    settle_due: Floats
    settle_age: Floats
    reopened: Bools
    cost: Ints


@dataclass(frozen=True, slots=True)
class Handling:
    """How a cohort of n complaints was handled.

    - `first_reply`, `settling`: median and 90th percentile, minutes, of those replied to or settled.
    - `replies_in_time`, `settled_in_time`: kept ÷ complaints whose deadline passed or was met; those still
      open before their deadline are in neither.
    - `reopened`: reopened at least once ÷ settled at least once (a reopened one was settled before).
    - `cost`: of all remedies, minor units.
    """

    n: int
    first_reply: Spread
    settling: Spread
    replies_in_time: Rate
    settled_in_time: Rate
    reopened: Rate
    cost: int


@dataclass(frozen=True, slots=True)
class ParetoRow:
    """One subject: its count, its share of all with interval, and the share of it and all larger ones."""

    code: int
    count: int
    share: Rate
    cumulative: float


def handling(complaints: Complaints) -> Handling:
    """Figures of one cohort; every rate's parts come from the same rows."""
    settled = ~np.isnan(complaints.settled)
    ever_settled = settled | complaints.reopened
    return Handling(
        n=int(complaints.settled.size),
        first_reply=spread(complaints.first_reply),
        settling=spread(complaints.settled),
        replies_in_time=in_time(complaints.reply_worked, complaints.reply_due, complaints.reply_age),
        settled_in_time=in_time(complaints.settled, complaints.settle_due, complaints.settle_age),
        reopened=rate_of(complaints.reopened[ever_settled]),
        cost=int(complaints.cost.sum()),
    )


def spread(minutes: Floats) -> Spread:
    """Median and 90th percentile of the durations that are not NaN."""
    known = minutes[~np.isnan(minutes)]
    if known.size == 0:
        return Spread(0, None, None)
    median, late = (float(q) for q in np.quantile(known, (0.5, 0.9)))
    return Spread(int(known.size), median, late)


def in_time(taken: Floats, due: Floats, age: Floats) -> Rate:
    """Kept deadlines ÷ those that were met or have passed.

    `taken` NaN while not done, `due` NaN where there is no deadline, `age` the clock now; one unit for all.
    """
    done = ~np.isnan(taken)
    # Comparisons with NaN are False, so rows without a deadline count nowhere.
    kept = done & (taken <= due)
    missed = (done & (taken > due)) | (~done & (age > due))
    return rate(int(np.count_nonzero(kept)), int(np.count_nonzero(kept | missed)))


def per_hundred_orders(complaints_of_order: Ints) -> Mean:
    """Complaints per 100 orders from the number of complaints about each order, zeros included."""
    return per(int(complaints_of_order.sum()), int(complaints_of_order.size))


def promises_kept(kept: Bools, broken: Bools) -> Rate:
    """Kept ÷ promises kept or broken; those not yet due are in neither."""
    return rate(int(np.count_nonzero(kept)), int(np.count_nonzero(kept | broken)))


def recovery(customer: Ints, closed: Ints, window: Floats, past: Occasions, end: int) -> Rate:
    """Complainants who bought again within the window ÷ closed complaints old enough to judge.

    One entry a closed complaint: customer code, ordinal day it was closed, and its window in days (see
    `recovery_window`). Purchases count from the day after closing up to the window's last day. A complaint
    is old enough once the whole window lies before `end`, whether or not the customer was quicker: else the
    quick would count at once and the slow not yet.
    """
    last_day = closed + np.floor(window).astype(np.int64)
    judged = last_day < end
    following = next_purchase(customer[judged], closed[judged], past)
    return rate_of(following <= last_day[judged])


def recovery_window(rhythm: Floats) -> Floats:
    """Days a complainant has to buy again: max(90, twice their rhythm); 90 where the rhythm is NaN."""
    return np.maximum(90.0, np.where(np.isnan(rhythm), 0.0, 2 * rhythm))


def next_purchase(customer: Ints, after: Ints, past: Occasions) -> Ints:
    """Day of each customer's first occasion later than the day `after`, NEVER when there is none.

    `customer` and `after` are of one length; customers who never bought are allowed.
    """
    if past.size == 0:
        return np.full(customer.shape, NEVER, dtype=np.int64)
    # One sorted key for (customer, day), for one search over everything.
    row = np.searchsorted(past.ids, customer)
    known = (row < past.ids.size) & (past.ids[np.minimum(row, past.ids.size - 1)] == customer)
    origin = min(int(past.day.min()), int(after.min(initial=NEVER)))
    width = max(int(past.day.max()), int(after.max(initial=0))) - origin + 1
    key = past.owner * width + (past.day - origin)
    at = np.searchsorted(key, row * width + (after - origin), side="right")
    inside = np.minimum(at, past.size - 1)
    found = known & (at < past.size) & (past.owner[inside] == row)
    return np.where(found, past.day[inside], NEVER)


def pareto(codes: Ints) -> list[ParetoRow]:
    """Subjects of complaints, commonest first (equal counts by code), with cumulative shares."""
    values, counts = np.unique(codes, return_counts=True)
    order = np.lexsort((values, -counts))
    running = np.cumsum(counts[order])
    total = int(codes.size)
    return [
        ParetoRow(int(values[i]), int(counts[i]), rate(int(counts[i]), total), int(sum_so_far) / total)
        for i, sum_so_far in zip(order, running, strict=True)
    ]
