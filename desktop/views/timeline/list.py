"""The list of a timeline: keyboard, menu and tips over the model; what an entry does is the stream's."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHelpEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QToolTip, QWidget

from desktop.core.translation import tr
from desktop.queries.timeline_entries import TimelineEntry
from desktop.views.timeline import words
from desktop.views.timeline.delegate import TimelineDelegate, wrapped_away
from desktop.views.timeline.model import ENTRY_ROLE, TimelineModel


class TimelineList(QListView):
    """Shows a `TimelineModel`; month titles are passed over by the keyboard."""

    chosen = Signal(object)
    """The entry that has the keyboard, or None."""
    opened = Signal(object)
    """Enter or a double click on an entry."""
    menu_wanted = Signal(object, QPoint)
    removed = Signal(object)
    """The delete key on an entry."""

    def __init__(
        self, model: TimelineModel, currency: str, *, named: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.lines = model
        self._currency = currency
        self.setModel(model)
        self.setItemDelegate(TimelineDelegate(self, lambda: currency, named=named))
        self.setAccessibleName(tr("Timeline"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(30)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self._current)

    def current_entry(self) -> TimelineEntry | None:
        """The entry that has the keyboard."""
        return self.lines.entry_at(self.currentIndex().row())

    def choose(self, kind: str, entry_id: int) -> bool:
        """Put the keyboard on an entry; False when it is not loaded."""
        row = self.lines.row_of(kind, entry_id)
        if row is None:
            return False
        self.setCurrentIndex(self.lines.index(row))
        self.scrollTo(self.lines.index(row))
        return True

    def choose_first(self) -> None:
        """Put the keyboard on the first entry, if it is nowhere yet."""
        if self.current_entry() is None and self.lines.rowCount() > 1:
            index = self.lines.index(1)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete removes, the copy key copies, F2 corrects as Enter does."""
        entry = self.current_entry()
        if entry is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.opened.emit(entry)
        elif entry is not None and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(entry)
        elif entry is not None and event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(words.spoken(entry, self._currency))
        else:
            super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Steps over month titles."""
        index = super().moveCursor(action, modifiers)
        back = action in (self.CursorAction.MoveUp, self.CursorAction.MovePageUp, self.CursorAction.MoveHome)
        if index.isValid() and self.lines.entry_at(index.row()) is None:
            step = -1 if back and index.row() > 0 else 1
            return self.lines.index(index.row() + step)
        return index

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths wrap the words in other places."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def viewportEvent(self, event: QEvent) -> bool:
        """The tip has the whole of what is cut in the stream."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            entry = self.lines.entry_at(self.indexAt(event.pos()).row())
            text = words.text(entry) if entry else ""
            if text and wrapped_away(text, self.viewport().width()):
                QToolTip.showText(event.globalPos(), text, self)
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def _current(self, index: QModelIndex, _: QModelIndex) -> None:
        self.chosen.emit(self.lines.entry_at(index.row()))

    def _open(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY_ROLE)
        if entry is not None:
            self.opened.emit(entry)

    def _ask_menu(self, at: QPoint) -> None:
        entry = self.lines.entry_at(self.indexAt(at).row())
        if entry is not None:
            self.menu_wanted.emit(entry, self.viewport().mapToGlobal(at))
