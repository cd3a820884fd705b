"""Picking some of many choices: a part of a name is typed, what was picked stands as tags."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.queries.conditions import Value
from desktop.views.customers.filter_value import ValueEditor, Values
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.labels import Tag
from desktop.views.kit.layouts import FlowLayout, clear


class PickValues(ValueEditor):
    """Some of many choices: a part of a name is typed, what was picked stands as tags."""

    def __init__(self, name: str, choices: Mapping[Value, str]) -> None:
        super().__init__()
        self._choices = choices
        self._picked: list[Value] = []
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, gap=6, line_gap=4)
        self.line = _PickLine(self._take_back)
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(tr("Type a part of the name"))
        completer = completer_for([*dict.fromkeys(choices.values())], self.line)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.activated.connect(self._pick, Qt.ConnectionType.QueuedConnection)
        self.line.setCompleter(completer)
        self.line.entered.connect(self._enter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._holder)
        column.addWidget(self.line)
        self.setFocusProxy(self.line)
        self._draw()

    def values(self) -> Values | None:
        return tuple(self._picked) or None

    def set_values(self, values: Values) -> None:
        self._picked = list(dict.fromkeys(values))
        self._draw()

    def _enter(self) -> None:
        typed = self.line.text().strip().casefold()
        fitting = [text for text in self._choices.values() if typed in text.casefold()]
        exact = [text for text in fitting if text.casefold() == typed]
        if typed and fitting:
            self._pick((exact or fitting)[0])

    def _pick(self, text: str) -> None:
        self.line.clear()
        fresh = [value for value, name in self._choices.items() if name == text and value not in self._picked]
        if fresh:
            self._picked.extend(fresh)
            self._draw()
            self.changed.emit()

    def _take_back(self) -> None:
        if self._picked:
            self._drop(self._picked[-1])

    def _drop(self, value: Value) -> None:
        self._picked.remove(value)
        self._draw()
        self.changed.emit()
        self.line.setFocus()

    def _draw(self) -> None:
        clear(self._flow)
        for value in self._picked:
            self._flow.addWidget(
                _Picked(self._choices.get(value) or tr("one that is gone"), value, self._drop)
            )
        self._holder.setVisible(bool(self._picked))
        self.updateGeometry()


class _PickLine(QLineEdit):
    """Enter picks, Backspace in the empty line takes the last back; neither reaches the form."""

    entered = Signal()

    def __init__(self, take_back: Callable[[], object]) -> None:
        super().__init__()
        self._take_back = take_back

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text().strip():
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self._take_back()
        else:
            super().keyPressEvent(event)


class _Picked(QWidget):
    """Something picked, with its cross."""

    def __init__(self, name: str, value: Value, drop: Callable[[Value], object]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        cross = IconButton("x", tr("Take {name} out", name=name), lambda: drop(value), role="muted")
        cross.setFixedSize(22, 22)
        row.addWidget(Tag(name, "accent"))
        row.addWidget(cross)


def completer_for(offered: Sequence[str], line: QLineEdit) -> QCompleter:
    """Offers texts that hold what is typed."""
    completer = QCompleter(QStringListModel(list(offered), line), line)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setMaxVisibleItems(9)
    return completer
