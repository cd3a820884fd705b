"""What every editor of a condition's values can do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.queries.conditions import Value

Values = tuple[Value, ...]


class ValueEditor(QWidget):
    """Holds the values of one condition; `values()` is None as long as something is missing."""

    changed = Signal()

    def values(self) -> Values | None:
        """What the condition compares with."""
        return ()

    def set_values(self, values: Values) -> None:
        """Show other values."""

    def show_wrong(self, *, wrong: bool) -> None:
        """Mark the inputs, or not."""
        for line in self.findChildren(QLineEdit):
            line.setProperty("wrong", wrong)
            line.style().unpolish(line)
            line.style().polish(line)

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        return row
