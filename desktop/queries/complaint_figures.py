"""Every figure of METRICS.md's complaint section for a period, beside the period before, with its rows.

The cohort is the complaints received in the period, as known now. Two figures look at other rows, and at the
same rows above and below the line: complaints per 100 orders at the period's orders and the complaints about
them, whenever they came; and how many stand open, at all complaints.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from desktop.analytics.complaints import Handling, handling
from desktop.analytics.intervals import Change, Figure, Mean, change, per
from desktop.analytics.periods import edges, period_before
from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book
from desktop.queries.complaint_columns import ComplaintMoment, complaint_columns
from desktop.queries.complaint_columns_reading import Bools, Ints
from desktop.queries.complaint_figures_cohorts import (
    EVERYTHING,
    NONE_NOTED,
    Cohort,
    ComplaintSlice,
    chosen,
    cohort,
    midnight,
    open_at,
    seconds,
)
from desktop.queries.complaint_figures_rows import Part, as_ids, picked, weight

WANTED: Mapping[str, int] = {
    "received": 0, "communicative": 0,
    "first_reply": -1, "first_reply_late": -1, "reply_worked": -1, "reply_worked_late": -1,
    "settling": -1, "settling_late": -1, "replies_in_time": 1, "settled_in_time": 1, "reopened": -1,
    "satisfaction": 1, "happy": 1, "response": 1, "recovery": 1, "promises": 1, "remedied": 0,
    "cost_each": -1, "per_hundred": -1,
}  # fmt: skip
"""The figures by name, and where each should go: 1 up, -1 down, 0 neither."""


@dataclass(frozen=True, slots=True)
class TrendMonth:
    """The days [start, end) of one month: complaints received and settled in it (each with the interval of a
    count), and complaints about its orders per 100 of them; `per_hundred.n` is its orders."""

    start: int
    end: int
    received: Mean
    settled: Mean
    per_hundred: Mean


@dataclass(frozen=True)
class Side:
    """One period: what was received, how it was handled, what stood open at its end, and its orders."""

    cohort: Cohort
    handling: Handling
    open: int
    per_hundred: Mean

    def figure(self, key: str) -> Figure:
        """A figure by its name in WANTED. Raises KeyError for another."""
        h = self.handling
        if key in ("first_reply", "reply_worked", "settling"):
            found: Figure = getattr(h, key).median
        elif key.endswith("_late"):
            found = getattr(h, key.removesuffix("_late")).late
        elif key == "received":
            found = counted(h.n)
        elif key == "per_hundred":
            found = self.per_hundred
        elif key in WANTED:
            found = getattr(h, key)
        else:
            raise KeyError(key)
        return found


@dataclass(frozen=True)
class ComplaintReport:
    """The complaints of a slice received on the days [start, end), as known at `now`, and those before.

    - `before`: the equal period before (`period_before`). `changes` says how each figure of WANTED moved.
    - `trend`: the months of the period. `unlinked`: complaints of the period that name no order, which
      complaints per 100 orders cannot count.
    - `moment`: the columns all this was counted from.
    """

    start: int
    end: int
    now: datetime
    only: ComplaintSlice
    current: Side
    before: Side
    changes: Mapping[str, Change]
    trend: tuple[TrendMonth, ...]
    unlinked: int
    moment: ComplaintMoment

    @property
    def n(self) -> int:
        """Complaints received in the period."""
        return self.current.handling.n

    @property
    def open(self) -> int:
        """Complaints that stand open at the period's end, whenever they were received."""
        return self.current.open

    @property
    def handling(self) -> Handling:
        """How those of the period were handled."""
        return self.current.handling

    @property
    def per_hundred(self) -> Mean:
        """Complaints about the period's orders, per 100 of them."""
        return self.current.per_hundred

    def figure(self, key: str) -> Figure:
        """A figure of the period by its name in WANTED."""
        return self.current.figure(key)

    def rows_behind(
        self,
        key: str,
        *,
        part: Part = "all",
        within: ComplaintSlice = EVERYTHING,
        days: tuple[int, int] | None = None,
        before: bool = False,
    ) -> array[int]:
        """The ids of the complaints behind a figure, the slowest, costliest or newest first.

        `key` is a figure of WANTED, "cost", or "open", "settled" (in the period, whenever received) or
        "unlinked"; `within` a slice inside the report's own, `days` a part [start, end) of the period.
        """
        side = self.before if before else self.current
        start, end = days or (side.cohort.start, side.cohort.end)
        inside = chosen(self.moment, within.within(self.only))
        table = self.moment.complaints
        if key in ("open", "settled", "per_hundred"):
            found = {
                "open": lambda: inside & open_at(self.moment, end, self.now),
                "settled": lambda: inside & _settled_on(self.moment, start, end, self.now),
                "per_hundred": lambda: _about_orders(self.moment, start, end, within.within(self.only)),
            }[key]()
            return as_ids(table.ids[_newest(table.received, np.flatnonzero(found))])
        members = cohort(self.moment, start, end, self.now, self.only, inside)
        if key == "unlinked":
            at = members.at[table.order[members.at] == NONE_NOTED]
            return as_ids(table.ids[_newest(table.received, at)])
        mask = picked(key, part, members.complaints)
        at = members.at[mask]
        order = _newest(table.received, at)
        by = weight(key, members.complaints)
        if by is not None:
            place = np.searchsorted(members.at, order)
            order = order[np.argsort(-by[place], kind="stable")]
        return as_ids(table.ids[order])


def complaint_report(
    book: Book,
    *,
    start: int,
    end: int,
    now: datetime,
    filters: ComplaintSlice = EVERYTHING,
    progress: Progress = SILENT,
) -> ComplaintReport:
    """The figures of the complaints received on the ordinal days [start, end), as the clock stands at `now`.

    The first call on a book reads its columns: ask in the worker. Raises Cancelled.
    """
    moment = complaint_columns(book, progress)
    inside = chosen(moment, filters)
    earlier = period_before(start, end)[0]
    ordered, blamed = _orders(book, moment, filters, earlier, end)
    current = _side(
        moment, start, end, now, filters, inside, ordered[start - earlier :], blamed[start - earlier :]
    )
    before = _side(
        moment, earlier, start, now, filters, inside, ordered[: start - earlier], blamed[: start - earlier]
    )
    progress.check()
    changes = {
        key: change(current.figure(key), before.figure(key), wanted)
        for key, wanted in WANTED.items()
        if key != "received"
    }
    changes["received"] = _count_change(current, before)
    return ComplaintReport(
        start=start,
        end=end,
        now=now,
        only=filters,
        current=current,
        before=before,
        changes=changes,
        trend=_trend(moment, current, inside, now, ordered[start - earlier :], blamed[start - earlier :]),
        unlinked=int(np.count_nonzero(moment.complaints.order[current.cohort.at] == NONE_NOTED)),
        moment=moment,
    )


def counted(count: int) -> Mean:
    """A count with the exact Poisson interval of what it might have been."""
    found = per(count, 1, 1.0)
    return Mean(found.value, count, found.low, found.high)


def orders_per_day(book: Book, moment: ComplaintMoment, only: ComplaintSlice, start: int, end: int) -> Ints:
    """How many orders of a slice's channel and product were placed on each day of [start, end)."""
    if only.product_id == NONE_NOTED:
        # Orders of no product in particular are not a thing that complaints could be held against.
        return np.zeros(max(end - start, 0), np.int64)
    return _per_day(moment.orders.chosen(book, channel=only.channel, product=only.product_id), start, end)


def about_orders(moment: ComplaintMoment, only: ComplaintSlice) -> Ints:
    """The day of the order that each complaint of a slice is about; 0 where it is about none of them.

    A slice's channel means the orders' here, not how the customer complained: of those orders, both sides.
    """
    orders, table = moment.orders, moment.complaints
    day = orders.days(table.order)
    anyhow = ComplaintSlice(**{name: getattr(only, name) for name in only.__slots__ if name != "channel"})
    inside = chosen(moment, anyhow)
    if only.channel is not None:
        inside &= orders.through(table.order, only.channel)
    if only.product_id is not None:
        inside &= only.product_id != NONE_NOTED
    return np.where(inside, day, 0)


def _side(
    moment: ComplaintMoment, start: int, end: int, now: datetime, only: ComplaintSlice, inside: Bools,
    ordered: Ints, blamed: Ints,
) -> Side:  # fmt: skip
    members = cohort(moment, start, end, now, only, inside)
    return Side(
        cohort=members,
        handling=handling(members.complaints),
        open=int(np.count_nonzero(inside & open_at(moment, end, now))),
        per_hundred=per(int(blamed.sum()), int(ordered.sum())),
    )


def _orders(
    book: Book, moment: ComplaintMoment, only: ComplaintSlice, start: int, end: int
) -> tuple[Ints, Ints]:
    """For each day of [start, end) its orders, and the complaints about them."""
    ordered = orders_per_day(book, moment, only, start, end)
    return ordered, _per_day(about_orders(moment, only), start, end)


def _per_day(days: Ints, start: int, end: int) -> Ints:
    length = max(end - start, 0)
    inside = days[(days >= start) & (days < end)] - start
    return np.bincount(inside, minlength=length)[:length]


def _about_orders(moment: ComplaintMoment, start: int, end: int, only: ComplaintSlice) -> Bools:
    day = about_orders(moment, only)
    return (day >= start) & (day < end)


def _settled_on(moment: ComplaintMoment, start: int, end: int, now: datetime) -> Bools:
    settled = moment.complaints.settled
    return (settled >= midnight(start)) & (settled < midnight(end)) & (settled <= seconds(now))


def _trend(
    moment: ComplaintMoment, side: Side, inside: Bools, now: datetime, ordered: Ints, blamed: Ints
) -> tuple[TrendMonth, ...]:
    start, end = side.cohort.start, side.cohort.end
    edge = np.clip(edges(start, end, "month"), start, end)
    if edge.size == 0:
        return ()
    table = moment.complaints
    settled_at = table.settled[inside & _settled_on(moment, start, end, now)]
    received = _per_month(_days(table.received[side.cohort.at]), edge)
    settled = _per_month(_days(settled_at), edge)
    of_month = np.add.reduceat(ordered, edge[:-1] - start), np.add.reduceat(blamed, edge[:-1] - start)
    return tuple(
        TrendMonth(
            start=int(edge[at]),
            end=int(edge[at + 1]),
            received=counted(int(received[at])),
            settled=counted(int(settled[at])),
            per_hundred=per(int(of_month[1][at]), int(of_month[0][at])),
        )
        for at in range(len(edge) - 1)
    )


def _days(moments: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Ints:
    return np.asarray(moments // 86_400 + 1, np.int64)


def _per_month(days: Ints, edge: Ints) -> Ints:
    return np.bincount(np.searchsorted(edge, days, side="right") - 1, minlength=len(edge) - 1)


def _count_change(current: Side, before: Side) -> Change:
    """Complaints more than so many days before gave; the two periods may differ by some days."""
    days, other = (side.cohort.end - side.cohort.start for side in (current, before))
    if days <= 0 or other <= 0:
        return Change(Mean(None, 0, None, None))
    then = counted(before.handling.n)
    scale = days / other
    bounds = [bound if bound is None else bound * scale for bound in (then.value, then.low, then.high)]
    return change(counted(current.handling.n), Mean(bounds[0], then.n, bounds[1], bounds[2]))


def _newest(received: np.ndarray[tuple[int, ...], np.dtype[np.float64]], at: Ints) -> Ints:
    """Places, who came last first."""
    order: Ints = at[np.lexsort((-at, -received[at]))]
    return order
