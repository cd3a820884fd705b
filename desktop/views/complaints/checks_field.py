"""Some of several things to tick, one below the other; long ones wrap."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views.cases.check_line import CheckLine
from desktop.views.kit.fields import Field


class ChecksField(Field):
    """The value are the ids of the ticked lines, in their order."""

    def __init__(self, title: str, lines: Sequence[tuple[int, str]], ticked: Collection[int] = ()) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.lines = {row: CheckLine(text) for row, text in lines}
        for line in self.lines.values():
            column.addWidget(line)
        super().__init__(title, holder)
        self.setFocusProxy(next(iter(self.lines.values())).box)
        self.set_value(ticked)
        for line in self.lines.values():
            line.box.toggled.connect(lambda _: self.changed.emit())

    def value(self) -> list[int]:
        return [row for row, line in self.lines.items() if line.box.isChecked()]

    def set_value(self, value: Any) -> None:
        for row, line in self.lines.items():
            line.box.setChecked(row in value)
