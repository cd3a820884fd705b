"""The search field: an icon, the words, and the key that leads here; tells when the typing pauses."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from desktop.core.translation import tr
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.labels import IconLabel, label


class _Line(QLineEdit):
    """The line itself; Escape empties it, the arrows down and Enter hand on to the list."""

    left = Signal()
    focused = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)


class SearchField(QFrame):
    """A search field. `searched` comes with the text once the typing pauses for `pause_ms`."""

    searched = Signal(str)
    left = Signal()
    """Enter or the arrow down: the list should take the keyboard."""

    def __init__(
        self,
        placeholder: str,
        *,
        hint: QKeySequence | str = "",
        pause_ms: int = 60,
        width: int = 340,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "search")
        self.setFixedHeight(36)
        self.setMinimumWidth(160)
        self.setMaximumWidth(width)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause_ms)
        self._timer.timeout.connect(self._tell)
        self._told = ""
        self.line = _Line()
        self.line.setProperty("kind", "bare")
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(placeholder)
        self.line.textChanged.connect(self._changed)
        self.line.left.connect(self._leave)
        self.line.focused.connect(self._mark)
        shown = hint if isinstance(hint, str) else hint.toString(QKeySequence.SequenceFormat.NativeText)
        self._hint = label(shown.replace("+", " "), size=11, role="key")
        self._hint.setFixedHeight(20)
        if not shown:
            self._hint.hide()
        self._clear = IconButton("x", tr("Clear the search"), self.line.clear, role="muted")
        self._clear.setFixedSize(26, 26)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(11, 1, 9, 1)
        layout.setSpacing(9)
        layout.addWidget(IconLabel("search", "muted", 16))
        layout.addWidget(self.line, 1)
        layout.addWidget(self._hint)
        layout.addWidget(self._clear)
        self.setFocusProxy(self.line)
        self.line.setFont(theme.font())

    def sizeHint(self) -> QSize:
        return QSize(self.maximumWidth(), 36)

    def text(self) -> str:
        """What stands in the field now."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Put a text in without telling."""
        self._told = text
        self.line.setText(text)
        self._timer.stop()

    def _changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._hint.setVisible(not text and bool(self._hint.text()))
        self._timer.start()

    def _tell(self) -> None:
        if self.line.text() != self._told:
            self._told = self.line.text()
            self.searched.emit(self._told)

    def _leave(self) -> None:
        self._timer.stop()
        self._tell()
        self.left.emit()

    def _mark(self, on: bool) -> None:
        self.setProperty("focused", on)
        self.style().unpolish(self)
        self.style().polish(self)
