"""The story of a complaint: its steps, calls, tasks and rating, each looking its own, with who and when.

What the customer said and what the shop said are told apart by the ground they stand on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from PySide6.QtWidgets import QWidget

from desktop.core import words as names
from desktop.core.complaint_process import step_name
from desktop.core.rating_reasons import reasons_said
from desktop.core.translation import tr
from desktop.queries.complaint_around import Around, Contact
from desktop.queries.complaint_detail import ComplaintDetail, RatingOf, StepRow
from desktop.queries.tasks import TaskRow
from desktop.views.complaints import words
from desktop.views.complaints.step_line import StepLine
from desktop.views.kit.theme import Tone

Side = Literal["customer", "shop", ""]
"""Whose words an entry carries; "" for what was done without a word between the two."""

_LOOKS: Mapping[str, tuple[str, Tone, Side]] = {
    "received": ("message-square-warning", "amber", "customer"),
    "acknowledged": ("check", "accent", "shop"),
    "reply": ("reply", "accent", "shop"),
    "contact": ("phone", "accent", "shop"),
    "heard": ("message-circle", "blue", "customer"),
    "assessed": ("sliders-horizontal", "accent", ""),
    "investigating": ("search", "accent", ""),
    "offered": ("gift", "blue", "shop"),
    "offer": ("gift", "blue", "shop"),
    "remedy": ("gift", "accent", "shop"),
    "remedy-declined": ("gift", "red", "customer"),
    "remedy-edited": ("gift", "grey", ""),
    "remedy-deleted": ("gift", "grey", ""),
    "promise": ("handshake", "amber", "shop"),
    "promise-kept": ("handshake", "accent", ""),
    "promise-broken": ("handshake", "red", ""),
    "promise-edited": ("handshake", "grey", ""),
    "promise-open": ("handshake", "amber", ""),
    "promise-deleted": ("handshake", "grey", ""),
    "waiting": ("clock", "grey", ""),
    "resumed": ("clock", "accent", ""),
    "settled": ("circle-check", "accent", ""),
    "closed": ("lock", "grey", ""),
    "rejected": ("circle-x", "grey", "shop"),
    "reopened": ("rotate-ccw", "red", "customer"),
    "note": ("pencil", "grey", ""),
    "edited": ("sliders-horizontal", "grey", ""),
    "merged": ("merge", "blue", "customer"),
    "split": ("split", "blue", ""),
    "linked": ("link", "grey", ""),
    "unlinked": ("link", "grey", ""),
    "assigned": ("user", "grey", ""),
    "call": ("phone", "blue", ""),
    "task": ("circle-check", "accent", ""),
    "rating": ("star", "amber", "customer"),
}
_QUIET = frozenset(
    {"edited", "waiting", "resumed", "linked", "unlinked", "assigned", "promise-edited", "promise-deleted",
     "remedy-edited", "remedy-deleted"}
)  # fmt: skip
_GROUNDS: Mapping[Side, Tone | None] = {"customer": "blue", "shop": "accent", "": None}
MOST = 12
"""Entries shown before the rest is asked for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the story; `kind` is a step's, or call, task, rating."""

    at: str
    kind: str
    title: str
    text: str
    who: str

    @property
    def side(self) -> Side:
        """Whose words it carries."""
        return _LOOKS.get(self.kind, ("check", "accent", ""))[2]


def entries(detail: ComplaintDetail, around: Around, *, oldest_first: bool = False) -> list[Entry]:
    """The whole story, the newest first unless asked otherwise; what happened at once keeps its order."""
    found = [_step(step, detail) for step in detail.steps]
    found += [_call(one) for one in around.contacts]
    found += [_task(one) for one in around.tasks if one.done_at]
    found += [_rating(one) for one in detail.ratings if one.rated_at]
    found.sort(key=lambda entry: entry.at)
    return found if oldest_first else found[::-1]


def entry_line(entry: Entry, now: datetime) -> QWidget:
    """An entry as a line of the pane."""
    picture, tone, side = _LOOKS.get(entry.kind, ("check", "accent", ""))
    when = " · ".join(part for part in (words.when(entry.at, now), entry.who) if part)
    text = tr("“{words}”", words=entry.text) if side == "customer" and entry.text else entry.text
    line = StepLine(picture, tone, entry.title, when, text, ground=_GROUNDS[side], quiet=entry.kind in _QUIET)
    line.setProperty("kind", entry.kind)
    return line


def _step(step: StepRow, detail: ComplaintDetail) -> Entry:
    # What the customer said first stands at the top of the pane already.
    text = "" if step.kind == "received" or step.text == detail.text else step.text
    return Entry(step.at, step.kind, step_name(step.kind), text, step.staff)


def _call(one: Contact) -> Entry:
    title = tr("Service note · {channel}", channel=names.name(names.CHANNELS, one.channel))
    text = "\n".join(part for part in (one.title, one.text) if part)
    return Entry(one.at, "call", title, text, one.staff)


def _task(one: TaskRow) -> Entry:
    return Entry(one.done_at or "", "task", tr("Done: {task}", task=one.title), one.note, one.staff)


def _rating(one: RatingOf) -> Entry:
    title = tr("Rated {stars} of 5", stars=one.perceived) if one.perceived is not None else tr("Rating")
    text = "\n".join(part for part in (reasons_said(one.reasons), one.text) if part)
    return Entry(one.rated_at or "", "rating", title, text, "")
