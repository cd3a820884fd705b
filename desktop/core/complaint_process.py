"""The way of a complaint as ISO 10002 has it: allowed moves, deadlines, and the words of its steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from desktop.core.translation import mark, tr
from desktop.core.words import COMPLAINT_STATUSES

REOPEN_DAYS = 14
"""Days after its end in which a complaint is reopened; later a new one that follows it is opened."""

OPEN: tuple[str, ...] = ("received", "acknowledged", "assessed", "investigating", "offered")
ENDED: tuple[str, ...] = ("settled", "closed", "rejected")

MOVES: Mapping[str, tuple[str, ...]] = {
    "received": ("acknowledged", "assessed", "investigating", "offered", "settled"),
    "acknowledged": ("assessed", "investigating", "offered", "settled"),
    "assessed": ("investigating", "offered", "settled"),
    # Back from an offer: the customer did not take it, or the cause was another one.
    "investigating": ("offered", "settled"),
    "offered": ("investigating", "settled"),
    "settled": ("closed",),
    "closed": (),
    "rejected": (),
}
"""Where each status may go. A step may be skipped (a call can settle a thing at once), none is walked back
but from an offer; rejecting needs a reason and reopening has its window: operations of their own."""

FIRST_WORD = frozenset({"acknowledged", "offered", "settled"})
"""Statuses that cannot be reached without having spoken to the customer: they count as the first reply."""


class Allowed(NamedTuple):
    """Working minutes until the first reply and until settlement."""

    reply: int
    settle: int


DEADLINES: Mapping[str, Allowed] = {
    "urgent": Allowed(30, 2 * 60),
    "high": Allowed(60, 4 * 60),
    "medium": Allowed(8 * 60, 24 * 60),
    "low": Allowed(24 * 60, 72 * 60),
}

_STEPS: Mapping[str, str] = {
    "received": mark("Heard and recorded"),
    "reply": mark("First reply given"),
    "waiting": mark("Waiting for the customer"),
    "resumed": mark("Taken up again"),
    "promise": mark("Promised"),
    "promise-kept": mark("Promise kept"),
    "promise-broken": mark("Promise broken"),
    "remedy": mark("Remedy given"),
    "reopened": mark("Reopened"),
    "edited": mark("Details corrected"),
    "note": mark("Note"),
}


def step_name(kind: str) -> str:
    """What people call a step: a status it reached, a reply, a promise …; an unknown kind is its own name."""
    if kind in _STEPS:
        return tr(_STEPS[kind])
    return tr(COMPLAINT_STATUSES[kind]) if kind in COMPLAINT_STATUSES else kind


def next_status(status: str) -> str | None:
    """The step that follows in the full process, or None at its end."""
    path = (*OPEN, "settled", "closed")
    place = path.index(status) + 1 if status in path else len(path)
    return path[place] if place < len(path) else None
