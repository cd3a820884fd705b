"""What the program says on its own: short notices at the foot of the window, and where errors go."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QWidget,
)

from desktop.core.errors import UserError
from desktop.core.translation import tr
from desktop.views.kit.buttons import IconButton, LinkButton
from desktop.views.kit.labels import IconLabel, label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

log = logging.getLogger(__name__)

SHOW_MS, SHOW_ERROR_MS = 7000, 14000
_LOOKS = {"info": ("info", "blue"), "done": ("circle-check", "accent"), "error": ("circle-alert", "red")}


class Notices(QFrame):
    """The place at the foot of a window where the latest notice shows for a while; lies over the page."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("role", "notice")
        self._window = window
        self._action: Callable[[], object] | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 8, 8, 8)
        self._row.setSpacing(10)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._icon: QWidget = IconLabel("info", "blue")
        self._text = label(wrap=True)
        self.button = LinkButton("", on_click=self._act)
        close = IconButton("x", tr("Close"), self.hide, role="muted")
        close.setFixedSize(28, 28)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self.button)
        self._row.addWidget(close)
        self.hide()
        window.installEventFilter(self)

    def show_notice(
        self, text: str, action_text: str = "", action: Callable[[], object] | None = None, tone: str = "done"
    ) -> None:
        """Show `text` for some seconds, with a button if there is an action; replaces the one before."""
        self._action = action
        picture = IconLabel(*_LOOKS.get(tone, _LOOKS["info"]))
        self._row.replaceWidget(self._icon, picture)
        self._icon.hide()
        self._icon.deleteLater()
        self._icon = picture
        self._text.setText(text)
        self.button.setText(action_text)
        self.button.setAccessibleName(action_text)
        self.button.setVisible(bool(action_text))
        self.setAccessibleName(text)
        self.show()
        self.raise_()
        self._place()
        self._timer.start(SHOW_ERROR_MS if tone == "error" else SHOW_MS)

    def text(self) -> str:
        """What it says, "" when nothing shows."""
        return "" if self.isHidden() else self._text.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def _act(self) -> None:
        action, self._action = self._action, None
        self.hide()
        if action:
            action()

    def _place(self) -> None:
        window = self._window
        words = self._text.fontMetrics().horizontalAdvance(self._text.text())
        button = self.button.sizeHint().width() + 10 if self.button.text() else 0
        width = min(words + button + 106, window.width() - 80, 720)
        self.setFixedWidth(width)
        height = max(46, self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height())
        self.setGeometry((window.width() - width) // 2, window.height() - height - 26, width, height)


def report_error(error: BaseException, parent: QWidget | None = None) -> None:
    """Show an error in the fitting dialog, without waiting for it; faults are logged."""
    from desktop.views.kit.fault_dialogs import FaultDialog, ProblemDialog, describe

    dialog: QDialog
    if isinstance(error, UserError):
        dialog = ProblemDialog(error, parent)
    else:
        log.error("fault", exc_info=error)
        dialog = FaultDialog(describe(error), parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


class _Courier(QObject):
    """Carries an error from whatever thread it happened in to the window's."""

    happened = Signal(object)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.happened.connect(self._show)

    def _show(self, error: BaseException) -> None:
        report_error(error, QApplication.activeWindow())


def install_excepthooks(app: QApplication) -> None:
    """Let every unhandled error of every thread end in the log and in the fault dialog."""
    courier = _Courier(app)

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            courier.happened.emit(error)

    def thread_hook(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            courier.happened.emit(args.exc_value)

    sys.excepthook = hook
    threading.excepthook = thread_hook
