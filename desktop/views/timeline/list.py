"""The list of a timeline: keyboard, menu and tips over the model; what an entry does is the stream's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHelpEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.core.dates import as_date
from desktop.core.translation import tr
from desktop.queries.timeline_entries import TimelineEntry
from desktop.views.timeline import words
from desktop.views.timeline.delegate import LEAST_HEIGHT, TimelineDelegate, wrapped_away
from desktop.views.timeline.model import ENTRY_ROLE, Index, TimelineModel
from desktop.views.timeline.scroller import Scroller

_Flag = QItemSelectionModel.SelectionFlag
KEYS: dict[Qt.Key, str] = {
    Qt.Key.Key_Return: "open",
    Qt.Key.Key_Enter: "open",
    Qt.Key.Key_E: "correct",
    Qt.Key.Key_F2: "correct",
    Qt.Key.Key_P: "pin",
    Qt.Key.Key_L: "link",
    Qt.Key.Key_Delete: "delete",
    Qt.Key.Key_N: "note",
    Qt.Key.Key_Slash: "filter",
}
"""What single keys ask for while the list has the keyboard."""
_OF_NO_ENTRY = ("note", "filter")


class TimelineList(Scroller):
    """Shows a `TimelineModel`; month titles are passed over by the keyboard."""

    chosen = Signal(object)
    """The entry that has the keyboard, or None."""
    asked = Signal(str, object)
    """Something to do ("open", "correct", "pin" …) with an entry, or with None."""
    menu_wanted = Signal(object, QPoint)

    def __init__(
        self, model: TimelineModel, currency: str, *, named: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.lines = model
        self._currency = currency
        self._told: TimelineEntry | None = None
        self.setModel(model)
        self.painting = TimelineDelegate(self, lambda: currency, named=named)
        self.setItemDelegate(self.painting)
        self.setAccessibleName(tr("Timeline"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.doubleClicked.connect(self._open)

    def title_above(self, row: int) -> int:
        """The line of the month's title."""
        return self.lines.layout.title_row(row)

    def prepare(self, row: int) -> None:
        """Read what is about to be seen at once: a question for each part would cost as much again."""
        self.lines.prepare(row, row + self.viewport().height() // LEAST_HEIGHT)

    def current_entry(self) -> TimelineEntry | None:
        """The entry that has the keyboard."""
        return self.lines.entry_at(self.currentIndex().row())

    def choose(self, entry: TimelineEntry) -> bool:
        """Put the keyboard on an entry; False when it is not in the stream."""
        row = self.lines.row_of(entry)
        if row is None:
            return False
        self._choose_row(row)
        self.scrollTo(self.lines.index(row))
        return True

    def choose_first(self) -> None:
        """Put the keyboard on the first entry, if it is nowhere yet."""
        if self.current_entry() is None and self.lines.rowCount() > 1:
            self._choose_row(1)

    def go_to_day(self, day: int) -> None:
        """Put the first entry of a day (an ordinal), or of the next earlier one, on top and choose it."""
        if self.lines.stream.total:
            row = self.lines.row_from(day)
            self._choose_row(row)
            self.scrollTo(self.lines.index(row), self.ScrollHint.PositionAtTop)

    @contextmanager
    def keeping(self, *, place: bool = True) -> Iterator[None]:
        """Whatever becomes of the lines inside, the entry that has the keyboard keeps it while it is there.

        With `place` the topmost entry stays where it is, too; without, the list goes to the one chosen.
        """
        chosen, top = self.current_entry(), self._place()
        yield
        row = self.lines.row_again(chosen) if chosen is not None else None
        now = self.current_entry()
        if row is not None and (now is None or chosen is None or now.key != chosen.key):
            self._choose_row(row, scroll=False)
        if place:
            self._find_place(top)
        elif row is not None:
            self.scrollTo(self.lines.index(row))
        else:
            self.set_top(0)
        self.tell()

    def _place(self) -> tuple[TimelineEntry, int] | None:
        """The topmost entry and where it begins; None at the very beginning of the list."""
        if self.top() == (0, 0.0):
            return None
        shown = ((self.lines.entry_at(line.row), line.y) for line in self.shown())
        return next(((entry, y) for entry, y in shown if entry is not None), None)

    def _find_place(self, place: tuple[TimelineEntry, int] | None) -> None:
        """Scroll to where an entry of `place` is now, or to its day where it is gone."""
        if place is None or not self.lines.stream.total:
            return
        entry, y = place
        row = self.lines.row_of(entry)
        if row is None:
            row = self.lines.row_from(as_date(entry.at).toordinal())
        self.put_at(row, y)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A single key asks for something to be done with the entry; the copy key copies it."""
        entry = self.current_entry()
        what = KEYS.get(Qt.Key(event.key())) if event.modifiers() in _PLAIN else None
        if what and (entry is not None or what in _OF_NO_ENTRY):
            self.asked.emit(what, entry)
        elif entry is not None and event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(words.spoken(entry, self._currency))
        else:
            super().keyPressEvent(event)

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

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.tell()

    def tell(self) -> None:
        """Say which entry has the keyboard, if that is another one or it says something else now."""
        entry = self.current_entry()
        if entry != self._told:
            self._told = entry
            self.chosen.emit(entry)

    def _choose_row(self, row: int, *, scroll: bool = True) -> None:
        self.setAutoScroll(scroll)
        self.selectionModel().setCurrentIndex(self.lines.index(row), _Flag.ClearAndSelect)
        self.setAutoScroll(True)

    def _open(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY_ROLE)
        if entry is not None:
            self.asked.emit("open", entry)

    def _ask_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if not self.viewport().rect().contains(at):
            index = self.currentIndex()
        entry = self.lines.entry_at(index.row())
        if entry is not None:
            self.menu_wanted.emit(entry, self.viewport().mapToGlobal(at))


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
