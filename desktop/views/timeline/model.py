"""The item model of the timeline: any number of entries under month titles, read in blocks as seen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.models.book import Book
from desktop.queries.timeline_entries import TimelineEntry, read_entries, timeline_entry
from desktop.queries.timeline_keys import Scope
from desktop.queries.timeline_stream import Edit, Stream
from desktop.views.timeline import words
from desktop.views.timeline.lines import Layout, Line

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = Qt.ItemDataRole.UserRole
"""The entry of a line, None for a month's title."""
BLOCK = 32
KEPT_BLOCKS = 64
_NO_PARENT = QModelIndex()


class TimelineModel(QAbstractListModel):
    """Lines over a `Stream`: it knows how many there are, and reads those that somebody looks at."""

    def __init__(self, book: Book, currency: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._currency = currency
        self.stream = Stream(Scope(), {})
        self._pinned: tuple[TimelineEntry, ...] = ()
        self._layout = Layout(0, ())
        self._blocks: OrderedDict[int, list[TimelineEntry | None]] = OrderedDict()

    # -- filling

    def show(self, stream: Stream, pinned: Sequence[TimelineEntry] = ()) -> None:
        """Show another stream from its beginning; views find their place again by themselves."""
        self.beginResetModel()
        self.stream, self._pinned = stream, tuple(pinned)
        self._blocks.clear()
        self._layout = Layout(len(self._pinned), stream.months)
        self.endResetModel()

    def complete(self, stream: Stream) -> bool:
        """Show the whole stream of which the beginning is shown; False when that has changed meanwhile."""
        here = self.stream
        if here.keys(self._book, 0, here.total) != stream.keys(self._book, 0, here.total):
            return False
        self._grow(Layout(len(self._pinned), stream.months), stream)
        return True

    def extend(self, older: Stream) -> None:
        """Add days that are all older than those shown."""
        if older.total:
            grown = self.stream.copy()
            grown.extend(older)
            self._grow(Layout(len(self._pinned), grown.months), grown)

    def _grow(self, layout: Layout, stream: Stream) -> None:
        before = self._layout.count
        self._blocks.pop(max(0, self.stream.total - 1) // BLOCK, None)
        if layout.count > before:
            self.beginInsertRows(_NO_PARENT, before, layout.count - 1)
            self.stream, self._layout = stream, layout
            self.endInsertRows()
            if before:
                self._tell(before - 1, before - 1)
        else:
            self.stream = stream

    def take_in(self, days: Iterable[int], pinned: Sequence[TimelineEntry]) -> None:
        """What changed on these days, line by line: whatever else is shown keeps its place and selection."""
        self._blocks.clear()
        self._take_pinned(tuple(pinned))
        for edit in self.stream.edits(self._book, days):
            self._take(edit)
        if self._layout.count:
            self._tell(0, self._layout.count - 1)

    def _take(self, edit: Edit) -> None:
        old = self._layout
        if edit.gone:
            first, last = old.row_of(edit.place), old.row_of(edit.place + edit.gone - 1)
            nth = old.month_of(first)
            if nth is not None and old.months[nth].count == edit.gone:
                first -= 1
            self.beginRemoveRows(_NO_PARENT, first, last)
            self.stream.apply(edit, came=False)
            self._lay_out()
            self.endRemoveRows()
        if edit.came:
            row, titled = self._layout.insertion(edit.day, edit.place)
            self.beginInsertRows(_NO_PARENT, row, row + edit.came - 1 + titled)
            self.stream.apply(edit, gone=False)
            self._lay_out()
            self.endInsertRows()
        else:
            # Nothing comes, but the day is known as it is now.
            self.stream.apply(edit, gone=not edit.gone)

    def _take_pinned(self, pinned: tuple[TimelineEntry, ...]) -> None:
        if [entry.key for entry in pinned] == [entry.key for entry in self._pinned]:
            self._pinned = pinned
            return
        # A few lines: all go, all come.
        if self._pinned:
            self.beginRemoveRows(_NO_PARENT, 0, self._layout.top - 1)
            self._pinned = ()
            self._lay_out()
            self.endRemoveRows()
        if pinned:
            self.beginInsertRows(_NO_PARENT, 0, len(pinned))
            self._pinned = pinned
            self._lay_out()
            self.endInsertRows()

    def _lay_out(self) -> None:
        self._layout = Layout(len(self._pinned), self.stream.months)
        self._blocks.clear()

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first), self.index(last))

    # -- looking

    @property
    def layout(self) -> Layout:
        """Which line is what."""
        return self._layout

    def entry_at(self, row: int) -> TimelineEntry | None:
        """The entry on a line; None for a title, beyond the end, and for one that is gone."""
        if not 0 <= row < self._layout.count:
            return None
        place = self._layout.place_at(row)
        if place is not None:
            return self._at(place)
        return self._pinned[row - 1] if 0 < row < self._layout.top else None

    def line_at(self, row: int) -> Line:
        """A line, for the delegate."""
        if self._layout.is_title(row):
            return Line(None, self._layout.heading(row))
        return Line(self.entry_at(row), last=self._layout.ends_section(row))

    def row_of(self, entry: TimelineEntry) -> int | None:
        """The line of an entry, None where it is not in the stream."""
        for nth, pinned in enumerate(self._pinned):
            if pinned.key == entry.key:
                return nth + 1
        place = self.stream.place_of(self._book, entry)
        return None if place is None else self._layout.row_of(place)

    def row_again(self, entry: TimelineEntry) -> int | None:
        """The line of an entry that may have another moment by now."""
        row = self.row_of(entry)
        if row is None and (now := timeline_entry(self._book, *entry.key)) is not None:
            row = self.row_of(now)
        return row

    def row_from(self, day: int) -> int:
        """The line of the first entry of a day, or of the next earlier one that has any."""
        return self._layout.row_of(self.stream.place_from(day)) if self.stream.total else 0

    def prepare(self, first: int, last: int) -> None:
        """Read the entries of the lines from `first` to `last` that are not here, in one go."""
        places = [self._layout.place_at(min(row, self._layout.count - 1)) for row in (first, first + 1, last)]
        known = [place for place in places if place is not None]
        if known:
            self._read(known[0] // BLOCK, known[-1] // BLOCK)

    def _at(self, place: int) -> TimelineEntry | None:
        number = place // BLOCK
        if number not in self._blocks:
            self._read(number, number)
        self._blocks.move_to_end(number)
        block = self._blocks[number]
        return block[place % BLOCK] if place % BLOCK < len(block) else None

    def _read(self, first: int, last: int) -> None:
        """Read the missing ones of some blocks."""
        missing = [number for number in range(first, last + 1) if number not in self._blocks]
        keys = {n: self.stream.keys(self._book, n * BLOCK, (n + 1) * BLOCK) for n in missing}
        wanted = [key for some in keys.values() for key in some if key[0]]
        found = {entry.key: entry for entry in read_entries(self._book, wanted)}
        for number in missing:
            self._blocks[number] = [found.get(key) for key in keys[number]]
        while len(self._blocks) > KEPT_BLOCKS:
            self._blocks.popitem(last=False)

    # -- Qt's questions

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else self._layout.count

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self._layout.is_title(index.row()):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index) | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == ENTRY_ROLE:
            return self.entry_at(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            line = self.line_at(index.row())
            if line.heading:
                return line.heading
            return words.spoken(line.entry, self._currency()) if line.entry else ""
        return None
