"""The complaints behind each figure: those it counts, those that hit or missed, in a telling order."""

from __future__ import annotations

from array import array
from typing import Literal

import numpy as np

from desktop.analytics.complaints import Complaints
from desktop.queries.complaint_columns_reading import Bools, Floats

Part = Literal["all", "hits", "misses", "unknown"]
"""What a figure counts: all of its n, those that count for it, those that count against it, and those that
happened without anybody noting when (first reply and settling only)."""

Masks = tuple[Bools, Bools, Bools]


def masks(key: str, c: Complaints) -> Masks:
    """Which complaints a figure counts, which count for it and which against it, as masks of the cohort.

    Raises KeyError for what is no figure of a cohort.
    """
    everybody = np.ones(len(c.settled), np.bool_)
    nobody = ~everybody
    rated = ~np.isnan(c.perceived)
    promised = c.kept + c.broken + c.overdue > 0
    found: dict[str, Masks] = {
        "received": (everybody, everybody, nobody),
        "communicative": (everybody, c.communicative, ~c.communicative),
        "replies_in_time": (c.reply_kept | c.reply_missed, c.reply_kept, c.reply_missed),
        "settled_in_time": (c.settle_kept | c.settle_missed, c.settle_kept, c.settle_missed),
        "reopened": (c.ever_settled, c.ever_settled & c.reopened, c.ever_settled & ~c.reopened),
        "satisfaction": (rated, rated, nobody),
        "happy": (rated, rated & (c.perceived >= 4), rated & (c.perceived < 4)),
        "response": (c.asked, c.asked & c.answered, c.asked & ~c.answered),
        "recovery": (c.judged, c.judged & c.recovered, c.judged & ~c.recovered),
        "promises": (promised, c.kept > 0, c.broken + c.overdue > 0),
        "remedied": (everybody, c.remedied, ~c.remedied),
        "cost": (c.remedied, c.remedied, nobody),
        "cost_each": (everybody, c.remedied, ~c.remedied),
    }
    for name, minutes in _durations(c).items():
        known = ~np.isnan(minutes)
        found[name] = (known, known, nobody)
    return found[key]


def unknown(key: str, c: Complaints) -> Bools:
    """What happened at a moment nobody noted, or one that makes no sense: in no duration."""
    happened = c.settled if key.startswith("settling") else c.replied
    return np.asarray(happened & np.isnan(_durations(c)[key]))


def weight(key: str, c: Complaints) -> Floats | None:
    """What the rows of a figure are ordered by, the most first; None: the newest first."""
    if key.startswith("cost"):
        return c.cost.astype(np.float64)
    if key in ("satisfaction", "happy"):
        return -c.perceived
    return _durations(c).get(key)


def picked(key: str, part: Part, c: Complaints) -> Bools:
    """The mask of one part of a figure."""
    if part == "unknown":
        return unknown(key, c) if key in _durations(c) else np.zeros(len(c.settled), np.bool_)
    counted, hits, misses = masks(key, c)
    return {"all": counted, "hits": hits, "misses": misses}[part]


def as_ids(ids: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> array[int]:
    """Ids as lists take them."""
    found: array[int] = array("q")
    found.frombytes(np.ascontiguousarray(ids, np.int64).tobytes())
    return found


def _durations(c: Complaints) -> dict[str, Floats]:
    return {
        "first_reply": c.first_reply,
        "first_reply_late": c.first_reply,
        "reply_worked": c.reply_worked,
        "reply_worked_late": c.reply_worked,
        "settling": c.settling,
        "settling_late": c.settling,
    }
