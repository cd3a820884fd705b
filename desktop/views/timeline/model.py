"""The item model of the timeline: entries under month titles, a page at a time, refreshed without a reset."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.core.dates import format_month
from desktop.core.translation import tr
from desktop.queries.timeline import Page
from desktop.queries.timeline_entries import Cursor, TimelineEntry
from desktop.views.timeline import words

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = Qt.ItemDataRole.UserRole
"""The entry of a line, None for a month's title."""
_NO_PARENT = QModelIndex()


@dataclass(frozen=True)
class Line:
    """One line of the list: a month's title or an entry; `last` has no hairline below it."""

    entry: TimelineEntry | None
    heading: str = ""
    last: bool = False

    @property
    def key(self) -> tuple[str, object]:
        """What the line is, whatever it says now."""
        return ("month", self.heading) if self.entry is None else self.entry.key


class TimelineModel(QAbstractListModel):
    """Lines of the stream. `fetch(cursor)` is asked for the next page as the reader comes near the end."""

    more_wanted = Signal(object)
    """The cursor from which the next page is wanted; `append` brings it."""

    def __init__(self, currency: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._currency = currency
        self._lines: list[Line] = []
        self._pinned: tuple[TimelineEntry, ...] = ()
        self._entries: list[TimelineEntry] = []
        self._following: Cursor | None = None
        self._asked: Cursor | None = None

    def show(self, page: Page, pinned: Sequence[TimelineEntry] = ()) -> None:
        """Show a stream from its beginning; lines that stay keep their selection and place."""
        self._pinned = tuple(pinned)
        self._entries = list(page.entries)
        self._following, self._asked = page.following, None
        self._become(self._lay_out())

    def append(self, cursor: Cursor, page: Page) -> None:
        """Add the page below a cursor; one that nobody waits for since a reload is dropped."""
        if cursor != self._asked:
            return
        self._entries += page.entries
        self._following, self._asked = page.following, None
        self._become(self._lay_out())

    def loaded(self) -> int:
        """How many entries are here, pinned ones left out."""
        return len(self._entries)

    def entry_at(self, row: int) -> TimelineEntry | None:
        """The entry on a line; None for a title or beyond the end."""
        return self._lines[row].entry if 0 <= row < len(self._lines) else None

    def line_at(self, row: int) -> Line:
        """A line, for the delegate."""
        return self._lines[row]

    def row_of(self, kind: str, entry_id: int) -> int | None:
        """The line of an entry, None where it is not loaded."""
        key = (kind, entry_id)
        return next((row for row, line in enumerate(self._lines) if line.key == key), None)

    def _lay_out(self) -> list[Line]:
        lines: list[Line] = []
        if self._pinned:
            lines.append(Line(None, tr("Pinned")))
            lines += [Line(entry) for entry in self._pinned]
        month = ""
        for entry in self._entries:
            if entry.at[:7] != month:
                month = entry.at[:7]
                _close(lines)
                lines.append(Line(None, format_month(entry.at)))
            lines.append(Line(entry))
        if self._following is None:
            _close(lines)
        return lines

    def _become(self, lines: list[Line]) -> None:
        """Turn the lines into others by taking out and putting in only what differs."""
        old = [line.key for line in self._lines]
        new = [line.key for line in lines]
        start = 0
        while start < len(old) and start < len(new) and old[start] == new[start]:
            start += 1
        end = 0
        while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
            end += 1
        before = self._lines
        if start < len(old) - end:
            self.beginRemoveRows(_NO_PARENT, start, len(old) - end - 1)
            self._lines = before[:start] + before[len(old) - end :]
            self.endRemoveRows()
        if start < len(new) - end:
            self.beginInsertRows(_NO_PARENT, start, len(new) - end - 1)
            self._lines = lines
            self.endInsertRows()
        self._lines = lines
        changed = [row for row in range(len(lines)) if row < start and before[row] != lines[row]] + [
            row for row in range(len(lines) - end, len(lines)) if before[row - len(lines)] != lines[row]
        ]
        if changed:
            self.dataChanged.emit(self.index(min(changed)), self.index(max(changed)))

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._following is not None and self._asked is None

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._asked = self._following
            self.more_wanted.emit(self._asked)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self._lines[index.row()].entry is None:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index) | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == ENTRY_ROLE:
            return line.entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.heading if line.entry is None else words.spoken(line.entry, self._currency())
        return None


def _close(lines: list[Line]) -> None:
    """Mark the last entry so far as the last of its month."""
    if lines and lines[-1].entry is not None:
        lines[-1] = Line(lines[-1].entry, last=True)
