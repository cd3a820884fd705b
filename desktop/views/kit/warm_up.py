"""Loads what charts and changes need in small bites, so that a window just opened goes on answering."""

from __future__ import annotations

import contextlib
import importlib
import sys
import time
from collections.abc import Iterator

from PySide6 import QtCore, QtGui, QtWidgets

_BITE_S = 0.006
_LEAVES = (
    "desktop.models.base",
    "xml.etree.ElementTree",
    "decimal",
    "pydoc",
    "multiprocessing.connection",
    "PySide6.QtTest",
    "PySide6.QtOpenGLWidgets",
)
"""What the first change of a book needs, and what pyqtgraph imports besides numpy, which the worker loads."""


class WarmUp(QtCore.QObject):
    """Goes through its bites whenever the window has nothing else to do; dies with its owner."""

    def __init__(self, owner: QtCore.QObject) -> None:
        super().__init__(owner)
        self._bites = _bites()
        self._timer = QtCore.QTimer(self)
        self._timer.timeout.connect(self._bite)
        if "pyqtgraph" not in sys.modules:
            self._timer.start(0)

    @property
    def busy(self) -> bool:
        """Whether there is something left to load."""
        return self._timer.isActive()

    def _bite(self) -> None:
        end = time.perf_counter() + _BITE_S
        for _ in self._bites:
            if time.perf_counter() > end:
                return
        self._timer.stop()


def _bites() -> Iterator[None]:
    # PySide makes a class when it is first asked for, and pyqtgraph asks for all of them at once: more than
    # half of the time that its import takes.
    for module in (QtCore, QtGui, QtWidgets):
        for name in dir(module):
            getattr(module, name)
            yield
    for name in _LEAVES:
        # A built program may leave out what pyqtgraph can do without.
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
        yield
