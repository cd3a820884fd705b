"""The command palette: type a few letters, and customers, records, places and actions answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.core.folding import fold
from desktop.core.pinyin import name_readings
from desktop.core.translation import tr
from desktop.views.kit import icons, theme
from desktop.views.kit.highlight import Spans, paint_marked
from desktop.views.kit.labels import label, paint_avatar
from desktop.views.kit.rows_model import Index, RowsModel

_ROW = 40
_HEAD = 26
_LINE = 34
_TALLEST = 10 * _ROW
_HEADED = Qt.ItemDataRole.UserRole + 1
"""Whether the name of its group stands above an answer."""


@dataclass(frozen=True)
class Offer:
    """One answer: its name, a quiet word on it, its icon ("": the circle of the name), and what it does.

    Answers of one `group` follow one another below its name; the spans are what was typed, in name and note.
    """

    title: str
    note: str
    icon: str
    do: Callable[[], object]
    group: str = ""
    spans: Spans = ()
    note_spans: Spans = ()


Find = Callable[[str], Sequence[Offer]]
"""Records for what was typed ("": nothing yet), best first; must answer within a frame."""


def matches(title: str, typed: str) -> bool:
    """Whether every word typed begins a word of the title, stands in it, or spells it in pinyin."""
    folded = fold(title)
    readings: tuple[str, ...] = ()
    if not title.isascii():
        found = name_readings(title)
        readings = (*found.full, *found.initials)
    return all(
        word in folded or any(reading.startswith(word) for reading in readings)
        for word in fold(typed).split()
    )


class _Offers(RowsModel[Offer]):
    """The answers shown now; one knows whether its group's name stands above it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_said, parent)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != _HEADED or not index.isValid():
            return super().data(index, role)
        group, row = self.rows[index.row()].group, index.row()
        return bool(group) and (not row or self.rows[row - 1].group != group)


def _said(offer: Offer) -> tuple[str, str]:
    return offer.title, ", ".join(filter(None, (offer.title, offer.note, offer.group)))


class _OfferDelegate(QStyledItemDelegate):
    """Icon or circle, title, quiet note to the right; above the first of a group its name."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, _ROW + (_HEAD if index.data(_HEADED) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        offer: Offer = index.data(Qt.ItemDataRole.UserRole)
        tokens = theme.current()
        area = QRectF(option.rect).adjusted(4, 1, -4, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(_HEADED):
            painter.setFont(theme.font(theme.SMALL - 1, bold=True))
            painter.setPen(QColor(tokens.muted))
            head = QRectF(area.left() + 10, area.top() + 4, area.width() - 20, _HEAD - 4)
            painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, offer.group)
            area.setTop(area.top() + _HEAD)
        chosen = bool(option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver))
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft))
            painter.drawRoundedRect(area, 7, 7)
        place = QRectF(area.left() + 10, area.center().y() - 12, 24, 24)
        if offer.icon:
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(place.topLeft() + QPointF(3, 3), icons.pixmap(offer.icon, "muted", 18, ratio))
        else:
            paint_avatar(painter, place, offer.title, tokens)
        painter.setFont(theme.font(theme.SMALL))
        # The name comes first: a long note gives way to it.
        widest = max(120.0, (area.right() - place.right()) * 0.5)
        note_width = min(painter.fontMetrics().horizontalAdvance(offer.note) + 4.0, widest)
        note = QRectF(area.right() - note_width - 12, area.top(), note_width, area.height())
        painter.setPen(QColor(tokens.muted))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        paint_marked(painter, note, right, offer.note, offer.note_spans, chosen=chosen)
        painter.setFont(theme.font())
        painter.setPen(QColor(tokens.text))
        words = QRectF(place.right() + 10, area.top(), note.left() - place.right() - 20, area.height())
        paint_marked(painter, words, Qt.AlignmentFlag.AlignVCenter, offer.title, offer.spans, chosen=chosen)
        painter.restore()


class _Line(QLineEdit):
    """Takes the typing, and hands the arrows and Enter to the list."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._palette = palette

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._palette.move_by(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._palette.take()
        else:
            super().keyPressEvent(event)


class Palette(QDialog):
    """Opens over the window; Enter takes the answer that is marked, Esc leaves."""

    def __init__(self, window: QWidget, commands: Sequence[Offer], find: Find) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(tr("Find"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setModal(True)
        self._commands, self._find = commands, find
        self.line = _Line(self)
        self.line.setProperty("kind", "bare")
        self.line.setPlaceholderText(tr("A customer, an order, a place, or what to do…"))
        self.line.setAccessibleName(self.line.placeholderText())
        self.line.setFont(theme.font(16))
        self.line.setFixedHeight(_LINE)
        self.line.textChanged.connect(self._search)
        self._offers = _Offers(self)
        self.list = QListView()
        self.list.setModel(self._offers)
        self.list.setItemDelegate(_OfferDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(tr("Answers"))
        self.list.clicked.connect(lambda index: self._take(index.row()))
        sheet = QFrame()
        sheet.setProperty("role", "card")
        inner = QVBoxLayout(sheet)
        inner.setContentsMargins(14, 10, 14, 10)
        inner.setSpacing(8)
        inner.addWidget(self.line)
        inner.addWidget(self.list)
        self._nothing = label(tr("Nothing in the book, and no place or action, goes by that."), role="muted")
        self._nothing.hide()
        inner.addWidget(self._nothing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(sheet)
        self._search("")
        width = min(620, window.width() - 80)
        self.setFixedWidth(width)
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - width) // 2, corner.y() + max(40, window.height() // 8))
        self.line.setFocus()

    def offers(self) -> Sequence[Offer]:
        """The answers shown now."""
        return self._offers.rows

    def move_by(self, step: int) -> None:
        """Mark another answer."""
        count = len(self._offers.rows)
        if count:
            self.list.setCurrentIndex(self._offers.index((self.list.currentIndex().row() + step) % count))

    def take(self) -> None:
        """Do what is marked."""
        self._take(self.list.currentIndex().row())

    def _take(self, row: int) -> None:
        if 0 <= row < len(self._offers.rows):
            offer = self._offers.rows[row]
            self.accept()
            offer.do()

    def _search(self, typed: str) -> None:
        words = typed.strip()
        group = tr("Places and actions")
        commands = [replace(one, group=group) for one in self._commands if matches(one.title, words)]
        found = list(self._find(words))
        if words and not found and not commands:
            self._nothing.show()
        else:
            self._nothing.hide()
        if words:
            # Whoever types the name of a place or an action in full means it.
            exact = [offer for offer in commands if fold(offer.title) == fold(words)]
            commands = [offer for offer in commands if offer not in exact]
            found = [*exact, *found]
        self._offers.show([*found, *commands])
        if self._offers.rows:
            self.list.setCurrentIndex(self._offers.index(0))
            self.list.scrollToTop()
        rows = (self._offers.index(row) for row in range(len(self._offers.rows)))
        tall = sum(_ROW + (_HEAD if index.data(_HEADED) else 0) for index in rows)
        self.list.setVisible(bool(self._offers.rows))
        self.list.setFixedHeight(min(tall, _TALLEST) + 4)
        below = self.list.height() if self._offers.rows else self._nothing.sizeHint().height() + 8
        self.setFixedHeight(below + _LINE + 8 + 2 * 10 + 2)
