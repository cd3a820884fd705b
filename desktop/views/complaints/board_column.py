"""One column of the board: its name and count, its cards, and what it says to a card in the hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop.core import words
from desktop.core.translation import mark, ntr, tr
from desktop.queries.complaints import ComplaintRow
from desktop.views.complaints.card_list import MIME, CardList
from desktop.views.complaints.moving import Way, refusal, way_to
from desktop.views.kit import theme
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.labels import ElidedLabel, label


@dataclass(frozen=True, slots=True)
class ColumnKind:
    """A column: the status that a card dropped there gets, its marked title, the statuses it holds."""

    status: str
    title: str
    statuses: tuple[str, ...]


_LAST = (
    ColumnKind("investigating", words.COMPLAINT_STATUSES["investigating"], ("investigating",)),
    ColumnKind("offered", words.COMPLAINT_STATUSES["offered"], ("offered",)),
    ColumnKind("settled", words.COMPLAINT_STATUSES["settled"], ("settled", "closed", "rejected")),
)
FEW: tuple[ColumnKind, ...] = (
    ColumnKind("received", words.COMPLAINT_STATUSES["received"], ("received", "acknowledged", "assessed")),
    *_LAST,
)
MANY: tuple[ColumnKind, ...] = (
    ColumnKind("received", words.COMPLAINT_STATUSES["received"], ("received",)),
    ColumnKind("acknowledged", words.COMPLAINT_STATUSES["acknowledged"], ("acknowledged", "assessed")),
    *_LAST,
)
ENDED_TITLE = mark("Ended complaints")
"""What the last column is called where it holds more than what was settled lately."""


class Column(QFrame):
    """A column of cards."""

    dropped = Signal(int, str)
    """A card's complaint and the status of the column it was dropped on."""
    more_asked = Signal(str)
    """The rest of the column is asked for, in the list; the column's status."""

    def __init__(self, kind: ColumnKind, currency: str) -> None:
        super().__init__()
        self.kind = kind
        self.status = kind.status
        self._carried = ""
        self.setProperty("role", "heap")
        self.setAcceptDrops(True)
        self.head = ElidedLabel("", size=theme.SMALL, bold=True, role="muted")
        self.list = CardList(currency, tr(kind.title))
        self._refused = label("", size=theme.SMALL, role="muted", wrap=True)
        self._refused.setContentsMargins(4, 0, 4, 0)
        self._refused.hide()
        self._nothing = label(tr("None"), size=theme.SMALL, role="muted")
        self._nothing.setContentsMargins(4, 0, 0, 0)
        self._more = LinkButton("", on_click=lambda: self.more_asked.emit(self.status))
        self._more.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 0, 0)
        layout.setSpacing(7)
        layout.addWidget(self.head)
        layout.addWidget(self._refused)
        layout.addWidget(self._nothing)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_rows(self, rows: Sequence[ComplaintRow], total: int, now: datetime, title: str = "") -> None:
        """Show these complaints; `total` is how many the column has, shown or not."""
        self.list.show_rows(rows, now)
        self.head.set_whole(tr("{column} · {count}", column=tr(title or self.kind.title), count=f"{total:,}"))
        self._nothing.setVisible(not rows)
        left = total - len(rows)
        self._more.setVisible(left > 0)
        if left > 0:
            text = ntr("{n} more in the list", "{n} more in the list", left)
            self._more.setText(text)
            self._more.setAccessibleName(text)

    def ids(self) -> list[int]:
        """The complaints whose cards stand here, from above."""
        return self.list.cards.ids()

    # -- a card in the hand

    def show_way(self, status: str) -> Way:
        """Say whether a card of this status, now in the hand, can be put here; "" for no card."""
        self._carried = status
        way = way_to(status, self.status, self.kind.statuses) if status else "stay"
        looks = {"stay": "", "advance": "allowed", "reopen": "allowed", "refused": "refused"}
        self._wear(looks[way])
        self._refused.setText(refusal(status, self.status) if way == "refused" else "")
        self._refused.setVisible(way == "refused")
        return way

    def _wear(self, look: str) -> None:
        if self.property("drop") != look:
            self.setProperty("drop", look)
            self.style().unpolish(self)
            self.style().polish(self)

    def _takes(self) -> bool:
        return not self._carried or way_to(self._carried, self.status, self.kind.statuses) != "refused"

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME) and self._takes():
            if self._carried not in self.kind.statuses:
                self._wear("here")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.show_way(self._carried)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.show_way("")
        event.acceptProposedAction()
        self.dropped.emit(int(bytes(event.mimeData().data(MIME).data())), self.status)
