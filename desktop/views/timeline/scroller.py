"""A list of lines of any height, however many: it measures the lines on the screen and no others.

The scroll bar's value is the number of the topmost line times `UNIT`, plus how much of that line is above
the top, in parts of `UNIT`. So every place of the bar is a place in the list, however high the others are.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyle, QStyleOptionViewItem, QWidget

from desktop.views.timeline.unmeasured import Index, Unmeasured

UNIT = 60
"""Steps of the scroll bar for a line; about its height, so that a step is about a pixel."""
_Hint = QAbstractItemView.ScrollHint
_Action = QAbstractItemView.CursorAction


class Shown(NamedTuple):
    """A line on the screen."""

    row: int
    y: int
    height: int


class Scroller(Unmeasured):
    """A single column of lines under titles; the title of the lines on top stays on top."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: list[Shown] | None = None
        self._hovered = -1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)

    # -- what a list of this kind says itself

    def title_above(self, row: int) -> int:
        """The line of the title that a line stands under, or its own."""
        raise NotImplementedError

    def prepare(self, row: int) -> None:
        """Lines from this one on are about to be measured and painted."""

    # -- geometry

    def line_height(self, row: int) -> int:
        """The height of a line in pixels."""
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        return max(1, self.itemDelegate().sizeHint(option, self._index(row)).height())

    def shown(self) -> list[Shown]:
        """The lines on the screen, from the top."""
        if self._shown is None:
            self._shown = self._measure()
        return self._shown

    def _measure(self) -> list[Shown]:
        found: list[Shown] = []
        count, room = self._count(), self.viewport().height()
        row, part = divmod(self.verticalScrollBar().value(), UNIT)
        if count:
            self.prepare(row)
        y = 0
        while row < count and y < room:
            height = self.line_height(row)
            if not found:
                y = -height * part // UNIT
            found.append(Shown(row, y, height))
            y += height
            row += 1
        return found

    def top(self) -> tuple[int, float]:
        """The topmost line and how much of it is above the top, from 0 to 1."""
        row, part = divmod(self.verticalScrollBar().value(), UNIT)
        return row, part / UNIT

    def set_top(self, row: int, share: float = 0.0) -> None:
        """Scroll so that a line is the topmost one."""
        self.verticalScrollBar().setValue(row * UNIT + round(share * UNIT))

    def put_at(self, row: int, y: int) -> None:
        """Scroll so that a line begins so many pixels below the top."""
        while y > 0 and row > 0:
            row -= 1
            y -= self.line_height(row)
        self.set_top(row, -y / self.line_height(row) if row < self._count() else 0)

    def _sticky(self) -> tuple[int, int] | None:
        """The title that stays on top and where it begins; None where it stands in its own place."""
        shown = self.shown()
        if not shown or (shown[0].y == 0 and self.title_above(shown[0].row) == shown[0].row):
            return None
        title = self.title_above(shown[0].row)
        height = self.line_height(title)
        following = next((line for line in shown[1:] if self.title_above(line.row) == line.row), None)
        return title, min(0, following.y - height) if following else 0

    def updateGeometries(self) -> None:
        """The scroll bar reaches to where the last line stands at the bottom."""
        bar, count, room = self.verticalScrollBar(), self._count(), self.viewport().height()
        row, height = count, 0
        while row > 0 and height < room:
            row -= 1
            height += self.line_height(row)
        over = max(0, height - room)
        bar.setRange(0, row * UNIT + (over * UNIT // self.line_height(row) if over else 0))
        bar.setPageStep(max(1, (count - row) * UNIT))
        bar.setSingleStep(UNIT // 2)
        self._shown = None
        self.viewport().update()

    def visualRect(self, index: Index) -> QRect:
        width, row = self.viewport().width(), index.row()
        for line in self.shown():
            if line.row == row:
                return QRect(0, line.y, width, line.height)
        return QRect(0, row * UNIT - self.verticalScrollBar().value(), width, UNIT)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The line at a point; none where a title stands, which can be neither chosen nor opened."""
        sticky = self._sticky()
        if sticky is not None and 0 <= point.y() < sticky[1] + self.line_height(sticky[0]):
            return QModelIndex()
        for line in self.shown():
            if line.y <= point.y() < line.y + line.height and self.title_above(line.row) != line.row:
                return self._index(line.row)
        return QModelIndex()

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = _Hint.EnsureVisible) -> None:
        if not index.isValid():
            return
        row, room = index.row(), self.viewport().height()
        height = self.line_height(row)
        # Below the title that stays on top.
        title = self.title_above(row)
        head = 0 if title == row else self.line_height(title)
        place = next((line for line in self.shown() if line.row == row), None)
        if hint == _Hint.EnsureVisible and place and head <= place.y and place.y + height <= room:
            return
        if hint == _Hint.PositionAtCenter or (hint == _Hint.EnsureVisible and not self._near(row)):
            self.put_at(row, max(head, (room - height) // 2))
        elif hint == _Hint.PositionAtTop or (place and place.y < head) or row < self.top()[0]:
            self.put_at(row, head)
        else:
            self.put_at(row, max(head, room - height))

    def _near(self, row: int) -> bool:
        """Whether a line is on the screen or next to it."""
        shown = self.shown()
        return bool(shown) and shown[0].row - 2 <= row <= shown[-1].row + 2

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.center())
        if index.isValid():
            self.selectionModel().select(index, command)

    # -- keyboard and mouse

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Steps over titles; a page is what fits below the title that stays on top."""
        last, row = self._count() - 1, self.currentIndex().row()
        if last < 0:
            return QModelIndex()
        back = action in (_Action.MoveUp, _Action.MovePrevious, _Action.MovePageUp, _Action.MoveEnd)
        if action == _Action.MoveHome or row < 0:
            row, back = 0, False
        elif action == _Action.MoveEnd:
            row = last
        elif action in (_Action.MovePageUp, _Action.MovePageDown):
            row = self._page_away(row, -1 if back else 1)
        elif action not in (_Action.MoveLeft, _Action.MoveRight):
            row += -1 if back else 1
        return self._index(self._no_title(min(max(row, 0), last), back=back))

    def _no_title(self, row: int, *, back: bool) -> int:
        if self.title_above(row) != row:
            return row
        # The line below a title is never one.
        return row - 1 if back and row > 0 else min(row + 1, self._count() - 1)

    def _page_away(self, row: int, way: int) -> int:
        room = self.viewport().height() - self.line_height(self.title_above(row))
        while 0 <= row + way < self._count() and room > 0:
            row += way
            room -= self.line_height(row)
        return row

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the line below the mouse; dragging selects nothing."""
        self._hover(self.indexAt(event.position().toPoint()).row())
        if not event.buttons():
            QAbstractItemView.mouseMoveEvent(self, event)

    def leaveEvent(self, event: QEvent) -> None:
        """No line is below the mouse."""
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines, and over them the title that stays."""
        painter = QPainter(self.viewport())
        width = self.viewport().width()
        for line in self.shown():
            self._paint(painter, line.row, QRect(0, line.y, width, line.height))
        sticky = self._sticky()
        if sticky is not None:
            box = QRect(0, sticky[1], width, self.line_height(sticky[0]))
            painter.fillRect(box, self.palette().base())
            self._paint(painter, sticky[0], box)
        painter.end()

    def _paint(self, painter: QPainter, row: int, box: QRect) -> None:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = box
        flags = QStyle.StateFlag
        state = flags.State_Enabled | flags.State_Active
        if row == self._hovered:
            state |= flags.State_MouseOver
        index = self._index(row)
        if row == self.currentIndex().row():
            state |= flags.State_HasFocus if self.hasFocus() else flags.State_None
            if self.selectionModel().isSelected(index):
                state |= flags.State_Selected
        option.state = state
        self.itemDelegate().paint(painter, option, index)

    # -- when the lines are others

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._shown = None
        self._hovered = -1
        self.viewport().update()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        """Lines that come above the topmost one move it down by as many; at the very top they are seen."""
        super().rowsInserted(parent, start, end)
        row, share = self.top()
        self.updateGeometries()
        if start <= row and (row, share) != (0, 0.0):
            self.set_top(row + end - start + 1, share)

    def removed(self, start: int, end: int) -> None:
        """Lines that went from above the topmost one move it up by as many."""
        row, share = self.top()
        self.updateGeometries()
        if start <= row:
            self.set_top(max(start, row - (end - start + 1)), share if row > end else 0.0)

    # -- helpers

    def _count(self) -> int:
        model = self.model()
        return model.rowCount() if model is not None else 0

    def _index(self, row: int) -> QModelIndex:
        return self.model().index(row, 0)
