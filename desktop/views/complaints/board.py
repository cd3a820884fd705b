"""The board: complaints as cards in columns by status; a card is carried to the next column, or walked to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.translation import ntr, tr
from desktop.queries.complaints import ComplaintRow
from desktop.views.complaints.card import MIME, ComplaintCard
from desktop.views.kit import theme
from desktop.views.kit.labels import ElidedLabel, label
from desktop.views.kit.layouts import ScrollColumn, clear

_LAST = (
    ("investigating", words.COMPLAINT_STATUSES["investigating"], ("investigating",)),
    ("offered", words.COMPLAINT_STATUSES["offered"], ("offered",)),
    ("settled", words.COMPLAINT_STATUSES["settled"], ("settled", "closed", "rejected")),
)
FEW: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("received", words.COMPLAINT_STATUSES["received"], ("received", "acknowledged", "assessed")),
    *_LAST,
)
MANY: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("received", words.COMPLAINT_STATUSES["received"], ("received",)),
    ("acknowledged", words.COMPLAINT_STATUSES["acknowledged"], ("acknowledged", "assessed")),
    *_LAST,
)
"""The status that a card dropped there gets, the column's marked title, the statuses it holds."""

ROOM_FOR_MANY = 900
"""Pixels from which the board has a column of its own for what is acknowledged."""

MOST_CARDS = 60
"""Cards a column draws; the rest is counted below them and found in the list."""


class Column(QFrame):
    """One column of the board."""

    dropped = Signal(int, str)
    """A card's complaint and the status it was dropped on."""

    def __init__(self, status: str, title: str) -> None:
        super().__init__()
        self.status = status
        self._title = title
        self.cards: list[ComplaintCard] = []
        self.setAcceptDrops(True)
        self._head = ElidedLabel("", size=theme.SMALL, bold=True, role="muted")
        self._head.setContentsMargins(4, 0, 0, 0)
        self._scroll = ScrollColumn(gap=10)
        # Room for the cards' edges, which would be cut by the scrolling area.
        self._scroll.column.setContentsMargins(0, 1, 3, 6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(9)
        layout.addWidget(self._head)
        layout.addWidget(self._scroll, 1)

    def show_cards(self, cards: Sequence[ComplaintCard], total: int) -> None:
        """Show other cards; `total` is how many there are, drawn or not."""
        clear(self._scroll.column)
        self.cards = list(cards)
        self._head.set_whole(tr("{column} · {count}", column=tr(self._title), count=f"{total:,}"))
        for card in cards:
            self._scroll.column.addWidget(card)
        if total > len(cards):
            more = ntr("{n} more in the list", "{n} more in the list", total - len(cards))
            self._scroll.column.addWidget(label(more, size=theme.SMALL, role="muted", wrap=True))
        self._scroll.column.addStretch(1)

    def reveal(self, card: ComplaintCard) -> None:
        """Scroll to a card."""
        self._scroll.ensureWidgetVisible(card, 0, 12)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            self._mark(on=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark(on=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark(on=False)
        event.acceptProposedAction()
        self.dropped.emit(int(bytes(event.mimeData().data(MIME).data())), self.status)

    def _mark(self, *, on: bool) -> None:
        """A soft ground says: here it can be dropped."""
        self.setProperty("tone", "accent" if on else "")
        self.style().unpolish(self)
        self.style().polish(self)


class Board(QWidget):
    """Columns of cards. `chosen`: another card has the keyboard; `moved`: one was dropped on a status."""

    chosen = Signal(int)
    opened = Signal(int)
    moved = Signal(int, str)

    def __init__(self, currency: str) -> None:
        super().__init__()
        self._currency = currency
        self._current: int | None = None
        self._rows: Sequence[ComplaintRow] = ()
        self._now = datetime.now()
        self._held = False
        self._carrying = False
        self._dropped: tuple[int, str] | None = None
        self._layout: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
        self.columns: list[Column] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(11)
        self._set_columns(FEW)
        self.setAccessibleName(tr("Board of complaints"))

    def show_rows(self, rows: Sequence[ComplaintRow], now: datetime) -> None:
        """Show these complaints; the chosen one stays chosen and keeps the keyboard."""
        self._rows, self._now = rows, now
        if any(card.hasFocus() for card in self._cards()):
            # A card that goes with the keyboard would hand it to a neighbour, and that would be chosen.
            self._held = True
            self.setFocus()
        for column, (_, _, statuses) in zip(self.columns, self._layout, strict=True):
            of = [row for row in rows if row.status in statuses]
            column.show_cards([self._card(row, now) for row in of[:MOST_CARDS]], len(of))
        if self._current is not None:
            self.choose(self._current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide board has a column more."""
        super().resizeEvent(event)
        wanted = MANY if event.size().width() >= ROOM_FOR_MANY else FEW
        if wanted is not self._layout:
            self._set_columns(wanted)
            self.show_rows(self._rows, self._now)

    def _set_columns(self, layout: tuple[tuple[str, str, tuple[str, ...]], ...]) -> None:
        clear(self._row)
        self._layout = layout
        self.columns = [Column(status, title) for status, title, _ in layout]
        for column in self.columns:
            column.dropped.connect(self._drop)
            self._row.addWidget(column, 1)

    def choose(self, complaint_id: int | None) -> bool:
        """Mark a card as the chosen one; False when it is not on the board.

        The keyboard that its card had before all were made anew, comes back to it.
        """
        self._current = complaint_id
        found = False
        for column in self.columns:
            for card in column.cards:
                mine = card.complaint_id == complaint_id
                card.set_chosen(mine)
                if mine:
                    found = True
                    column.reveal(card)
                    if self._held:
                        self._held = False
                        _give_keyboard(card)
        return found

    def first(self) -> int | None:
        """The first complaint of the board."""
        return next((card.complaint_id for card in self._cards()), None)

    def column_ids(self, complaint_id: int) -> list[int]:
        """The cards of the column that a complaint stands in, from above."""
        for column in self.columns:
            ids = [card.complaint_id for card in column.cards]
            if complaint_id in ids:
                return ids
        return []

    def focus(self) -> None:
        """Give the keyboard to the chosen card, or to the first."""
        cards = list(self._cards())
        card = next(
            (card for card in cards if card.complaint_id == self._current), cards[0] if cards else None
        )
        if card:
            _give_keyboard(card)

    def _cards(self) -> list[ComplaintCard]:
        return [card for column in self.columns for card in column.cards]

    def _card(self, row: ComplaintRow, now: datetime) -> ComplaintCard:
        card = ComplaintCard(row, now, self._currency)
        card.chosen.connect(self._choose)
        card.opened.connect(self.opened)
        card.walked.connect(self._walk)
        card.carried.connect(self._carry)
        return card

    def _carry(self, lifted: bool) -> None:
        self._carrying = lifted
        if not lifted and self._dropped:
            dropped, self._dropped = self._dropped, None
            QTimer.singleShot(0, self, lambda: self.moved.emit(*dropped))

    def _drop(self, complaint_id: int, status: str) -> None:
        """The move waits until the card is out of the hand: it makes a new card of it."""
        if self._carrying:
            self._dropped = complaint_id, status
        else:
            self.moved.emit(complaint_id, status)

    def _choose(self, complaint_id: int) -> None:
        if complaint_id != self._current:
            self.choose(complaint_id)
            self.chosen.emit(complaint_id)

    def _walk(self, across: int, down: int) -> None:
        """Go to the next card of the column, or to the nearest of the next column that has any."""
        places = [
            (number, place)
            for number, column in enumerate(self.columns)
            for place, card in enumerate(column.cards)
            if card.complaint_id == self._current
        ]
        if not places:
            return
        number, place = places[0]
        if down:
            place = max(0, min(place + down, len(self.columns[number].cards) - 1))
        while across and 0 <= number + across < len(self.columns):
            number += across
            if self.columns[number].cards:
                place = min(place, len(self.columns[number].cards) - 1)
                break
        if self.columns[number].cards:
            card = self.columns[number].cards[place]
            card.setFocus(Qt.FocusReason.TabFocusReason)
            self._choose(card.complaint_id)


def _give_keyboard(card: ComplaintCard) -> None:
    """What is new in a layout shows a moment later, and only what shows takes the keyboard."""
    card.show()
    card.setFocus(Qt.FocusReason.OtherFocusReason)
