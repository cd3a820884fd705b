"""Going to a day or a month of a timeline: typed, or picked from the months that have entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.core.dates import AmbiguousDate, DateError, format_month, parse_when
from desktop.core.translation import tr
from desktop.queries.timeline_stream import Month

WIDTH, HEIGHT = 290, 380
_MONTH = re.compile(r"(\d{4})(?:\s*[-./年]\s*(\d{1,2}))?\s*[月年]?")


class Jump(QFrame):
    """Opens below a button; Enter goes to the day typed, or to the month that is marked."""

    def __init__(self, months: Sequence[Month], go: Callable[[int], object], anchor: QWidget) -> None:
        super().__init__(anchor, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "notice")
        self.setAccessibleName(tr("Go to a month or day"))
        self._months, self._go = months, go
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("2026-03, or a day…"))
        self.line.setAccessibleName(tr("Month or day"))
        self.line.textEdited.connect(self._fill)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Months with entries"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.itemActivated.connect(lambda _: self._take())
        self.list.itemClicked.connect(lambda _: self._take())
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.line)
        column.addWidget(self.list, 1)
        self.setFixedSize(WIDTH, HEIGHT)
        self._fill("")
        corner = anchor.mapToGlobal(QPoint(anchor.width() - WIDTH, anchor.height() + 6))
        room = anchor.screen().availableGeometry()
        self.move(
            min(max(corner.x(), room.left() + 8), room.right() - WIDTH - 8),
            min(corner.y(), room.bottom() - HEIGHT - 8),
        )
        self.line.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows move in the list while the cursor stays in the line; Enter goes."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.list.count():
            step = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))
        else:
            super().keyPressEvent(event)

    def _fill(self, typed: str) -> None:
        self.list.clear()
        for month in self._months:
            named = date.fromordinal(month.day)
            said = tr("{month} · {count}", month=format_month(named), count=f"{month.count:,}")
            if typed.strip() and not _begins(typed, named) and typed.strip().lower() not in said.lower():
                continue
            item = QListWidgetItem(said)
            item.setData(Qt.ItemDataRole.UserRole, month.day)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _take(self) -> None:
        day, item = typed_day(self.line.text()), self.list.currentItem()
        if day is None and item is not None:
            day = _last_of_month(date.fromordinal(item.data(Qt.ItemDataRole.UserRole)))
        if day is not None:
            go = self._go
            self.close()
            go(day.toordinal())


def typed_day(text: str) -> date | None:
    """The day that is meant, of a month or a year its last one; None for nothing that is one."""
    text = text.strip()
    if found := _MONTH.fullmatch(text):
        year, month = int(found[1]), int(found[2] or 12)
        return _last_of_month(date(year, month, 1)) if 1 <= month <= 12 and year > 0 else None
    try:
        return parse_when(text, day_first=False).date() if text else None
    except (AmbiguousDate, DateError):
        return None


def _last_of_month(day: date) -> date:
    """Streams run backwards: whoever goes to a month begins with its last day."""
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1) if day.year < 9999 else day
    return date.fromordinal(following.toordinal() - 1)


def _begins(typed: str, month: date) -> bool:
    found = _MONTH.fullmatch(typed.strip())
    return found is not None and int(found[1]) == month.year and int(found[2] or month.month) == month.month
