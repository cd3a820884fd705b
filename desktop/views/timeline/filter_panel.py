"""The rarer filters of a timeline in a small sheet: channel, clerk, days, pinned, what the customer gave."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.translation import tr
from desktop.models.book import Book
from desktop.queries.timeline import clerks
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.fields import CheckField, ChoiceField, DateField, Field
from desktop.views.timeline.choices import choices

WIDTH = 360
RARE = ("channel", "staff_id", "since", "until", "gave", "pinned")
"""The filters of the sheet, by the names of `TimelineFilter`."""


class FilterPanel(QFrame):
    """Opens below a button and goes with the next click elsewhere or Escape; what is chosen holds at once."""

    changed = Signal()

    def __init__(self, book: Book, chosen: dict[str, Any], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "notice")
        self.setAccessibleName(tr("More filters"))
        people = clerks(book)
        self.fields: dict[str, Field] = {
            "channel": ChoiceField(tr("Channel"), [("", tr("Any channel")), *choices(words.CHANNELS)], ""),
            "staff_id": ChoiceField(tr("Clerk"), [(None, tr("Anybody")), *people], None),
            "since": DateField(tr("From")),
            "until": DateField(tr("Until")),
            "gave": ChoiceField(
                tr("The customer gave"),
                [("", tr("Anything")), *(pair for pair in choices(words.GAVE) if pair[0])],
                "",
            ),
            "pinned": CheckField(tr("Pinned notes only")),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 12)
        column.setSpacing(10)
        for names in (("channel", "staff_id"), ("since", "until"), ("gave", "pinned")):
            row = QHBoxLayout()
            row.setSpacing(12)
            for name in names:
                row.addWidget(self.fields[name], 1)
            column.addLayout(row)
        column.addWidget(
            LinkButton(tr("Leave these out"), on_click=self.clear), 0, Qt.AlignmentFlag.AlignLeft
        )
        for field in self.fields.values():
            field.changed.connect(self.changed)
        self.fields["staff_id"].setVisible(bool(people))
        self.setFixedWidth(WIDTH)
        self._set(chosen)

    def values(self) -> dict[str, Any]:
        """What is chosen, by `TimelineFilter`'s names, days as ordinals; without what filters nothing."""
        found = {name: field.value() for name, field in self.fields.items()}
        return {
            name: value.toordinal() if isinstance(value, date) else value
            for name, value in found.items()
            if value
        }

    def _set(self, values: dict[str, Any]) -> None:
        """Choose without telling; what is not named filters nothing."""
        for name, field in self.fields.items():
            value = values.get(name)
            if name in ("since", "until"):
                value = None if value is None else date.fromordinal(value)
            with QSignalBlocker(field):
                field.set_value("" if value is None and name in ("channel", "gave") else value)

    def clear(self) -> None:
        """Filter nothing."""
        self._set({})
        self.changed.emit()

    def open_below(self, anchor: QWidget) -> None:
        """Show below a button, within the screen."""
        self.adjustSize()
        corner = anchor.mapToGlobal(QPoint(anchor.width() - self.width(), anchor.height() + 6))
        room = anchor.screen().availableGeometry()
        self.move(min(max(corner.x(), room.left() + 8), room.right() - self.width() - 8), corner.y())
        self.show()
        self.fields["channel"].setFocus()
