"""Answers as a list: the title, where it fits, and the beginning of its words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.core import words
from desktop.core.translation import tr
from desktop.queries.answers import AnswerRow
from desktop.views.kit import theme

ROW = 58
_ROW_ROLE = Qt.ItemDataRole.UserRole
_TEXT_ROLE = Qt.ItemDataRole.UserRole + 1
_PAD = 12
_BETWEEN = " · "


class AnswerList(QListWidget):
    """Rows of `AnswerRow`; `read` gives the words as they are shown (filled, or as they are kept)."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Answers at hand"))
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)

    def show_rows(self, rows: Sequence[AnswerRow], read: Callable[[str], str], key: str = "") -> None:
        """Show other rows; the one of `key`, or else the first, is current."""
        blocked = self.blockSignals(True)
        self.clear()
        chosen = 0
        for place, row in enumerate(rows):
            text = read(row.text)
            item = QListWidgetItem(row.title)
            item.setData(_ROW_ROLE, row)
            item.setData(_TEXT_ROLE, text)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.title}: {text}")
            item.setToolTip(text)
            self.addItem(item)
            chosen = place if row.key == key else chosen
        self.blockSignals(blocked)
        self.setCurrentRow(chosen if rows else -1)

    def current(self) -> AnswerRow | None:
        """The row that is current."""
        item = self.currentItem()
        found: AnswerRow | None = item.data(_ROW_ROLE) if item is not None else None
        return found

    def shown_keys(self) -> list[str]:
        """The keys of the rows shown, in their order."""
        return [self.item(place).data(_ROW_ROLE).key for place in range(self.count())]

    def show_key(self, key: str) -> None:
        """Make the row of a key current, or none, without telling anybody."""
        keys = self.shown_keys()
        blocked = self.blockSignals(True)
        self.setCurrentRow(keys.index(key) if key in keys else -1)
        self.blockSignals(blocked)

    def move_by(self, step: int) -> None:
        """Make the row above or below current."""
        if self.count():
            self.setCurrentRow((self.currentRow() + step) % self.count())


def _fits(row: AnswerRow) -> list[str]:
    """Where an answer fits: Complaints, Delivery, Wants a remedy; [] everywhere."""
    parts = [
        words.name(words.ANSWER_PLACES, row.place) if row.place else "",
        words.name(words.SUBJECTS, row.subject) if row.subject else "",
        words.name(words.MOODS, row.mood) if row.mood else "",
    ]
    return [part for part in parts if part]


class _Delegate(QStyledItemDelegate):
    """Title and place on one line, the words below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, tokens = index.data(_ROW_ROLE), theme.current()
        box = QRectF(option.rect)
        painter.save()
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft if chosen else tokens.hover))
            painter.drawRoundedRect(box.adjusted(3, 2, -3, -2), 8, 8)
        inside = box.adjusted(_PAD, 7, -_PAD, -7)
        upper = QRectF(inside.left(), inside.top(), inside.width(), inside.height() / 2)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(bold=True))
        metrics = painter.fontMetrics()
        title = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, int(upper.width()))
        painter.setPen(QColor(tokens.text))
        painter.drawText(upper, left, title)
        used = metrics.horizontalAdvance(title) + 14
        painter.setFont(theme.font(theme.SMALL - 1))
        painter.setPen(QColor(tokens.muted))
        room, metrics = int(upper.width()) - used, painter.fontMetrics()
        parts = _fits(row)
        # Half a word says nothing: what is most particular stands last, and stays longest.
        while parts and metrics.horizontalAdvance(_BETWEEN.join(parts)) > room:
            parts = parts[1:]
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(upper, right, _BETWEEN.join(parts))
        painter.setFont(theme.font(theme.SMALL))
        lower = upper.translated(0, upper.height())
        text = " ".join(str(index.data(_TEXT_ROLE)).split())
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(lower.width()))
        painter.drawText(lower, left, shown)
        painter.restore()
