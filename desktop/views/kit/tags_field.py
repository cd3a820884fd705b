"""The field for tags: words that are set one by one and taken away again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import Tag
from desktop.views.kit.layouts import FlowLayout, clear


class TagsField(Field):
    """Words set as tags: Enter or a comma sets one, Backspace in the empty line takes the last away."""

    def __init__(self, title: str, value: Iterable[str] = (), *, hint: str = "") -> None:
        self._tags: list[str] = []
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Write a tag and press Enter"))
        self.line.setAccessibleName(title)
        self._flow_holder = QWidget()
        self._flow = FlowLayout(self._flow_holder, gap=6, line_gap=4)
        column.addWidget(self._flow_holder)
        column.addWidget(self.line)
        super().__init__(title, holder, hint=hint)
        self.setFocusProxy(self.line)
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._split)
        self.set_value(value)

    def value(self) -> tuple[str, ...]:
        self._take()
        return tuple(self._tags)

    def set_value(self, value: Any) -> None:
        self._tags = list(dict.fromkeys(value or ()))
        self._draw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.line.text().strip():
                self._take()
                return True
            if event.key() == Qt.Key.Key_Backspace and not self.line.text() and self._tags:
                self._remove(self._tags[-1])
                return True
        return super().eventFilter(watched, event)

    def _split(self, text: str) -> None:
        if any(mark in text for mark in ",，;；、"):
            self._take()

    def _take(self) -> None:
        words = self.line.text()
        for mark in "，;；、":
            words = words.replace(mark, ",")
        fresh = [word.strip() for word in words.split(",") if word.strip()]
        if fresh:
            self.line.clear()
            self.set_value([*self._tags, *fresh])
            self.changed.emit()

    def _remove(self, tag: str) -> None:
        self._tags.remove(tag)
        self._draw()
        self.changed.emit()

    def _draw(self) -> None:
        clear(self._flow)
        for tag in self._tags:
            self._flow.addWidget(_RemovableTag(tag, self._remove))
        self._flow_holder.setVisible(bool(self._tags))
        self.updateGeometry()


class _RemovableTag(QWidget):
    """A set tag with its cross."""

    def __init__(self, tag: str, remove: Callable[[str], object]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        cross = IconButton("x", tr("Remove the tag {tag}", tag=tag), lambda: remove(tag), role="muted")
        cross.setFixedSize(22, 22)
        row.addWidget(Tag(tag))
        row.addWidget(cross)
