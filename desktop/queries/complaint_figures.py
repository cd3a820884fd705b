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
from desktop.analytics.intervals import Change, Figure, Mean, change, counted, counts_change, per
from desktop.analytics.periods import edges, period_before
from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book
from desktop.queries.complaint_columns import ComplaintMoment, complaint_columns
from desktop.queries.complaint_columns_parts import Bools, Ints
from desktop.queries.complaint_figures_cohorts import (
    EVERYTHING,
    NONE_NOTED,
    Cohort,
    ComplaintSlice,
    chosen,
    cohort,
    open_at,
    settled_on,
)
from desktop.queries.complaint_figures_orders import about_orders, orders_per_day, per_day
from desktop.queries.complaint_figures_rows import Part, anywhere, behind

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
        wanted = within.within(self.only)
        if key in ("open", "settled", "per_hundred"):
            return anywhere(self.moment, key, wanted, start, end, self.now)
        mask = chosen(self.moment, wanted)[side.cohort.at]
        day = self.moment.complaints.received_day[side.cohort.at]
        return behind(self.moment, side.cohort, key, part, mask & (day >= start) & (day < end))


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
    ordered = orders_per_day(book, moment, filters, earlier, end)
    blamed = per_day(about_orders(moment, filters), earlier, end)
    then, here = slice(0, start - earlier), slice(start - earlier, None)
    current = _side(moment, start, end, now, inside, ordered[here], blamed[here])
    before = _side(moment, earlier, start, now, inside, ordered[then], blamed[then])
    progress.check()
    changes = {
        key: change(current.figure(key), before.figure(key), wanted)
        for key, wanted in WANTED.items()
        if key != "received"
    }
    received, earlier_received = counted(current.handling.n), counted(before.handling.n)
    changes["received"] = counts_change(received, earlier_received, end - start, start - earlier)
    return ComplaintReport(
        start=start,
        end=end,
        now=now,
        only=filters,
        current=current,
        before=before,
        changes=changes,
        trend=_trend(moment, current, inside, now, ordered[here], blamed[here]),
        unlinked=int(np.count_nonzero(moment.complaints.order[current.cohort.at] == NONE_NOTED)),
        moment=moment,
    )


def _side(
    moment: ComplaintMoment, start: int, end: int, now: datetime, inside: Bools, ordered: Ints, blamed: Ints
) -> Side:  # fmt: skip
    members = cohort(moment, start, end, now, inside)
    return Side(
        cohort=members,
        handling=handling(members.complaints),
        open=int(np.count_nonzero(inside & open_at(moment, end, now))),
        per_hundred=per(int(blamed.sum()), int(ordered.sum())),
    )


def _trend(
    moment: ComplaintMoment, side: Side, inside: Bools, now: datetime, ordered: Ints, blamed: Ints
) -> tuple[TrendMonth, ...]:
    start, end = side.cohort.start, side.cohort.end
    edge = np.clip(edges(start, end, "month"), start, end)
    if edge.size == 0:
        return ()
    table = moment.complaints
    settled_day = table.settled_day[inside & settled_on(moment, start, end, now)]
    received, settled, orders, about = (
        np.add.reduceat(daily, edge[:-1] - start)
        for daily in (
            per_day(table.received_day[side.cohort.at], start, end),
            per_day(settled_day, start, end),
            ordered,
            blamed,
        )
    )
    return tuple(
        TrendMonth(
            start=int(edge[at]),
            end=int(edge[at + 1]),
            received=counted(int(received[at])),
            settled=counted(int(settled[at])),
            per_hundred=per(int(about[at]), int(orders[at])),
        )
        for at in range(len(edge) - 1)
    )
