"""Paints the cells of a list: hairlines, chosen rows, names with their circle, tags, second lines."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.views.kit import theme
from desktop.views.kit.columns import NOTHING, Column
from desktop.views.kit.highlight import Highlighter, paint_marked
from desktop.views.kit.icons import icon
from desktop.views.kit.id_list import ROW_ROLE, Index
from desktop.views.kit.labels import TAG_HEIGHT, paint_avatar, paint_tag, tag_width

ROW_HEIGHT = 44
PAD = 12
AVATAR = 27


_NUMBER = re.compile(r"[A-Za-z0-9-]*[0-9]{4}")
_MARKED = frozenset({"name", "phone"})
"""Columns in which what was searched for is marked."""


class RowDelegate(QStyledItemDelegate):
    """The delegate of every `TableView`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.highlighter: Highlighter | None = None
        """What the rows were searched for, to be marked in their names and phones."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        column = column_of(index)
        text = str(index.data() or "")
        metrics = QFontMetrics(theme.font(bold=column.kind in ("avatar", "strong")))
        extra = AVATAR + 10 if column.kind == "avatar" else 17 if column.kind == "tag" else 0
        return QSize(metrics.horizontalAdvance(text) + 2 * PAD + extra + 2, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = theme.current()
        column = column_of(index)
        cell, state = rect_of(option), _state(option)
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(cell, QColor(tokens.accent_soft))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(cell, QColor(tokens.hover))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(cell.bottomLeft(), cell.bottomRight())
        if _has_keyboard(option, index):
            painter.fillRect(QRect(cell.left(), cell.top(), 3, cell.height() - 1), QColor(tokens.accent))
        if _is_current_cell(option, index):
            painter.setPen(QColor(tokens.accent))
            painter.drawRect(cell.adjusted(1, 1, -2, -3))
        row = index.data(ROW_ROLE)
        if row is not None:
            area = cell.adjusted(PAD, 0, -PAD, -1)
            text = str(index.data() or "")
            if state & QStyle.StateFlag.State_MouseOver and self.copies(index):
                sign = copy_rect(cell)
                area.setRight(sign.left() - 2)
                icon("copy", "muted").paint(painter, sign.adjusted(7, 7, -7, -7))
            if column.kind == "avatar":
                circle = QRectF(area.x(), area.center().y() - AVATAR / 2 + 0.5, AVATAR, AVATAR)
                paint_avatar(painter, circle, text, tokens)
                area.setLeft(area.left() + AVATAR + 10)
            if self.highlighter and column.key in _MARKED and (spans := self.highlighter.spans(text)):
                painter.setFont(theme.font(bold=column.kind in ("avatar", "strong")))
                painter.setPen(QColor(tokens.text))
                chosen = bool(state & QStyle.StateFlag.State_Selected)
                paint_marked(painter, QRectF(area), column.alignment, text, spans, chosen=chosen)
            elif column.kind == "tag":
                self._tag(painter, area, column, row, text)
            elif column.sub and (second := column.sub(row)):
                self._two_lines(painter, area, column, text, second)
            else:
                self._line(painter, area, column, text)
        painter.restore()

    def copies(self, index: Index) -> bool:
        """Whether a cell has something that can be copied by pointing at it."""
        column = column_of(index)
        return column.copies and str(index.data() or NOTHING) != NOTHING

    def _tag(self, painter: QPainter, area: QRect, column: Column, row: Any, text: str) -> None:
        if not text or text == NOTHING:
            self._line(painter, area, column, text)
            return
        painter.setFont(theme.font(theme.SMALL))
        width = min(tag_width(text, painter.fontMetrics()), area.width() + PAD)
        box = QRectF(area.x(), area.center().y() - TAG_HEIGHT / 2 + 1, width, TAG_HEIGHT)
        paint_tag(painter, box, text, column.tone_of(row), theme.current())

    def _line(self, painter: QPainter, area: QRect, column: Column, text: str) -> None:
        tokens = theme.current()
        painter.setFont(theme.font(bold=column.kind in ("avatar", "strong")))
        quiet = column.kind == "muted" or text == NOTHING
        painter.setPen(QColor(tokens.muted if quiet else tokens.text))
        if column.kind == "rating" and text.endswith("★"):
            star = painter.fontMetrics().horizontalAdvance(" ★")
            painter.setPen(QColor(tokens.amber))
            painter.drawText(area, column.alignment, "★")
            painter.setPen(QColor(tokens.text))
            area = area.adjusted(0, 0, -star, 0)
            text = text.removesuffix("★").strip()
        painter.drawText(area, column.alignment, fit(painter, text, area.width()))

    def _two_lines(self, painter: QPainter, area: QRect, column: Column, text: str, second: str) -> None:
        half = area.height() // 2
        side = column.alignment & Qt.AlignmentFlag.AlignHorizontal_Mask
        self._line(painter, area.adjusted(0, 4, 0, -half + 4), column, text)
        painter.setFont(theme.font(theme.SMALL - 1))
        painter.setPen(QColor(theme.current().muted))
        below = area.adjusted(0, half, 0, -3)
        painter.drawText(below, side | Qt.AlignmentFlag.AlignVCenter, fit(painter, second, below.width()))


def copy_rect(cell: QRect) -> QRect:
    """Where in a cell the sign for copying is."""
    size = 30
    return QRect(cell.right() - size - 2, cell.center().y() - size // 2, size, size)


def fit(painter: QPainter, text: str, width: int) -> str:
    """A text in one line, cut where it has no room."""
    one_line = " ".join(text.split()) if "\n" in text else text
    # Of the numbers of orders the beginnings are alike: what tells them apart is their end.
    mode = Qt.TextElideMode.ElideMiddle if _NUMBER.fullmatch(one_line) else Qt.TextElideMode.ElideRight
    return painter.fontMetrics().elidedText(one_line, mode, width)


def _has_keyboard(option: QStyleOptionViewItem, index: Index) -> bool:
    """Whether this is the first cell of the row that the keyboard is on."""
    view = option.widget
    if not isinstance(view, QTableView) or not view.hasFocus():
        return False
    first = view.horizontalHeader().logicalIndexAt(1)
    return view.currentIndex().row() == index.row() and index.column() == first


def _is_current_cell(option: QStyleOptionViewItem, index: Index) -> bool:
    """Whether this is the cell that a key would change."""
    view = option.widget
    if not isinstance(view, QTableView) or not view.hasFocus() or not column_of(index).editable:
        return False
    return view.currentIndex() == index and bool(index.flags() & Qt.ItemFlag.ItemIsEditable)


def column_of(index: Index) -> Column:
    """The column of a cell."""
    column: Column = index.model().columns[index.column()]  # type: ignore[attr-defined]  # always ours
    return column


def rect_of(option: QStyleOptionViewItem) -> QRect:
    """The place of a cell."""
    return QRect(option.rect)


def _state(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    return QStyle.StateFlag(option.state)
