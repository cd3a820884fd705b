"""A complaint as a card of the board: title, customer, subject and what is pressing; it can be dragged."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QWidget

from desktop.core.translation import tr
from desktop.queries.complaints import ComplaintRow
from desktop.views.complaints import words
from desktop.views.kit import theme
from desktop.views.kit.cards import Card
from desktop.views.kit.labels import Avatar, ElidedLabel, Tag, label
from desktop.views.kit.layouts import FlowLayout
from desktop.views.timeline.words import cut

MIME = "application/x-shuke-complaint"
_ARROWS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}


class ComplaintCard(Card):
    """One complaint. Focus chooses it; Enter opens it, the arrows walk the board."""

    chosen = Signal(int)
    opened = Signal(int)
    walked = Signal(int, int)
    """The steps that an arrow key asks for: columns to the right, cards down."""
    carried = Signal(bool)
    """The card is lifted (True) or was let go somewhere (False)."""

    def __init__(self, row: ComplaintRow, now: datetime, currency: str) -> None:
        super().__init__(margin=13, hug=True, clickable=True)
        self.complaint_id = row.id
        self._pressed = QPoint()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        name = row.customer_name or tr("No name")
        self.body.addWidget(label(cut(row.title, 40), bold=True, wrap=True))
        who = QHBoxLayout()
        who.setSpacing(9)
        who.addWidget(Avatar(name, 27))
        who.addWidget(ElidedLabel(name, size=theme.SMALL, role="muted"), 1)
        self.body.addLayout(who)
        tags = QWidget()
        flow = FlowLayout(tags, gap=5, line_gap=4)
        subject = tr(words.SHORT_SUBJECTS[row.subject])
        pressing, tone = words.time_tag(row, now, currency)
        flow.addWidget(Tag(subject))
        flow.addWidget(Tag(pressing, tone))
        promised, promise_tone = words.promise_tag(row, now)
        if promised:
            flow.addWidget(Tag(promised, promise_tone))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        tags.setSizePolicy(policy)
        # A tag too wide for a narrow column is cut short rather than the card.
        tags.setMinimumWidth(1)
        self.body.addWidget(tags)
        self.setAccessibleName(
            " · ".join(part for part in (row.title, name, subject, pressing, promised) if part)
        )
        self.clicked.connect(lambda: self.opened.emit(self.complaint_id))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.chosen.emit(self.complaint_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _ARROWS.get(Qt.Key(event.key()))
        if step and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            self.walked.emit(*step)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = event.position().toPoint()
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Far enough with the button down, the card is carried to another column."""
        moved = (event.position().toPoint() - self._pressed).manhattanLength()
        if event.buttons() & Qt.MouseButton.LeftButton and moved >= QApplication.startDragDistance():
            drag = QDrag(self)
            data = QMimeData()
            data.setData(MIME, str(self.complaint_id).encode())
            drag.setMimeData(data)
            drag.setPixmap(self.grab())
            drag.setHotSpot(self._pressed)
            self.carried.emit(True)
            drag.exec(Qt.DropAction.MoveAction)
            self.carried.emit(False)
