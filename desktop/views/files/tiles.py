"""Files as tiles: a small picture or the sign of its kind, the name, size and day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.core.dates import format_day
from desktop.core.media_types import kind_of
from desktop.queries.attachments import AttachmentRow
from desktop.views.files.thumbnails import Thumbnails
from desktop.views.files.words import about_words, size_words, told
from desktop.views.kit import icons, theme
from desktop.views.kit.labels import plain_tip

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
TILE = QSize(168, 156)
_PICTURE = 96
_NO_PARENT = QModelIndex()


class FilesModel(QAbstractListModel):
    """The files of a record; `carry` makes what a drag takes along."""

    def __init__(self, carry: Callable[[Sequence[AttachmentRow]], QMimeData], parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[AttachmentRow] = []
        self._carry = carry

    def set_rows(self, rows: list[AttachmentRow]) -> None:
        """Show these files."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rows(self) -> list[AttachmentRow]:
        """The files, in order."""
        return self._rows

    def line_of(self, attachment_id: int) -> int | None:
        """The line a file stands on."""
        return next((line for line, row in enumerate(self._rows) if row.id == attachment_id), None)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(told(row))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return told(row)
        return row if role == ROW_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return self._carry([self._rows[index.row()] for index in indexes])


class TileDelegate(QStyledItemDelegate):
    """Paints the tiles."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return TILE

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, AttachmentRow):
            return
        tokens = theme.current()
        cell, state = QRect(option.rect), QStyle.StateFlag(option.state)
        box = QRectF(cell).adjusted(4.5, 4.5, -4.5, -4.5)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        held = bool(state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(tokens.accent if held or chosen else tokens.line))
        painter.setBrush(
            QColor(tokens.accent_soft if chosen else tokens.hover if hovered else tokens.surface)
        )
        painter.drawRoundedRect(box, 8, 8)
        area = box.toRect().adjusted(8, 8, -8, -8)
        self._picture(painter, QRect(area.x(), area.y(), area.width(), _PICTURE - 8), row)
        area.setTop(area.y() + _PICTURE - 2)
        self._words(painter, area, row)
        painter.restore()

    def _picture(self, painter: QPainter, area: QRect, row: AttachmentRow) -> None:
        picture = self._thumbnails.of(row)
        if picture is not None:
            _draw_within(painter, area, picture)
            return
        broken = self._thumbnails.failed(row)
        name = "circle-alert" if broken else kind_of(row.media_type).icon
        size = 32
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        sign = icons.pixmap(name, "amber" if broken else "muted", size, ratio)
        painter.drawPixmap(area.center() - QPoint(size // 2, size // 2), sign)

    def _words(self, painter: QPainter, area: QRect, row: AttachmentRow) -> None:
        tokens = theme.current()
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(QColor(tokens.text))
        metrics = painter.fontMetrics()
        line = QRect(area.x(), area.y(), area.width(), metrics.height())
        middle = Qt.TextElideMode.ElideMiddle
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, metrics.elidedText(row.name, middle, line.width()))
        painter.setFont(theme.font(theme.SMALL - 1))
        painter.setPen(QColor(tokens.muted))
        metrics = painter.fontMetrics()
        day = format_day(row.added_at)
        below = about_words(row) or f"{size_words(row.size)} · {day}"
        if metrics.horizontalAdvance(below) > line.width() and not about_words(row):
            below = day
        line.translate(0, line.height() + 1)
        text = metrics.elidedText(below, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, text)


def _draw_within(painter: QPainter, area: QRect, picture: QPixmap) -> None:
    size = picture.size()
    if size.width() > area.width() or size.height() > area.height():
        size = size.scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(QPoint(0, 0), size)
    place.moveCenter(area.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(place, picture)
