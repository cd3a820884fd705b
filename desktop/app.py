"""Start-up and nothing else: settings, the book, the window, and a clean end."""

from __future__ import annotations

import logging
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QLineEdit, QMessageBox

from desktop.core import log
from desktop.core.errors import UserError
from desktop.core.paths import default_book
from desktop.core.settings import MachineSettings
from desktop.core.translation import language, set_language, tr
from desktop.models.book import Book
from desktop.models.faults import PassphraseNeeded
from desktop.operations.settings import Settings
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.notices import install_excepthooks, report_error
from desktop.views.kit.tasks import Tasks
from desktop.views.shell.main_window import MainWindow
from desktop.views.shell.sidebar import Mark

if TYPE_CHECKING:
    from desktop.core.progress import Progress
    from desktop.models.changes import Changes

logger = logging.getLogger(__name__)

TellWhen = Literal["", "usable", "settled"]
"""For the benchmarks: say a word and leave once the window answers, or once its figures stand too."""

RECENT = 8


def start(path: Path | None, speak: str, tell_when: TellWhen = "") -> int:
    """Open the window on a book, the last one used if none is named; returns the exit status."""
    log.setup()
    machine = MachineSettings()
    set_language(speak or machine.text("ui.language"))
    app = _application(machine)
    path = path or _last_book(machine)
    fresh = not path.exists()
    opened = _opened(path)
    if opened is None:
        return 2
    with opened as book:
        _remember(machine, book.path)
        tasks = Tasks(report_error)
        window = MainWindow(
            Context(book=book, settings=Settings(book, machine), tasks=tasks),
            make_sample=_make_sample,
            offer_start=fresh,
        )
        if tell_when:
            _Teller(window, tasks, tell_when)
        window.show()
        try:
            return app.exec()
        finally:
            # The worker ends before the book closes under it.
            tasks.stop()
            window.deleteLater()
            log.close()


def _application(machine: MachineSettings) -> QApplication:
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Shuke")
    app.setApplicationDisplayName(tr("Shuke"))
    app.setDesktopFileName("shuke")
    theme.apply(app, theme.resolve(machine.text("ui.theme")))
    app.setWindowIcon(QIcon(Mark(128).grab()))
    install_excepthooks(app)
    return app


def _last_book(machine: MachineSettings) -> Path:
    last = machine.text("book.last")
    return Path(last) if last and Path(last).is_file() else default_book()


def _remember(machine: MachineSettings, path: Path) -> None:
    recent = machine.get("book.recent")
    others = [one for one in recent if one != str(path)] if isinstance(recent, list) else []
    machine.update({"book.last": str(path), "book.recent": [str(path), *others][:RECENT]})


def _opened(path: Path) -> Book | None:
    """The book at `path`, made if missing, or another that the user chose; None when they gave up."""
    passphrase: str | None = None
    while True:
        try:
            return Book.open(path, passphrase) if path.exists() else Book.create(path)
        except PassphraseNeeded as fault:
            given, entered = QInputDialog.getText(
                None, tr("Shuke"), f"{fault.message}\n{fault.hint}", QLineEdit.EchoMode.Password
            )
            passphrase = given if entered else None
            if entered:
                continue
            chosen = _ask(fault)
        except UserError as fault:
            chosen = _ask(fault)
        if chosen is None:
            return None
        path, passphrase = chosen, None


def _ask(fault: UserError) -> Path | None:
    """Say why a book can't be opened and let another be chosen; None to leave."""
    box = QMessageBox(QMessageBox.Icon.Warning, tr("Shuke"), fault.message)
    box.setInformativeText(fault.hint)
    other = box.addButton(tr("Open another book…"), QMessageBox.ButtonRole.AcceptRole)
    new = box.addButton(tr("Make a new book…"), QMessageBox.ButtonRole.ActionRole)
    box.addButton(tr("Quit"), QMessageBox.ButtonRole.RejectRole)
    box.exec()
    books = tr("Shuke books") + " (*.shuke)"
    folder = str(default_book().parent)
    chosen = ""
    if box.clickedButton() is other:
        chosen, _ = QFileDialog.getOpenFileName(None, tr("Open another book"), folder, books)
    elif box.clickedButton() is new:
        chosen, _ = QFileDialog.getSaveFileName(None, tr("Make a new book"), folder, books)
    return Path(chosen) if chosen else None


def _make_sample(book: Book, progress: Progress) -> Changes:
    from desktop.operations.demo import make_demo

    return make_demo(book, today=date.today(), language=language(), progress=progress)


class _Teller(QObject):
    """Writes one word when the window is there, then closes it; nobody but a benchmark asks for this."""

    def __init__(self, window: MainWindow, tasks: Tasks, when: TellWhen) -> None:
        super().__init__(window)
        self._window, self._tasks, self._when = window, tasks, when
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            # Behind everything already waiting: when this is called, a click would be too.
            QTimer.singleShot(0, self, self._look)
        return False

    def _look(self) -> None:
        if self._when == "settled" and not self._tasks.idle:
            QTimer.singleShot(1, self, self._look)
            return
        sys.stdout.write(f"{self._when}\n")
        sys.stdout.flush()
        self._window.close()
