"""The complaints behind each figure: those it counts, those that hit or missed, in a telling order."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

import numpy as np

from desktop.analytics.complaints import Complaints
from desktop.queries.complaint_columns import ComplaintMoment
from desktop.queries.complaint_columns_parts import Bools, Floats, Ints
from desktop.queries.complaint_columns_reading import ComplaintTable
from desktop.queries.complaint_figures_cohorts import (
    NONE_NOTED,
    Cohort,
    ComplaintSlice,
    chosen,
    open_at,
    settled_on,
)
from desktop.queries.complaint_figures_orders import about_orders

Part = Literal["all", "hits", "misses", "unknown"]
"""What a figure counts: all of its n, those that count for it, those that count against it, and those that
happened without anybody noting when (first reply and settling only)."""

Masks = tuple[Bools, Bools, Bools]


def anywhere(
    moment: ComplaintMoment, key: str, only: ComplaintSlice, start: int, end: int, now: datetime
) -> array[int]:
    """The complaints behind a figure that looks beyond those received in its period, the newest first.

    `key` is "open", "settled" or "per_hundred".
    """
    if key == "per_hundred":
        day = about_orders(moment, only)
        found = (day >= start) & (day < end)
    else:
        found = open_at(moment, end, now) if key == "open" else settled_on(moment, start, end, now)
        found &= chosen(moment, only)
    return _ids(moment.complaints, _newest(moment.complaints, np.flatnonzero(found)))


def behind(moment: ComplaintMoment, members: Cohort, key: str, part: Part, inside: Bools) -> array[int]:
    """The complaints of a cohort's mask behind a figure: the slowest, the costliest or the newest first.

    Raises KeyError for what is no figure.
    """
    c, table = members.complaints, moment.complaints
    mask = inside & (table.order[members.at] == NONE_NOTED if key == "unlinked" else _picked(key, part, c))
    order = _newest(table, members.at[mask])
    by = _weight(key, c)
    if by is not None:
        place = np.searchsorted(members.at, order)
        order = order[np.argsort(-by[place], kind="stable")]
    return _ids(table, order)


def masks(key: str, c: Complaints) -> Masks:
    """Which complaints a figure counts, which count for it and which against it, as masks of the cohort."""
    everybody = np.ones(len(c.settled), np.bool_)
    nobody = ~everybody
    if key in _DURATIONS:
        known = ~np.isnan(_DURATIONS[key](c))
        return known, known, nobody
    rated = ~np.isnan(c.perceived)
    found: dict[str, Callable[[], Masks]] = {
        "received": lambda: (everybody, everybody, nobody),
        "communicative": lambda: (everybody, c.communicative, ~c.communicative),
        "replies_in_time": lambda: (c.reply_kept | c.reply_missed, c.reply_kept, c.reply_missed),
        "settled_in_time": lambda: (c.settle_kept | c.settle_missed, c.settle_kept, c.settle_missed),
        "reopened": lambda: (c.ever_settled, c.ever_settled & c.reopened, c.ever_settled & ~c.reopened),
        "satisfaction": lambda: (rated, rated, nobody),
        "happy": lambda: (rated, rated & (c.perceived >= 4), rated & (c.perceived < 4)),
        "response": lambda: (c.asked, c.asked & c.answered, c.asked & ~c.answered),
        "recovery": lambda: (c.judged, c.judged & c.recovered, c.judged & ~c.recovered),
        "promises": lambda: (c.kept + c.broken + c.overdue > 0, c.kept > 0, c.broken + c.overdue > 0),
        "remedied": lambda: (everybody, c.remedied, ~c.remedied),
        "cost": lambda: (c.remedied, c.remedied, nobody),
        "cost_each": lambda: (everybody, c.remedied, ~c.remedied),
    }
    return found[key]()


_DURATIONS: Mapping[str, Callable[[Complaints], Floats]] = {
    "first_reply": lambda c: c.first_reply,
    "first_reply_late": lambda c: c.first_reply,
    "reply_worked": lambda c: c.reply_worked,
    "reply_worked_late": lambda c: c.reply_worked,
    "settling": lambda c: c.settling,
    "settling_late": lambda c: c.settling,
}


def _picked(key: str, part: Part, c: Complaints) -> Bools:
    if part == "unknown":
        if key not in _DURATIONS:
            return np.zeros(len(c.settled), np.bool_)
        # It happened at a moment nobody noted, or at one that makes no sense.
        return (c.settled if key.startswith("settling") else c.replied) & np.isnan(_DURATIONS[key](c))
    counted, hits, misses = masks(key, c)
    return {"all": counted, "hits": hits, "misses": misses}[part]


def _weight(key: str, c: Complaints) -> Floats | None:
    """What the rows of a figure are ordered by, the most first; None: the newest first."""
    if key.startswith("cost"):
        return c.cost.astype(np.float64)
    if key in ("satisfaction", "happy"):
        return -c.perceived
    return _DURATIONS[key](c) if key in _DURATIONS else None


def _newest(table: ComplaintTable, at: Ints) -> Ints:
    """Places, who came last first."""
    backwards = at[::-1]
    order: Ints = backwards[np.argsort(-table.received[backwards], kind="stable")]
    return order


def _ids(table: ComplaintTable, at: Ints) -> array[int]:
    found: array[int] = array("q")
    found.frombytes(table.ids[at].tobytes())
    return found
