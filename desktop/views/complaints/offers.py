"""What is offered for a complaint: the one next thing for its state, two beside it, and the whole menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QMenu

from desktop.core import words as names
from desktop.core.complaint_process import MOVES
from desktop.core.translation import tr
from desktop.views.complaints.actions import ComplaintActions
from desktop.views.kit.icons import icon

Run = Callable[[], object]

KEYS: Mapping[str, str] = {
    "next": "Ctrl+Return",
    "reply": "Ctrl+Shift+R",
    "heard": "Ctrl+Shift+H",
    "note": "Ctrl+Shift+M",
    "clock": "Ctrl+Shift+W",
    "promise": "Ctrl+Shift+P",
    "remedy": "Ctrl+Shift+G",
    "settle": "Ctrl+Shift+S",
}
"""The keys of what is done most, wherever on the screen the keyboard is."""
_ASKED = ("settled", "offered", "closed")
"""Statuses that have an entry of their own in the menu."""


class Offer(NamedTuple):
    """Something that can be done: icon, words, doing, keys."""

    picture: str
    text: str
    run: Run
    keys: str = ""


def next_thing(actions: ComplaintActions) -> Offer:
    """The one thing to do now."""
    detail, row = actions.detail, actions.detail.row
    if row.status == "settled":
        return Offer("circle-check", tr("Close the case"), actions.close)
    if not row.open:
        return Offer("rotate-ccw", tr("Reopen…"), actions.reopen)
    if row.waiting:
        return Offer("reply", tr("The customer answered…"), actions.heard)
    if row.replied_at is None:
        return Offer("reply", tr("Record first reply"), actions.reply)
    if row.status in ("received", "acknowledged"):
        return Offer("check", tr("Assessed"), partial(actions.advance, "assessed"))
    if row.status == "assessed":
        return Offer("search", tr("Find the cause"), partial(actions.advance, "investigating"))
    if row.status == "investigating" and all(one.state == "declined" for one in detail.remedies):
        return Offer("gift", tr("Offer a remedy…"), actions.remedy)
    return Offer("circle-check", tr("Settle…"), actions.settle)


def beside(actions: ComplaintActions) -> list[Offer]:
    """Two others that go with it."""
    row = actions.detail.row
    promise = Offer("handshake", tr("Promise…"), actions.promise)
    remedy = Offer("gift", tr("Remedy…"), actions.remedy)
    if row.status == "settled":
        return [
            Offer("star", tr("Rating…"), actions.rate),
            Offer("rotate-ccw", tr("Reopen…"), actions.reopen),
        ]
    if not row.open:
        return [Offer("star", tr("Rating…"), actions.rate)]
    if row.replied_at is None or row.waiting or row.status == "offered":
        return [promise, remedy]
    if row.status == "investigating":
        return [promise, Offer("circle-check", tr("Settle…"), actions.settle)]
    return [promise, Offer("reply", tr("Contact…"), actions.reply)]


def groups(actions: ComplaintActions) -> list[list[Offer]]:
    """Everything that can be done, in groups."""
    return [_talking(actions), _moving(actions), _belonging(actions), _record(actions)]


def fill_menu(menu: QMenu, actions: ComplaintActions) -> None:
    """Put everything that can be done into a menu, with the keys that do it."""
    add_groups(menu, groups(actions))


def add_groups(menu: QMenu, some: Sequence[Sequence[Offer]]) -> None:
    """Put some groups of what can be done into a menu, a line between them."""
    for place, group in enumerate(some):
        if place:
            menu.addSeparator()
        for offer in group:
            shown = f"{offer.text}\t{offer.keys}" if offer.keys else offer.text
            menu.addAction(icon(offer.picture), shown).triggered.connect(lambda _=False, run=offer.run: run())


def _talking(actions: ComplaintActions) -> list[Offer]:
    row = actions.detail.row
    said = tr("Record first reply…") if row.open and row.replied_at is None else tr("Contact…")
    found = [
        Offer("reply", said, actions.reply, KEYS["reply"]),
        Offer("message-circle", tr("What the customer said…"), actions.heard, KEYS["heard"]),
        Offer("pencil", tr("Note…"), actions.note, KEYS["note"]),
    ]
    if row.open and row.waiting:
        found.append(Offer("clock", tr("Start the clock again"), actions.resume, KEYS["clock"]))
    elif row.open:
        found.append(Offer("clock", tr("Wait for the customer…"), actions.ask_and_wait, KEYS["clock"]))
    found.append(Offer("handshake", tr("Promise…"), actions.promise, KEYS["promise"]))
    found.append(Offer("gift", tr("Remedy…"), actions.remedy, KEYS["remedy"]))
    return found


def _moving(actions: ComplaintActions) -> list[Offer]:
    row = actions.detail.row
    found = [
        Offer(
            "chevron-right",
            tr("Move to “{status}”", status=names.name(names.COMPLAINT_STATUSES, status)),
            partial(actions.advance, status),
        )
        for status in MOVES[row.status]
        if status not in _ASKED
    ]
    found.append(Offer("search", tr("What was found…"), actions.note_cause))
    if row.open:
        found.append(Offer("circle-check", tr("Settle…"), actions.settle, KEYS["settle"]))
        found.append(Offer("circle-x", tr("Reject…"), actions.reject))
        return found
    if row.status == "settled":
        found.append(Offer("lock", tr("Close the case"), actions.close))
    found.append(Offer("rotate-ccw", tr("Reopen…"), actions.reopen))
    found.append(Offer("star", tr("Rating…"), actions.rate))
    return found


def _belonging(actions: ComplaintActions) -> list[Offer]:
    return [
        Offer("circle-check", tr("Add a task…"), actions.add_task),
        Offer("file-text", tr("Files…"), actions.open_files),
        Offer("link", tr("Link…"), actions.link),
        Offer("split", tr("Split…"), actions.split),
        Offer("merge", tr("Merge…"), actions.merge),
    ]


def _record(actions: ComplaintActions) -> list[Offer]:
    found = [Offer("user", tr("I take it over"), actions.take_over)] if actions.can_take_over() else []
    return [
        *found,
        Offer("sliders-horizontal", tr("Correct…"), actions.edit, "F2"),
        Offer("file-check", tr("Evidence pack…"), actions.open_evidence),
        Offer("printer", tr("Print this complaint…"), actions.print_it),
        Offer("history", tr("History…"), actions.show_history),
        Offer("trash-2", tr("Delete"), actions.delete),
    ]
