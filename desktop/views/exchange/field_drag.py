"""Places for columns that can be dragged: onto a column of the file, or from one column to another."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt
from PySide6.QtGui import QDrag, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.exchange.matching.mapping import Mapping
from desktop.exchange.vocabulary import fields
from desktop.views.kit import theme
from desktop.views.kit.widgets import FlowLayout, Tag, clear, label

FORMAT = "application/x-shuke-field"
_MOST = 4
"""Free places that are offered; the menus have them all."""


def start_drag(source: QWidget, field: str) -> None:
    """Takes a place by the mouse; what happens with it, the receiver says."""
    held = QMimeData()
    held.setData(FORMAT, field.encode())
    shown = Tag(fields.label(field), "accent")
    drag = QDrag(source)
    drag.setMimeData(held)
    drag.setPixmap(shown.grab())
    drag.exec(Qt.DropAction.MoveAction)


def dragged_field(event: QDropEvent) -> str:
    """The key of the place that is being dragged, "" for anything else."""
    return bytes(event.mimeData().data(FORMAT).data()).decode("utf-8", "ignore")


class DragSource(QObject):
    """Lets a widget be taken by the mouse: by the way that the system calls a drag, not by a tremble."""

    def __init__(self, widget: QWidget, field: Callable[[], str]) -> None:
        super().__init__(widget)
        self._widget, self._field = widget, field
        self._pressed: QPointF | None = None
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self._pressed = event.position() if event.button() == Qt.MouseButton.LeftButton else None
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._pressed = None
        elif self._pressed is not None and isinstance(event, QMouseEvent):
            way = (event.position() - self._pressed).manhattanLength()
            if way >= QApplication.startDragDistance() and (field := self._field()):
                self._pressed = None
                start_drag(self._widget, field)
        return False


class _FreeField(Tag):
    """A place that no column goes to yet."""

    def __init__(self, field: str) -> None:
        super().__init__(fields.label(field), "grey")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip(tr("Drag it onto a column of the file."))
        DragSource(self, lambda: field)


class FieldChips(QWidget):
    """The foremost places that are still free."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 9, 14, 9)
        row.setSpacing(10)
        row.addWidget(label(tr("Still free"), size=theme.SMALL, role="muted"), 0, Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        self._flow = FlowLayout(holder, gap=6, line_gap=6)
        row.addWidget(holder, 1)

    def show_mapping(self, mapping: Mapping) -> None:
        """Show what no column goes to yet."""
        taken = {column.field for column in mapping.columns}
        free = [one.key for one in fields.fields_of(mapping.target) if one.key not in taken]
        clear(self._flow)
        for key in free[:_MOST]:
            self._flow.addWidget(_FreeField(key))
        self.setVisible(bool(free))
