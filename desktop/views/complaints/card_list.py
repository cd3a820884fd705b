"""The cards of one column: a list that paints what is seen, and hands a card on to be carried elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import (
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.queries.complaints import ComplaintRow
from desktop.views.complaints.card import card_size, lay_out, paint_card
from desktop.views.complaints.card_model import CardModel

MIME = "application/x-shuke-complaint"
Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ACROSS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class _Painter(QStyledItemDelegate):
    """Paints the cards of a `CardList`."""

    def __init__(self, cards: CardList) -> None:
        super().__init__(cards)
        self._cards = cards

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = self._cards.cards
        return card_size(model.rows[index.row()], model.now, model.currency, self._cards.card_width())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = self._cards.cards
        row = model.rows[index.row()]
        place = QRect(option.rect)
        place.setWidth(self._cards.card_width())
        hovered = bool(QStyle.StateFlag(option.state) & QStyle.StateFlag.State_MouseOver)
        paint_card(
            painter, place, row, model.now, model.currency,
            chosen=row.id == self._cards.chosen_id, hovered=hovered,
        )  # fmt: skip


class CardList(QListView):
    """Cards below each other. The current one has the keyboard; it can be carried away by mouse or keys."""

    chosen = Signal(int)
    """Another card was pointed at, or walked to."""
    opened = Signal(int)
    """Enter was pressed on a card."""
    walked = Signal(int)
    """An arrow asks for the neighbouring column: -1 or 1."""
    carried_on = Signal(int, int)
    """A card's complaint and the side it is to be moved to by the keyboard."""
    lifted = Signal(int)
    landed = Signal()
    menu_asked = Signal(int, QPoint)
    typed = Signal(str)

    def __init__(self, currency: str, name: str) -> None:
        super().__init__()
        self.chosen_id: int | None = None
        self.cards = CardModel(currency, self)
        self._told: int | None = None
        self._width = 0
        self._pressed: QPoint | None = None
        self.setProperty("role", "cards")
        self.setAccessibleName(name)
        self.setModel(self.cards)
        self.setItemDelegate(_Painter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(40)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self._point)

    # -- which cards

    def card_width(self) -> int:
        """How wide a card is: the room for a scroll bar stays free, so that none moves when it comes."""
        return max(80, self.viewport().width() - (0 if self.verticalScrollBar().isVisible() else 6))

    def show_rows(self, rows: Sequence[ComplaintRow], now: datetime) -> None:
        """Show these complaints; the scrolled place and the current card stay, where they still are."""
        current, place = self.current_id(), self.verticalScrollBar().value()
        if self.cards.show(rows, now):
            self.verticalScrollBar().setValue(place)
            if current is not None:
                self.make_current(current)

    def current_id(self) -> int | None:
        """The complaint of the card that has the keyboard, or had it last."""
        line = self.currentIndex().row()
        return self.cards.rows[line].id if 0 <= line < len(self.cards.rows) else None

    def make_current(self, complaint_id: int) -> bool:
        """Put the keyboard's place on a card without telling anybody; False when it is not here."""
        ids = self.cards.ids()
        if complaint_id not in ids:
            return False
        self._told = complaint_id
        self.setCurrentIndex(self.cards.index(ids.index(complaint_id), 0))
        return True

    def mark_chosen(self, complaint_id: int | None) -> None:
        """Outline the card of this complaint, and no other."""
        if complaint_id != self.chosen_id:
            self.chosen_id = complaint_id
            self.viewport().update()

    def reveal(self, complaint_id: int) -> None:
        """Scroll to a card."""
        ids = self.cards.ids()
        if complaint_id in ids:
            self.scrollTo(self.cards.index(ids.index(complaint_id), 0))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        chosen = self.current_id()
        if chosen is not None and chosen != self._told and self.hasFocus():
            self._told = chosen
            self.chosen.emit(chosen)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            # The card that is pressed comes next, and only that one is meant.
            return
        if self.current_id() is None and self.cards.rows:
            self.make_current(self.cards.rows[0].id)
        chosen = self.current_id()
        if chosen is not None and chosen != self.chosen_id:
            self._told = chosen
            self.chosen.emit(chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.card_width() != self._width:
            self._width = self.card_width()
            self.scheduleDelayedItemsLayout()

    # -- what is done with them

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, the arrows across walk to the next column, with Ctrl they take the card along."""
        key, current = Qt.Key(event.key()), self.current_id()
        if current is not None and key in _ENTER:
            self.opened.emit(current)
        elif current is not None and key in _ACROSS:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.carried_on.emit(current, _ACROSS[key])
            else:
                self.walked.emit(_ACROSS[key])
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """What is typed looks among all complaints, not only among the cards."""
        if search.strip():
            self.typed.emit(search)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the card pointed at, or by the menu key of the current one."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            at = self.visualRect(index).center() if by_key else event.pos()
            self.menu_asked.emit(self.cards.rows[index.row()].id, self.viewport().mapToGlobal(at))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        at = event.position().toPoint()
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = at if left and self.indexAt(at).isValid() else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Far enough with the button down, the card is lifted."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        moved = (event.position().toPoint() - self._pressed).manhattanLength()
        current = self.current_id()
        if moved >= QApplication.startDragDistance() and current is not None:
            pressed, self._pressed = self._pressed, None
            self._carry(current, pressed)

    def _carry(self, current: int, pressed: QPoint) -> None:
        """The current card is in the hand until it is dropped somewhere."""
        drag = QDrag(self)
        data = QMimeData()
        data.setData(MIME, str(current).encode())
        drag.setMimeData(data)
        row = self.cards.rows[self.currentIndex().row()]
        drag.setPixmap(self._picture(row))
        drag.setHotSpot(pressed - self.visualRect(self.currentIndex()).topLeft())
        self.lifted.emit(current)
        drag.exec(Qt.DropAction.MoveAction)
        self.landed.emit()

    def _picture(self, row: ComplaintRow) -> QPixmap:
        width, ratio = self.card_width(), self.devicePixelRatioF()
        height = lay_out(row, self.cards.now, self.cards.currency, width).height
        picture = QPixmap(round(width * ratio), round(height * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint_card(painter, QRect(0, 0, width, height), row, self.cards.now, self.cards.currency, chosen=True)
        painter.end()
        return picture

    def _point(self, index: QModelIndex) -> None:
        """A click on a card that was its column's current one already chooses it, too."""
        pointed = self.cards.rows[index.row()].id
        if pointed != self.chosen_id:
            self._told = pointed
            self.chosen.emit(pointed)
