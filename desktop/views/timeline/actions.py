"""What can be done with an entry of the timeline: open, correct, pin, link, mark, copy, delete."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core import words as names
from desktop.core.translation import tr
from desktop.operations import ratings, service, service_cases
from desktop.queries.timeline_entries import TimelineEntry
from desktop.views.kit import icons
from desktop.views.kit.context import Context
from desktop.views.ratings.form import RatingForm
from desktop.views.timeline import words
from desktop.views.timeline.link_menu import LinkMenu
from desktop.views.timeline.note_dialog import NoteDialog

_TABS = {"points": "points", "consent": "privacy", "privacy": "privacy"}
"""The tab of the profile where an entry is at home."""
_DELETED_HERE = ("interaction", "case", "rating")


class EntryActions(QObject):
    """The deeds of a stream; `host` is the widget whose window their dialogs open over."""

    def __init__(self, ctx: Context, host: QWidget, customer_id: int | None) -> None:
        super().__init__(host)
        self._ctx, self._host, self._customer = ctx, host, customer_id
        self._currency = str(ctx.book.setting("shop.currency"))

    def run(self, what: str, entry: TimelineEntry) -> None:
        """Do what a key asked for; an entry that cannot have it done is left alone."""
        deeds: dict[str, Callable[[TimelineEntry], object]] = {
            "open": self.open,
            "correct": self.correct,
            "pin": self.pin,
            "link": self.link,
            "delete": self.delete,
        }
        deeds[what](entry)

    # -- going there

    def open(self, entry: TimelineEntry) -> None:
        """Go to what the entry tells of: a note's or rating's form, the case, complaint, order, customer."""
        if entry.kind in ("interaction", "rating"):
            self.correct(entry)
        elif entry.kind in ("complaint", "step"):
            self.open_complaint(entry)
        elif entry.kind in ("case", "case-step"):
            self.open_case(entry)
        elif entry.kind == "task":
            self._ctx.navigate("tasks", scope="done", task=entry.id)
        elif entry.kind in _TABS and entry.customer_id is not None:
            self._ctx.navigate("profile", customer=entry.customer_id, tab=_TABS[entry.kind])
        elif entry.order_id is not None and entry.customer_id is not None:
            self.open_order(entry)
        else:
            self.open_customer(entry)

    def open_customer(self, entry: TimelineEntry) -> None:
        """Go to the entry's customer, if one is not there already."""
        if entry.customer_id is not None and entry.customer_id != self._customer:
            self._ctx.navigate("profile", customer=entry.customer_id)

    def open_order(self, entry: TimelineEntry) -> None:
        """Go to the order an entry is, or hangs on."""
        self._ctx.navigate("profile", customer=entry.customer_id, tab="orders", order=entry.order_id)

    def open_complaint(self, entry: TimelineEntry) -> None:
        """Go to the complaint an entry is, or hangs on."""
        self._ctx.navigate("complaints", complaint=entry.complaint_id)

    def open_case(self, entry: TimelineEntry) -> None:
        """Open the service case an entry is, or hangs on."""
        from desktop.views.cases.case_dialog import CaseDialog

        if entry.case_id is not None:
            CaseDialog(self._ctx, entry.case_id, self._host.window()).open()

    def correct(self, entry: TimelineEntry) -> None:
        """Open the form of a note or a rating."""
        if entry.kind == "interaction":
            NoteDialog(self._ctx, entry=entry, parent=self._host.window()).open()
        elif entry.kind == "rating":
            RatingForm(self._ctx, rating_id=entry.id, parent=self._host.window()).open()

    def open_history(self, entry: TimelineEntry) -> None:
        """Show what a note said before."""
        from desktop.views.profile.history_dialog import open_history

        open_history(
            self._ctx, self._host.window(), "interaction", entry.id, words.title(entry, self._currency)
        )

    # -- changing it

    def delete(self, entry: TimelineEntry) -> None:
        """Remove a note, a case or a rating; other entries are removed where they belong."""
        book = self._ctx.book
        if entry.kind == "interaction":
            self._ctx.do(lambda: service.delete_interactions(book, interaction_ids=[entry.id]))
        elif entry.kind == "case":
            self._ctx.do(lambda: service_cases.delete_cases(book, case_ids=[entry.id]))
        elif entry.kind == "rating":
            self._ctx.do(lambda: ratings.delete_ratings(book, rating_ids=[entry.id]))

    def pin(self, entry: TimelineEntry) -> None:
        """Keep a note at the top, or no longer."""
        if entry.kind == "interaction":
            book, pinned = self._ctx.book, not entry.pinned
            self._ctx.do(
                lambda: service.pin_interaction(book, interaction_id=entry.id, pinned=pinned), quiet=True
            )

    def mark(self, entry: TimelineEntry, gave: str) -> None:
        """Say what the customer gave with a note."""
        self._ctx.do(lambda: service.set_gave(self._ctx.book, interaction_id=entry.id, gave=gave), quiet=True)

    def link(self, entry: TimelineEntry, at: QPoint | None = None) -> None:
        """Offer what a note of a customer can hang on, in a menu."""
        if entry.kind == "interaction":
            menu = LinkMenu(self._ctx, entry, self._host)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(at or self._host.mapToGlobal(self._host.rect().center()))

    def note_about(self, entry: TimelineEntry) -> None:
        """Open the form of a note that hangs on an entry."""
        links = {
            key: value
            for key, value in (
                ("order_id", entry.order_id if entry.kind in ("order", "shipment", "arrival") else None),
                ("case_id", entry.case_id if entry.kind in ("case", "case-step") else None),
                ("complaint_id", entry.complaint_id if entry.kind in ("complaint", "step") else None),
            )
            if value is not None
        }
        NoteDialog(
            self._ctx,
            customer_id=entry.customer_id,
            stage=entry.stage or "in-sale",
            links=links,
            parent=self._host.window(),
        ).open()

    # -- the menu

    def actions_for(self, entry: TimelineEntry, menu: QMenu, *, customer: bool = True) -> list[QAction]:
        """What can be done with an entry, as actions of a menu; `customer`: going there is one of them."""
        found: list[QAction] = []

        def add(icon: str, text: str, run: Callable[[], object], key: str = "") -> QAction:
            # The key is told of, not bound: it works while the list has the keyboard.
            action = QAction(icons.icon(icon), f"{text}\t{key}" if key else text, menu)
            action.triggered.connect(lambda: run())
            found.append(action)
            return action

        note = entry.kind == "interaction"
        if entry.kind in ("interaction", "rating"):
            add("pencil", tr("Correct…"), partial(self.correct, entry), "E")
        if note:
            said = tr("Unpin") if entry.pinned else tr("Pin to the top")
            add("pin-off" if entry.pinned else "pin", said, partial(self.pin, entry), "P")
            if entry.customer_id is not None:
                add("link", tr("Link to…"), lambda: None, "L").setMenu(LinkMenu(self._ctx, entry, menu))
            gave = add("heart", tr("The customer gave…"), lambda: None)
            gave.setMenu(self._gave_menu(entry, menu))
            if entry.corrected:
                add("history", tr("What it said before…"), partial(self.open_history, entry))
        self._ways(entry, add, customer=customer)
        if entry.customer_id is not None and entry.kind in _NOTED:
            add("message-circle", tr("Write a note about it…"), partial(self.note_about, entry))
        if note or entry.kind in _NOTED:
            add("circle-check", tr("Add a task…"), partial(self._add_task, entry))
        if note:
            add("file-text", tr("Files…"), partial(self._open_files, entry))
        if entry.kind == "order":
            add("wrench", tr("New service case…"), partial(self._new_case, entry))
        self._ratings(entry, add)
        copied = words.spoken(entry, self._currency)
        add("copy", tr("Copy"), lambda: QGuiApplication.clipboard().setText(copied))
        if entry.kind in _DELETED_HERE:
            add("trash-2", tr("Delete"), partial(self.delete, entry))
        return found

    def _ratings(self, entry: TimelineEntry, add: Callable[..., QAction]) -> None:
        if entry.kind in ("order", "case"):
            add("star", tr("Add a rating…"), partial(self._new_rating, entry))
        if entry.customer_id is not None and entry.kind in ("order", "interaction", "lead"):
            add("star", tr("What they expect…"), partial(self._new_expectation, entry))

    def _ways(self, entry: TimelineEntry, add: Callable[..., QAction], *, customer: bool) -> None:
        if entry.case_id is not None:
            add("wrench", tr("Open the service case"), partial(self.open_case, entry))
        if entry.complaint_id is not None:
            add("message-square-warning", tr("Open the complaint"), partial(self.open_complaint, entry))
        if customer and entry.customer_id is not None and entry.customer_id != self._customer:
            add("user", tr("Open the customer"), partial(self.open_customer, entry))
        if entry.kind == "task":
            add("circle-check", tr("Open the task"), partial(self.open, entry))
        if entry.order_id is not None and entry.customer_id is not None:
            add("receipt-text", tr("Open the order"), partial(self.open_order, entry))

    def _gave_menu(self, entry: TimelineEntry, parent: QMenu) -> QMenu:
        menu = QMenu(parent)
        for code in names.GAVE:
            said = names.name(names.GAVE, code) if code else tr("Nothing in particular")
            action = menu.addAction(said, partial(self.mark, entry, code))
            action.setCheckable(True)
            action.setChecked(entry.gave == code)
        return menu

    def _add_task(self, entry: TimelineEntry) -> None:
        from desktop.views.tasks.task_form import open_task_form

        open_task_form(
            self._ctx,
            self._host.window(),
            customer_id=entry.customer_id,
            order_id=entry.order_id,
            case_id=entry.case_id,
            complaint_id=entry.complaint_id,
            interaction_id=entry.id if entry.kind == "interaction" else None,
        )

    def _open_files(self, entry: TimelineEntry) -> None:
        from desktop.views.files.dialog import open_files

        open_files(
            self._ctx, self._host.window(), "interaction", entry.id, words.title(entry, self._currency)
        )

    def _new_case(self, entry: TimelineEntry) -> None:
        from desktop.views.cases.case_form import CaseForm

        CaseForm(
            self._ctx, customer_id=entry.customer_id, order_id=entry.order_id, parent=self._host.window()
        ).open()

    def _new_expectation(self, entry: TimelineEntry) -> None:
        from desktop.views.ratings.expectation_form import ExpectationForm

        if entry.customer_id is None:
            return
        ExpectationForm(
            self._ctx,
            customer_id=entry.customer_id,
            order_id=entry.order_id,
            # What they wished for then is what they expect now.
            words="" if entry.kind == "order" else (entry.text or entry.title),
            parent=self._host.window(),
        ).open()

    def _new_rating(self, entry: TimelineEntry) -> None:
        RatingForm(
            self._ctx,
            customer_id=entry.customer_id,
            order_id=entry.order_id,
            case_id=entry.case_id if entry.kind == "case" else None,
            parent=self._host.window(),
        ).open()


_NOTED = ("order", "shipment", "arrival", "case", "case-step", "complaint", "step")
"""Entries that a note can hang on."""
