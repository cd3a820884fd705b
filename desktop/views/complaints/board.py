"""The board: complaints as cards in columns by status; a card is carried on, by the mouse or by keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.queries.complaints import ComplaintRow
from desktop.views.complaints.board_column import ENDED_TITLE, FEW, MANY, Column, ColumnKind
from desktop.views.complaints.moving import way_to
from desktop.views.kit.layouts import clear

ROOM_FOR_MANY = 900
"""Pixels from which the board has a column of its own for what is acknowledged."""

MOST_CARDS = 40
"""Cards of a column; the rest is counted below them and found in the list."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a column shows: the rows of its cards, and how many complaints it has in all."""

    rows: Sequence[ComplaintRow]
    total: int


class Board(QWidget):
    """Columns of cards. `chosen`: another card has the keyboard; `moved`: one was put on a status."""

    chosen = Signal(int)
    opened = Signal(int)
    moved = Signal(int, str)
    menu_asked = Signal(int, QPoint)
    more_asked = Signal(object)
    """The kind of the column whose rest is asked for."""
    typed = Signal(str)
    columns_changed = Signal()
    """There are other columns now, which want their cards."""

    def __init__(self, currency: str) -> None:
        super().__init__()
        self._currency = currency
        self._current: int | None = None
        self._carried: int | None = None
        self._dropped: tuple[int, str] | None = None
        self.kinds: tuple[ColumnKind, ...] = ()
        self.columns: list[Column] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._set_columns(FEW)
        self.setAccessibleName(tr("Board of complaints"))

    # -- what it shows

    def show_columns(self, shown: Sequence[Shown], now: datetime, *, every: bool = False) -> None:
        """Show these complaints, a part for each of `kinds`; `every`: the last holds whatever has ended."""
        if len(shown) != len(self.columns):
            return
        for column, part in zip(self.columns, shown, strict=True):
            title = ENDED_TITLE if every and column is self.columns[-1] else ""
            column.show_rows(part.rows, part.total, now, title)
        if self._current is not None:
            self.choose(self._current, reveal=False)

    def tick(self, now: datetime) -> None:
        """Let the time that is left go on; only cards that say something else now are painted."""
        for column in self.columns:
            column.list.cards.show(column.list.cards.rows, now)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide board has a column more."""
        super().resizeEvent(event)
        wanted = MANY if event.size().width() >= ROOM_FOR_MANY else FEW
        if wanted is not self.kinds:
            self._set_columns(wanted)
            self.columns_changed.emit()

    def _set_columns(self, kinds: tuple[ColumnKind, ...]) -> None:
        clear(self._row)
        self.kinds = kinds
        self.columns = [Column(kind, self._currency) for kind in kinds]
        for column in self.columns:
            column.dropped.connect(self._drop)
            column.more_asked.connect(lambda _, kind=column.kind: self.more_asked.emit(kind))
            cards = column.list
            cards.chosen.connect(self._choose)
            cards.opened.connect(self.opened)
            cards.walked.connect(lambda step, at=column: self._walk(at, step))
            cards.carried_on.connect(self._carry_on)
            cards.lifted.connect(self._lift)
            cards.landed.connect(self._land)
            cards.menu_asked.connect(self.menu_asked)
            cards.typed.connect(self.typed)
            self._row.addWidget(column, 1)

    # -- which card

    def choose(self, complaint_id: int | None, *, reveal: bool = True) -> bool:
        """Mark a card as the chosen one; False when it is not on the board."""
        self._current = complaint_id
        found = False
        for column in self.columns:
            column.list.mark_chosen(complaint_id)
            if complaint_id is not None and column.list.make_current(complaint_id):
                found = True
                if reveal:
                    column.list.reveal(complaint_id)
        return found

    def first(self) -> int | None:
        """The first complaint of the board."""
        return next((row for column in self.columns for row in column.ids()), None)

    def column_of(self, complaint_id: int | None) -> Column | None:
        """The column that a complaint's card stands in."""
        return next((column for column in self.columns if complaint_id in column.ids()), None)

    def column_ids(self, complaint_id: int) -> list[int]:
        """The cards of the column that a complaint stands in, from above."""
        column = self.column_of(complaint_id)
        return column.ids() if column else []

    def has_keyboard(self) -> bool:
        """Whether a card has the keyboard, or a column without cards."""
        return any(column.list.hasFocus() for column in self.columns)

    def focus(self) -> None:
        """Give the keyboard to the chosen card, or to the first."""
        column = self.column_of(self._current) or next((one for one in self.columns if one.ids()), None)
        if column:
            column.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, complaint_id: int) -> None:
        if complaint_id != self._current:
            self.choose(complaint_id)
            self.chosen.emit(complaint_id)

    def _walk(self, column: Column, step: int) -> None:
        """To the card at the same height of the next column that has any."""
        at = column.list.visualRect(column.list.currentIndex()).center()
        number = self.columns.index(column) + step
        while 0 <= number < len(self.columns):
            beside = self.columns[number]
            if beside.ids():
                found = beside.list.indexAt(QPoint(at.x(), at.y()))
                line = found.row() if found.isValid() else len(beside.ids()) - 1
                if not found.isValid() and at.y() < 0:
                    line = 0
                beside.list.make_current(beside.ids()[line])
                beside.list.setFocus(Qt.FocusReason.TabFocusReason)
                self._choose(beside.ids()[line])
                return
            number += step

    # -- carrying

    def _carry_on(self, complaint_id: int, step: int) -> None:
        """By the keyboard: to the next column on that side that takes the card."""
        column = self.column_of(complaint_id)
        if column is None:
            return
        row = next(row for row in column.list.cards.rows if row.id == complaint_id)
        number = self.columns.index(column) + step
        beside = self.columns[number:] if step > 0 else self.columns[number::-1] if number >= 0 else []
        takes = [one for one in beside if way_to(row.status, one.status, one.kind.statuses) != "refused"]
        if takes or beside:
            self.moved.emit(complaint_id, (takes or beside)[0].status)

    def _lift(self, complaint_id: int) -> None:
        """A card is in the hand: each column says whether it takes it."""
        self._carried = complaint_id
        column = self.column_of(complaint_id)
        row = (
            next((row for row in column.list.cards.rows if row.id == complaint_id), None) if column else None
        )
        for one in self.columns:
            one.show_way(row.status if row else "")

    def _land(self) -> None:
        self._carried = None
        for one in self.columns:
            one.show_way("")
        if self._dropped:
            dropped, self._dropped = self._dropped, None
            QTimer.singleShot(0, self, lambda: self.moved.emit(*dropped))

    def _drop(self, complaint_id: int, status: str) -> None:
        """The move waits until the card is out of the hand."""
        if self._carried is not None:
            self._dropped = complaint_id, status
        else:
            self.moved.emit(complaint_id, status)
