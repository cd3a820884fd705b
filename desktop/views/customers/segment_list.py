"""The list of saved filters: name, sentence, count and share of each; dragged about, renamed in place."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.core.translation import tr
from desktop.views.kit import theme

ROW = 56
_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemIsEditable
)
_ID, _SAID, _COUNT = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2

Index = QModelIndex | QPersistentModelIndex


class SegmentList(QListWidget):
    """Rows by the ids of their segments."""

    reordered = Signal()
    renamed = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Segments"))
        self.setItemDelegate(_Lines(self))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.itemChanged.connect(self._edited)

    def show_segments(self, rows: list[tuple[int, str, str, str]], chosen: int | None) -> None:
        """(id, name, sentence, count and share) of each; the chosen one is kept or taken."""
        self.blockSignals(True)
        self.clear()
        for segment, name, said, count in rows:
            item = QListWidgetItem(name)
            item.setData(_ID, segment)
            item.setData(_SAID, said)
            item.setData(_COUNT, count)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {count}, {said}")
            # Dropped between others, never onto one.
            item.setFlags(_FLAGS)
            self.addItem(item)
        self.blockSignals(False)
        ids = self.ids()
        if ids:
            self.setCurrentRow(ids.index(chosen) if chosen in ids else 0)

    def ids(self) -> list[int]:
        """The segments in the order of now."""
        return [int(self.item(row).data(_ID)) for row in range(self.count())]

    def current(self) -> int | None:
        """The segment that is chosen."""
        item = self.currentItem()
        return None if item is None else int(item.data(_ID))

    def shift(self, by: int) -> None:
        """Move the chosen row up or down."""
        row = self.currentRow()
        if 0 <= row + by < self.count():
            item = self.takeItem(row)
            self.insertItem(row + by, item)
            self.setCurrentRow(row + by)
            self.reordered.emit()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell that the order is another."""
        before = self.ids()
        super().dropEvent(event)
        if self.ids() != before:
            self.reordered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and an arrow moves the row."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and key in steps:
            self.shift(steps[key])
        else:
            super().keyPressEvent(event)

    def _edited(self, item: QListWidgetItem) -> None:
        self.renamed.emit(int(item.data(_ID)), item.text())


class _Lines(QStyledItemDelegate):
    """Paints the name, the sentence below it, and count and share at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(240, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = theme.current()
        rect, state = QRect(option.rect), QStyle.StateFlag(option.state)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft))
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 8, 8)
        inside = rect.adjusted(14, 8, -14, -8)
        plain, bold = theme.font(theme.SMALL), theme.font(theme.BODY, bold=True)
        count = str(index.data(_COUNT))
        width = QFontMetrics(plain).horizontalAdvance(count) + 12
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        upper = QRect(inside.left(), inside.top(), inside.width() - width, inside.height() // 2)
        painter.setFont(bold)
        painter.setPen(QColor(tokens.text))
        name = str(index.data(Qt.ItemDataRole.DisplayRole))
        painter.drawText(
            upper, left, QFontMetrics(bold).elidedText(name, Qt.TextElideMode.ElideRight, upper.width())
        )
        painter.setFont(plain)
        painter.setPen(QColor(tokens.muted))
        lower = inside.adjusted(0, inside.height() // 2 + 1, 0, 0)
        said = QFontMetrics(plain).elidedText(
            str(index.data(_SAID)), Qt.TextElideMode.ElideRight, lower.width()
        )
        painter.drawText(lower, left, said)
        right = QRect(inside.right() - width, inside.top(), width, inside.height() // 2)
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        line = QLineEdit(parent)
        line.setAccessibleName(tr("Name"))
        return line

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRect(option.rect)
        editor.setGeometry(rect.adjusted(4, 10, -rect.width() // 3, -10))
