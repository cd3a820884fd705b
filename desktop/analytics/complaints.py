"""How complaints are handled: speed, deadlines kept, reopening, satisfaction, promises, recovery and cost.

The definitions are those of METRICS.md, "Complaints". Durations are minutes, NaN for none.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.intervals import Mean, Rate, mean, quantile, rate, rate_of
from desktop.analytics.occasions import Ints

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and 90th percentile of n durations, in their unit, with distribution-free intervals.

    `unknown` are things that happened at a moment nobody noted (or at one that makes no sense): they are in
    neither figure. The bounds of a figure are None while there are too few durations to know them.
    """

    median: Mean
    late: Mean
    unknown: int = 0

    @property
    def n(self) -> int:
        """How many durations are known."""
        return self.median.n


@dataclass(frozen=True)
class Complaints:
    """One cohort of complaints (those received in a period, say) as arrays of one length.

    - `first_reply` minutes on the wall from received to the first word to the customer, `reply_worked` the
      same in working minutes with waiting out, `settling` working minutes from received to (last) settled,
      waiting out; NaN where it has not happened or nobody knows when; `replied` and `settled` say which.
    - `reply_kept`, `reply_missed`, `settle_kept`, `settle_missed`: of a deadline, see `deadline`.
    - `ever_settled`, `reopened` at least once; `communicative` by nature.
    - `perceived` 1 to 5, the newest rating given after the settlement, NaN for none; `asked` for one, and
      `answered` by one of those asked.
    - `kept`, `broken`, `overdue`: promises by what became of them; overdue is past due and open.
    - `cost` of the remedies given, minor units; `remedied` whether any was.
    - `judged`: closed so long ago that the window to buy again is over; `recovered`: bought again in it.
    """

    first_reply: Floats
    reply_worked: Floats
    settling: Floats
    replied: Bools
    settled: Bools
    reply_kept: Bools
    reply_missed: Bools
    settle_kept: Bools
    settle_missed: Bools
    ever_settled: Bools
    reopened: Bools
    communicative: Bools
    perceived: Floats
    asked: Bools
    answered: Bools
    kept: Ints
    broken: Ints
    overdue: Ints
    cost: Ints
    remedied: Bools
    judged: Bools
    recovered: Bools

    def where(self, chosen: Bools | Ints | slice) -> Complaints:
        """The complaints of a mask, or at some places."""
        return Complaints(*(getattr(self, field.name)[chosen] for field in fields(self)))


@dataclass(frozen=True, slots=True)
class Handling:
    """How a cohort of n complaints was handled; each rate's parts come from the same rows.

    - `first_reply` (minutes on the wall), `reply_worked` and `settling` (working minutes, waiting out): of
      those replied to or settled.
    - `replies_in_time`, `settled_in_time`: kept ÷ deadlines that passed or were met.
    - `reopened`: reopened at least once ÷ settled at least once.
    - `satisfaction` mean and `happy` share of 4 and 5 of those who rated, `response` answered ÷ asked.
    - `recovery`: bought again in time ÷ closed and old enough to judge.
    - `promises`: kept ÷ kept, broken or overdue promises.
    - `communicative`: not about a fault ÷ all. `remedied`: with a remedy ÷ all; `cost` of all remedies and
      `cost_each` of a complaint on average, those without a remedy included, minor units.
    """

    n: int
    communicative: Rate
    first_reply: Spread
    reply_worked: Spread
    settling: Spread
    replies_in_time: Rate
    settled_in_time: Rate
    reopened: Rate
    satisfaction: Mean
    happy: Rate
    response: Rate
    recovery: Rate
    promises: Rate
    remedied: Rate
    cost: int
    cost_each: Mean


@dataclass(frozen=True, slots=True)
class ParetoRow:
    """One subject: its count, its share of all with interval, and the share of it and all larger ones."""

    code: int
    count: int
    share: Rate
    cumulative: float


def handling(complaints: Complaints) -> Handling:
    """Figures of one cohort."""
    c = complaints
    rated = c.perceived[~np.isnan(c.perceived)]
    kept = int(c.kept.sum())
    return Handling(
        n=int(c.settled.size),
        communicative=rate_of(c.communicative),
        first_reply=spread(c.first_reply, c.replied),
        reply_worked=spread(c.reply_worked, c.replied),
        settling=spread(c.settling, c.settled),
        replies_in_time=in_time(c.reply_kept, c.reply_missed),
        settled_in_time=in_time(c.settle_kept, c.settle_missed),
        reopened=rate_of(c.reopened[c.ever_settled]),
        satisfaction=mean(rated),
        happy=rate_of(rated >= 4),
        response=rate_of(c.answered[c.asked]),
        recovery=rate_of(c.recovered[c.judged]),
        promises=rate(kept, kept + int(c.broken.sum()) + int(c.overdue.sum())),
        remedied=rate_of(c.remedied),
        cost=int(c.cost.sum()),
        cost_each=mean(c.cost.astype(np.float64)),
    )


def spread(minutes: Floats, happened: Bools) -> Spread:
    """Median and 90th percentile of the durations that are not NaN, of what `happened`."""
    # NaN is sorted to the end.
    known = np.sort(minutes)
    known = known[: known.size - int(np.count_nonzero(np.isnan(known)))]
    unknown = int(np.count_nonzero(happened)) - known.size
    return Spread(quantile(known, 0.5), quantile(known, 0.9), unknown)


def deadline(done: Floats, due: Floats, clock: Floats) -> tuple[Bools, Bools]:
    """Which deadlines were kept, and which were missed; the others have not passed, or nobody can say.

    `done` is when it was done, NaN while it is not; `due` NaN where there is no deadline; `clock` is where
    the clock stands for what is undone, NaN where nobody knows whether it was done. All in one unit.
    """
    finished = ~np.isnan(done)
    # Comparisons with NaN are False, so rows without a deadline count nowhere.
    kept = finished & (done <= due)
    missed = (finished & (done > due)) | (~finished & (clock > due))
    return kept, missed


def in_time(kept: Bools, missed: Bools) -> Rate:
    """Kept deadlines ÷ those that were met or have passed (see `deadline`)."""
    hits = int(np.count_nonzero(kept))
    return rate(hits, hits + int(np.count_nonzero(missed)))


def recovery(closed: Ints, window: Floats, following: Ints) -> tuple[Ints, Bools]:
    """The last day on which each complainant can come back in time, and whether they had by then.

    One entry a closed complaint: the ordinal day it was closed, its window in days (see `recovery_window`)
    and the day of the customer's first purchase after the day of closing, NEVER for none. A complaint is old
    enough to judge once its last day is over, whether or not the customer was quicker: else the quick would
    count at once and the slow not yet.
    """
    last_day = closed + np.floor(window).astype(np.int64)
    return last_day, following <= last_day


def recovery_window(rhythm: Floats) -> Floats:
    """Days a complainant has to buy again: max(90, twice their rhythm); 90 where the rhythm is NaN."""
    return np.maximum(90.0, np.where(np.isnan(rhythm), 0.0, 2 * rhythm))


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


def residuals(counts: Ints) -> Floats:
    """How far each cell of a table of counts lies from what its row and column alone would give.

    Adjusted standardised residuals (Haberman 1973): about 95 in 100 cells of a table without any connection
    lie between −1.96 and 1.96. 0 where a row or a column is empty or holds everything.
    """
    total = counts.sum()
    if not total:
        return np.zeros(counts.shape)
    row, column = counts.sum(1, keepdims=True) / total, counts.sum(0, keepdims=True) / total
    expected = total * row * column
    spread_of = np.sqrt(expected * (1 - row) * (1 - column))
    return np.asarray(
        np.divide(counts - expected, spread_of, out=np.zeros(counts.shape), where=spread_of > 1e-12)
    )
