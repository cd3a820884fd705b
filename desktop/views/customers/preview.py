"""The sheet beside the list: who the chosen customer is, why they matter now, and what happened last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.dates import format_day
from desktop.core.text import format_phone
from desktop.core.translation import ntr, tr
from desktop.queries.counter_matters import Matter, open_matters
from desktop.queries.profile import Profile, profile
from desktop.queries.timeline import timeline_page
from desktop.views.counter.words import matter
from desktop.views.customers.copying import copy_phone
from desktop.views.customers.latest import latest_row
from desktop.views.customers.selection import MOST_MERGED, SelectionActions
from desktop.views.customers.words import display_name, expectation, left_out_words, state_name
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.widgets import (
    ActivityRow,
    Avatar,
    Banner,
    Card,
    ElidedLabel,
    EmptyState,
    FlowLayout,
    IconButton,
    KeyValueList,
    PrimaryButton,
    ScrollColumn,
    SecondaryButton,
    clear,
    label,
)
from desktop.views.timeline.note_dialog import NoteDialog

WIDTH, NARROW = 306, 280
LATEST = 4
MOST_OPEN = 5
"""Open matters that have room."""


class Preview(Card):
    """Shows one customer, or what may be done with the several that are selected."""

    left = Signal()
    """Escape: the list should have the keyboard again."""

    def __init__(self, ctx: Context, actions: SelectionActions) -> None:
        super().__init__(margin=0)
        self.setFixedWidth(WIDTH)
        self._ctx = ctx
        self._currency = str(ctx.book.setting("shop.currency"))
        self._actions = actions
        self._customer: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(30)
        self._timer.timeout.connect(self.refresh)
        self._scroll = ScrollColumn(gap=12)
        self._scroll.column.setContentsMargins(18, 16, 18, 16)
        self.body.addWidget(self._scroll)
        self._foot = QWidget()
        self._buttons = FlowLayout(self._foot, gap=6, line_gap=6)
        holder = QVBoxLayout()
        holder.setContentsMargins(14, 0, 14, 16)
        holder.addWidget(self._foot)
        self.body.addLayout(holder)
        self.show_customer(None)

    def show_customer(self, customer_id: int | None) -> None:
        """Show a customer a moment later, so that the arrow keys run freely through the list."""
        self._customer = customer_id
        if customer_id is None:
            self._timer.stop()
            self.refresh()
        else:
            self._timer.start()

    def refresh(self) -> None:
        """Show the customer anew."""
        found = None
        if self._customer is not None:
            found = profile(self._ctx.book, customer_id=self._customer, today=date.today())
        self._empty()
        if found is None:
            self._scroll.column.addWidget(
                EmptyState("user", tr("Nobody chosen"), tr("Choose a customer to see who they are."))
            )
            return
        self._show(found)

    def take_keyboard(self) -> None:
        """Go into the sheet by keyboard; Escape goes back to the list."""
        for one in self.findChildren(QWidget):
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisibleTo(self) and one.isEnabled():
                one.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def show_selection(self, ids: Sequence[int]) -> None:
        """Show what can be done with several customers at once."""
        self._timer.stop()
        self._customer = None
        self._empty()
        column = self._scroll.column
        title = ntr("{n} customer selected", "{n} customers selected", len(ids))
        column.addWidget(label(title, size=theme.SECTION, bold=True, wrap=True))
        column.addWidget(
            label(
                tr("What you choose here is done to all of them, and can be undone at once."),
                size=theme.SMALL,
                role="muted",
                wrap=True,
            )
        )
        column.addWidget(SecondaryButton(tr("Put a tag on…"), "tag", self._actions.tag))
        column.addWidget(SecondaryButton(tr("Take a tag off…"), "x", self._actions.untag))
        column.addWidget(SecondaryButton(tr("Change a field…"), "pencil", self._actions.change))
        column.addWidget(
            SecondaryButton(tr("Details checked today"), "circle-check", self._actions.mark_checked)
        )
        column.addWidget(SecondaryButton(tr("Copy the phone numbers"), "copy", self._actions.copy_phones))
        column.addWidget(SecondaryButton(tr("Export…"), "download", self._actions.export))
        if len(ids) <= MOST_MERGED:
            column.addWidget(SecondaryButton(tr("Compare and merge…"), "merge", self._actions.merge))
        column.addWidget(SecondaryButton(tr("Delete"), "trash-2", self._actions.delete, danger=True))
        column.addStretch()

    def _empty(self) -> None:
        clear(self._scroll.column)
        clear(self._buttons)
        self._foot.hide()

    def _show(self, found: Profile) -> None:
        today = date.today()
        column = self._scroll.column
        column.addLayout(self._who(found))
        icon, said, tone = expectation(found, today)
        column.addWidget(Banner(icon, said, tone))
        matters = open_matters(
            self._ctx.book, found.id, today, complaints=found.open_complaints, cases=found.cases
        )
        if matters:
            column.addLayout(self._open(found.id, matters))
        if unwanted := left_out_words(found.left_out):
            column.addWidget(label(unwanted, size=theme.SMALL, role="muted", wrap=True))
        if found.phone:
            column.addLayout(self._phone(found.phone))
        facts = KeyValueList(key_facts(found), name_width=84)
        column.addWidget(facts)
        column.addWidget(label(tr("Latest"), size=theme.SECTION, bold=True))
        column.addLayout(self._latest(found.id))
        column.addStretch()
        self._foot.show()
        contact = PrimaryButton(tr("Log a call"), "phone", self._contact)
        complaint = SecondaryButton(
            tr("Complaint"),
            "message-square-warning",
            lambda: self._ctx.navigate("complaints", new=True, customer=found.id),
            tip=tr("New complaint"),
        )
        for button in (contact, complaint):
            self._buttons.addWidget(button)

    def _open(self, customer_id: int, matters: Sequence[Matter]) -> QVBoxLayout:
        """What they wait for and what they were promised; each leads to their profile."""
        rows = QVBoxLayout()
        rows.setSpacing(0)
        now = datetime.now()
        for one in matters[:MOST_OPEN]:
            said = matter(one, now)
            row = ActivityRow(said.icon, said.title, said.note, tone=said.tone, clickable=True)
            row.clicked.connect(lambda: self._ctx.navigate("profile", customer=customer_id))
            rows.addWidget(row)
        if len(matters) > MOST_OPEN:
            more = len(matters) - MOST_OPEN
            rows.addWidget(
                label(ntr("{n} more is open", "{n} more are open", more), size=theme.SMALL, role="muted")
            )
        return rows

    def _phone(self, phone: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(label(format_phone(phone), size=17, bold=True))
        row.addWidget(
            IconButton(
                "copy", tr("Copy the phone number"), lambda: copy_phone(self._ctx, phone), role="muted"
            )
        )
        row.addStretch(1)
        return row

    def _who(self, found: Profile) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(11)
        row.addWidget(Avatar(display_name(found.name), 36))
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(ElidedLabel(display_name(found.name), size=17, bold=True))
        parts = [state_name(found.state)]
        if found.balance:
            parts.append(ntr("{n} point", "{n} points", found.balance))
        if found.kind != "individual":
            parts.append(words.name(words.CUSTOMER_KINDS, found.kind))
        lines.addWidget(ElidedLabel(" · ".join(parts), size=theme.SMALL, role="muted"))
        row.addLayout(lines, 1)
        row.addWidget(
            IconButton(
                "chevron-right",
                tr("Open"),
                lambda: self._ctx.navigate("profile", customer=found.id),
                role="muted",
            )
        )
        return row

    def _latest(self, customer_id: int) -> QVBoxLayout:
        rows = QVBoxLayout()
        rows.setSpacing(0)
        entries = timeline_page(self._ctx.book, customer_id=customer_id, limit=LATEST).entries
        for entry in entries:
            rows.addWidget(latest_row(entry, self._currency))
        if not entries:
            rows.addWidget(label(tr("Nothing has happened yet."), size=theme.SMALL, role="muted"))
        return rows

    def _contact(self) -> None:
        if self._customer is not None:
            NoteDialog(
                self._ctx, customer_id=self._customer, stage="after-sale", channel="phone", parent=self
            ).open()


def key_facts(found: Profile) -> list[tuple[str, str]]:
    """What one wants to know before saying hello; what is not known is left out."""
    pairs = []
    channels = " → ".join(words.name(words.CHANNELS, one) for one in found.channels)
    for name, value in (
        (tr("Prefers"), found.likes),
        (tr("Avoids"), found.dislikes),
        (tr("Expects"), found.expectations),
        (tr("Channel"), channels),
        (tr("Region"), found.region),
        (tr("Came from"), found.source),
        (tr("Referred by"), found.referrer),
        (tr("Tags"), ", ".join(found.tags)),
        (tr("First order"), format_day(found.first_day) if found.first_day else ""),
    ):
        if value:
            pairs.append((name, value))
    return pairs
