"""Opening the counter: one window beside the main one, which it never outlives."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from desktop.views.counter.window import CounterWindow
from desktop.views.kit.context import Context


def open_counter(ctx: Context, parent: QWidget) -> CounterWindow:
    """Show the counter beside the main window `parent`, in front of everything; there is only one."""
    beside = parent.findChild(_Beside)
    if beside is None:
        beside = _Beside(parent)
    return beside.show_counter(ctx)


class _Beside(QObject):
    """Holds the counter of a main window: no child of that, or it would always lie over it."""

    def __init__(self, main: QWidget) -> None:
        super().__init__(main)
        self._main = main
        self._counter: CounterWindow | None = None
        main.installEventFilter(self)

    def show_counter(self, ctx: Context) -> CounterWindow:
        """The counter, in front of everything."""
        counter = self._counter
        if counter is None:
            counter = self._counter = CounterWindow(ctx)
            counter.destroyed.connect(self._forget)
            counter.main_wanted.connect(self._show_main)
        if counter.isMinimized():
            counter.showNormal()
        counter.show()
        counter.raise_()
        counter.activateWindow()
        return counter

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The counter goes with the main window."""
        if event.type() == QEvent.Type.Close and watched is self._main and self._counter is not None:
            self._counter.close()
        return False

    def _forget(self) -> None:
        self._counter = None

    def _show_main(self) -> None:
        if self._main.isMinimized():
            self._main.showNormal()
        self._main.raise_()
        self._main.activateWindow()
