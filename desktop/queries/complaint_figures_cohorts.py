"""Which complaints a figure is about, and what is known of them at a moment, as arrays for analytics."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from desktop.analytics.complaints import Complaints, deadline
from desktop.analytics.worked_minutes import EPOCH
from desktop.core.complaint_process import ENDED
from desktop.core.words import COMPLAINT_STATUSES, MOODS, NATURES, SEVERITIES, SUBJECTS
from desktop.queries.complaint_columns import ComplaintMoment
from desktop.queries.complaint_columns_parts import DAY, Bools, Ints
from desktop.queries.complaint_columns_reading import ComplaintTable, PromiseTable

_STATUSES = tuple(COMPLAINT_STATUSES)
_REJECTED = _STATUSES.index("rejected")
_ENDED = np.isin(_STATUSES, ENDED)
"""By the code of a status: whether it is one of the ends."""
NONE_NOTED = 0
"""As a product or a clerk: the complaints of which none was noted."""


@dataclass(frozen=True, slots=True)
class ComplaintSlice:
    """Which complaints count; None for all, "" or NONE_NOTED for those of which it was not noted.

    A `detail` stands below a subject: give both.
    """

    subject: str | None = None
    detail: str | None = None
    product_id: int | None = None
    channel: str | None = None
    staff_id: int | None = None
    severity: str | None = None
    nature: str | None = None
    mood: str | None = None

    def within(self, other: ComplaintSlice) -> ComplaintSlice:
        """What this slice leaves open, from another."""
        named = {name: getattr(other, name) for name in self.__slots__ if getattr(self, name) is None}
        return replace(self, **named)


EVERYTHING = ComplaintSlice()


@dataclass(frozen=True)
class Cohort:
    """The complaints received on the days [start, end): their places in the columns, and what is known."""

    start: int
    end: int
    at: Ints
    complaints: Complaints


def seconds(moment: datetime) -> float:
    """A moment as the columns count it."""
    return (moment.replace(tzinfo=None) - EPOCH).total_seconds()


def midnight(day: int) -> float:
    """The beginning of an ordinal day as the columns count it."""
    return (day - 1) * float(DAY)


def chosen(moment: ComplaintMoment, only: ComplaintSlice) -> Bools:
    """Which of all complaints are in a slice."""
    table = moment.complaints
    found = np.ones(len(table.ids), np.bool_)
    for column, codes, value in (
        (table.subject, SUBJECTS, only.subject),
        (table.severity, SEVERITIES, only.severity),
        (table.nature, NATURES, only.nature),
        (table.mood, MOODS, only.mood),
    ):
        if value is not None:
            found &= column == (tuple(codes).index(value) if value in codes else -1)
    for column, number in (
        (table.channel, None if only.channel is None else moment.channels.code(only.channel)),
        (table.detail, None if only.detail is None else moment.details.code(only.detail)),
    ):
        if number is not None:
            found &= column == number
    for ids, row in ((table.product, only.product_id), (table.staff, only.staff_id)):
        if row is not None:
            found &= ids == row
    return found


def received_on(moment: ComplaintMoment, start: int, end: int) -> Bools:
    """Which of all complaints were received on the days [start, end)."""
    day = moment.complaints.received_day
    return (day >= start) & (day < end)


def open_at(moment: ComplaintMoment, end: int, now: datetime) -> Bools:
    """Which of all complaints were not over when the day `end` began, or are not now if that is earlier.

    One that has ended at a moment nobody noted counts as over.
    """
    table = moment.complaints
    until = min(midnight(end), seconds(now))
    ended = np.where(np.isnan(table.settled), table.closed, table.settled)
    over = _ENDED[table.status]
    return (table.received < midnight(end)) & (~over | (ended >= until))


def settled_on(moment: ComplaintMoment, start: int, end: int, now: datetime) -> Bools:
    """Which of all complaints were settled on the days [start, end), whenever they were received."""
    day = moment.complaints.settled_day
    return (day >= start) & (day < end) & (moment.complaints.settled <= seconds(now))


def cohort(moment: ComplaintMoment, start: int, end: int, now: datetime, inside: Bools) -> Cohort:
    """The complaints of a mask that were received on the days [start, end).

    What carries a moment after `now` has not happened yet.
    """
    at = np.flatnonzero(inside & received_on(moment, start, end))
    return Cohort(start, end, at, _known(moment, at, now))


def _known(moment: ComplaintMoment, at: Ints, now: datetime) -> Complaints:
    table, clock = moment.complaints.taken(_together(at)), seconds(now)
    replied, settled = table.replied <= clock, table.settled <= clock
    reply_kept, reply_missed, settle_kept, settle_missed = _deadlines(table, clock)
    overdue, kept, broken = _promises(table.ids, moment.promises, clock)
    judged = table.judge_day < now.toordinal()
    return Complaints(
        first_reply=np.where(replied, table.reply_wall, np.nan),
        reply_worked=np.where(replied, table.reply_worked, np.nan),
        settling=np.where(settled, table.settle_worked, np.nan),
        replied=replied,
        settled=settled,
        reply_kept=reply_kept,
        reply_missed=reply_missed,
        settle_kept=settle_kept,
        settle_missed=settle_missed,
        ever_settled=table.ever_settled,
        reopened=table.reopened & table.ever_settled,
        communicative=table.nature == tuple(NATURES).index("communicative"),
        perceived=table.perceived,
        asked=table.asked,
        answered=table.answered,
        kept=kept,
        broken=broken,
        overdue=overdue,
        cost=table.cost,
        remedied=table.remedied,
        judged=judged,
        recovered=judged & table.returned,
    )


def _deadlines(table: ComplaintTable, clock: float) -> tuple[Bools, Bools, Bools, Bools]:
    """Kept and missed first replies, kept and missed settlements.

    The clock of a complaint that waits for the customer stands where the waiting began, and a rejected one's
    where it was rejected: nothing runs on.
    """
    over = _ENDED[table.status]
    rejected = table.status == _REJECTED
    stands = np.fmin(table.waiting, clock)
    stands = np.where(rejected, np.minimum(table.closed, clock), stands)
    # Over, but nobody noted when: neither kept nor missed.
    stands = np.where(over & ~rejected & np.isnan(table.settled), np.nan, stands)
    usable = ~np.isnan(table.settle_worked)
    settled = np.where(usable & (table.settled <= clock), table.settled, np.nan)
    settle_clock = np.where(~usable & (table.settled <= clock), np.nan, stands)
    heard = ~np.isnan(table.reply_wall)
    replied = np.where(heard & (table.replied <= clock), table.replied, np.nan)
    silent_end = over & np.isnan(table.replied)
    reply_clock = np.where(silent_end | (~heard & (table.replied <= clock)), np.nan, stands)
    return (
        *deadline(replied, table.reply_due, reply_clock),
        *deadline(settled, table.settle_due, settle_clock),
    )


def _promises(ids: Ints, promises: PromiseTable, clock: float) -> tuple[Ints, Ints, Ints]:
    """For each complaint its overdue, kept and broken promises."""
    count = len(ids)
    if not count:
        return (np.zeros(0, np.int64),) * 3
    place = np.minimum(np.searchsorted(ids, promises.complaint), count - 1)
    mine = ids[place] == promises.complaint
    overdue = (promises.outcome == 0) & (promises.due < clock)

    def counted(which: Bools) -> Ints:
        return np.bincount(place[mine & which], minlength=count)

    return counted(overdue), counted(promises.outcome == 1), counted(promises.outcome == 2)


def _together(at: Ints) -> Ints | slice:
    """Places that follow one another as a slice: nothing needs to be copied for it."""
    if len(at) and at[-1] - at[0] + 1 == len(at):
        return slice(int(at[0]), int(at[-1]) + 1)
    return at
