"""The tree of referrals, line by line: who brought the customer, whom they brought, and what that brought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.core.figures import short_money
from desktop.core.translation import ntr, tr
from desktop.queries.relations import ReferralTree
from desktop.views.customers.words import display_name
from desktop.views.kit import theme

_HEIGHT, _STEP = 27, 15
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the tree: `id` of the customer it leads to (0 for none), `hidden` those it stands for."""

    id: int
    name: str
    right: str
    depth: int
    own: bool = False
    hidden: tuple[int, ...] = ()

    def spoken(self) -> str:
        """The line for who listens."""
        return ", ".join(part for part in (self.name, self.right) if part)


def lines(tree: ReferralTree, customer_id: int, name: str, currency: str) -> list[Line]:
    """The lines of a tree: those above, the customer, those below."""
    made = [Line(one.id, display_name(one.name), "", at) for at, one in enumerate(tree.above[-3:])]
    depth = len(made)
    made.append(Line(customer_id, display_name(name), "", depth, own=True))
    for row in tree.rows:
        if row.hidden:
            text = ntr("and {n} more", "and {n} more", len(row.hidden))
            made.append(Line(0, text, "", depth + row.depth, hidden=row.hidden))
            continue
        right = short_money(row.spend, currency) if row.orders else tr("no order yet")
        if row.below:
            right = tr("{own} + {below}", own=right, below=short_money(row.below_spend, currency))
        made.append(Line(row.id, display_name(row.name), right, depth + row.depth))
    return made


class TreeModel(QAbstractListModel):
    """The lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[Line] = ()

    def show_lines(self, made: Sequence[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = tuple(made)
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken()
        if role == Qt.ItemDataRole.ToolTipRole and line.right:
            return line.spoken()
        return None


class _Painter(QStyledItemDelegate):
    """Draws a line with the branches that lead to it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(60, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, TreeModel)
        line, tokens = model.lines[index.row()], theme.current()
        box, state = QRect(option.rect), QStyle.StateFlag(option.state)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._branches(painter, model.lines, index.row(), box, QColor(tokens.line))
        left = box.left() + line.depth * _STEP + 4
        room = QRect(left, box.top(), box.right() - left, box.height())
        if state & (QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver) and not line.own:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.hover))
            painter.drawRoundedRect(room.adjusted(-3, 1, 0, -1), 6, 6)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(tokens.accent))
            painter.drawRoundedRect(room.toRectF().adjusted(-3.5, 0.5, -0.5, -0.5), 6, 6)
        font = theme.font(theme.SMALL, bold=line.own)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        painter.setPen(QColor(tokens.muted))
        wide = metrics.horizontalAdvance(line.right)
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room.adjusted(0, 0, -4, 0), centre | Qt.AlignmentFlag.AlignRight, line.right)
        painter.setPen(QColor(tokens.muted if line.hidden else tokens.text if line.own else tokens.accent))
        name = metrics.elidedText(line.name, Qt.TextElideMode.ElideRight, max(24, room.width() - wide - 14))
        painter.drawText(room.adjusted(2, 0, 0, 0), centre | Qt.AlignmentFlag.AlignLeft, name)
        painter.restore()

    def _branches(
        self, painter: QPainter, made: Sequence[Line], row: int, box: QRect, colour: QColor
    ) -> None:
        painter.setPen(QPen(colour, 1.4))
        line = made[row]
        middle = box.top() + box.height() / 2
        for depth in range(1, line.depth + 1):
            x = box.left() + (depth - 1) * _STEP + 9.5
            goes_on = next((True for one in _until(made, row, depth) if one.depth == depth), False)
            if depth == line.depth:
                painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom() + 1 if goes_on else middle))
                painter.drawLine(QPointF(x, middle), QPointF(x + _STEP - 9, middle))
            elif goes_on:
                painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom() + 1))


def _until(made: Sequence[Line], row: int, depth: int) -> Sequence[Line]:
    """The lines below a row that hang on the same branch of a depth."""
    end = next((at for at in range(row + 1, len(made)) if made[at].depth < depth), len(made))
    return made[row + 1 : end]


class TreeView(QListView):
    """The tree; a click or Enter leads to a customer, or lists those there is no room for."""

    opened = Signal(int)
    more = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.tree = TreeModel(self)
        self.setModel(self.tree)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(tr("Who brought whom"))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._open)

    def show_lines(self, made: Sequence[Line]) -> None:
        """Show other lines, as tall as they are."""
        self.tree.show_lines(made)
        self.setFixedHeight(len(made) * _HEIGHT + 2)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard comes to a line, never to none."""
        if not self.currentIndex().isValid() and self.tree.lines:
            own = next((at for at, line in enumerate(self.tree.lines) if line.own), 0)
            self.setCurrentIndex(self.tree.index(own))
        super().focusInEvent(event)

    def keyPressEvent(self, event: Any) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: _Index) -> None:
        if not index.isValid():
            return
        line = self.tree.lines[index.row()]
        if line.hidden:
            self.more.emit(line.hidden)
        elif not line.own:
            self.opened.emit(line.id)
