"""The way of a complaint as ISO 10002 has it: allowed moves, deadlines, and the words of its steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from desktop.core.days import iso
from desktop.core.translation import mark, tr
from desktop.core.words import COMPLAINT_STATUSES
from desktop.core.working_hours import OpeningHours

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
"""What a severity allows where the shop says nothing else."""

_STEPS: Mapping[str, str] = {
    "received": mark("Heard and recorded"),
    "reply": mark("First reply given"),
    "contact": mark("Spoken with the customer"),
    "heard": mark("The customer answered"),
    "waiting": mark("Waiting for the customer"),
    "resumed": mark("Taken up again"),
    "promise": mark("Promised"),
    "promise-kept": mark("Promise kept"),
    "promise-broken": mark("Promise broken"),
    "promise-edited": mark("Promise changed"),
    "promise-open": mark("Promise open again"),
    "promise-deleted": mark("Promise deleted"),
    "offer": mark("Remedy offered"),
    "remedy": mark("Remedy given"),
    "remedy-declined": mark("Offer declined"),
    "remedy-edited": mark("Remedy corrected"),
    "remedy-deleted": mark("Remedy deleted"),
    "reopened": mark("Reopened"),
    "edited": mark("Details corrected"),
    "assigned": mark("Given to a clerk"),
    "merged": mark("Merged with another complaint"),
    "split": mark("Split in two"),
    "linked": mark("Linked to another complaint"),
    "unlinked": mark("Link removed"),
    "note": mark("Note"),
}

MOVING = frozenset(
    {*OPEN, *ENDED, "reply", "waiting", "resumed", "offer", "remedy", "remedy-declined", "reopened"}
)
"""Kinds of steps that move a complaint or its clock: they stand in the order in which they happened. The
others are beside its way and may be noted for any moment since it was received."""


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


def allowed_minutes(stored: object) -> dict[str, Allowed]:
    """What each severity allows, by the setting complaints.deadlines ({severity: [reply, settle]}).

    What lacks in it or makes no sense (no minutes, a settlement due before the reply) is the default.
    """
    found = dict(DEADLINES)
    for severity, pair in stored.items() if isinstance(stored, Mapping) else ():
        if severity in found and isinstance(pair, (list, tuple)) and len(pair) == 2:
            reply, settle = pair
            if type(reply) is int and type(settle) is int and 0 < reply <= settle:
                found[severity] = Allowed(reply, settle)
    return found


def deadlines(hours: OpeningHours, allowed: Allowed, received: datetime) -> dict[str, str]:
    """`reply_due_at` and `settle_due_at` of a complaint received at a moment."""
    return {
        "reply_due_at": iso(hours.add(received, allowed.reply)),
        "settle_due_at": iso(hours.add(received, allowed.settle)),
    }
