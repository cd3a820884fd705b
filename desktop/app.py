"""Start-up and nothing else: settings, the book, the window, and a clean end."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop.core.errors import UserError
from desktop.core.paths import default_book
from desktop.core.settings import MachineSettings
from desktop.core.translation import language, set_language, tr
from desktop.models.book import Book
from desktop.models.faults import PassphraseNeeded
from desktop.models.migrate import is_behind
from desktop.operations.settings import Settings
from desktop.queries.presence import is_untouched
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.notices import install_excepthooks, report_error
from desktop.views.kit.tasks import Tasks
from desktop.views.shell.books import choose_book, choose_new_book
from desktop.views.shell.main_window import MainWindow
from desktop.views.shell.sidebar import Mark

if TYPE_CHECKING:
    from desktop.core.progress import Progress
    from desktop.models.changes import Changes

RECENT = 8


def start(path: Path | None, speak: str, tell_when: str = "") -> int:
    """Open the window on a book, the last one used if none is named; returns the exit status.

    `tell_when` is for the benchmarks: say the word "usable" once the window answers, or "settled" once its
    figures stand too, and leave.
    """
    machine = MachineSettings()
    set_language(speak or machine.text("ui.language"))
    app = _application(machine)
    try:
        status, following = _run(app, machine, path or _last_book(machine), tell_when)
        while following is not None:
            status, following = _run(app, machine, following, tell_when)
    except Exception as fault:
        if tell_when:
            raise
        # No window and no event loop yet to show it in: the dialog is all there is of the program.
        _keep_log()
        report_error(fault)
        app.exec()
        return 2
    return status


def _keep_log() -> None:
    from desktop.core import log

    log.setup()
    atexit.register(log.close)


def _run(app: QApplication, machine: MachineSettings, path: Path, tell_when: str) -> tuple[int, Path | None]:
    """Opens the window on a book until it closes: the exit status, and the book that is wanted next."""
    opened = _opened(path)
    if opened is None:
        return 2, None
    wanted: list[Path] = []
    with opened as book:
        book.clerk = machine.text("ui.clerk")
        tasks = Tasks(report_error)
        tasks.hold()
        try:
            window = MainWindow(
                Context(book=book, settings=Settings(book, machine), tasks=tasks),
                make_sample=_make_sample,
                offer_start=is_untouched(book),
            )

            def afterwards() -> None:
                _keep_log()
                _remember(machine, book.path)
                window.remind()

            window.book_wanted.connect(wanted.append)
            _FirstPicture(window, tasks, afterwards, tell_when)
            window.show()
            status = app.exec()
            window.deleteLater()
        finally:
            # The worker ends before the book closes under it.
            tasks.stop()
        return status, wanted[-1] if wanted else None


def _application(machine: MachineSettings) -> QApplication:
    app = theme.application()
    app.setApplicationName("Shuke")
    app.setApplicationDisplayName(tr("Shuke"))
    app.setDesktopFileName("shuke")
    theme.apply(app, theme.resolve(machine.text("ui.theme")))
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
            if not path.exists():
                return Book.create(path)
            if is_behind(path) and not _bring_up_to_date(path):
                return None
            return Book.open(path, passphrase)
        except PassphraseNeeded as fault:
            passphrase = _ask_passphrase(fault)
            if passphrase is not None:
                continue
            chosen = _ask_other(fault)
        except UserError as fault:
            chosen = _ask_other(fault)
        if chosen is None:
            return None
        path, passphrase = chosen, None


def _bring_up_to_date(path: Path) -> bool:
    from desktop.views.shell.updating import bring_up_to_date

    return bring_up_to_date(path)


def _ask_passphrase(fault: UserError) -> str | None:
    from PySide6.QtWidgets import QInputDialog, QLineEdit

    words = f"{fault.message}\n{fault.hint}"
    given, entered = QInputDialog.getText(None, tr("Shuke"), words, QLineEdit.EchoMode.Password)
    return given if entered else None


def _ask_other(fault: UserError) -> Path | None:
    """Say why a book can't be opened and let another be chosen; None to leave."""
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(QMessageBox.Icon.Warning, tr("Shuke"), fault.message)
    box.setInformativeText(fault.hint)
    other = box.addButton(tr("Open another book…"), QMessageBox.ButtonRole.AcceptRole)
    new = box.addButton(tr("Make a new book…"), QMessageBox.ButtonRole.ActionRole)
    box.addButton(tr("Quit"), QMessageBox.ButtonRole.RejectRole)
    box.exec()
    if box.clickedButton() is other:
        return choose_book(None)
    return choose_new_book(None) if box.clickedButton() is new else None


def _make_sample(book: Book, progress: Progress) -> Changes:
    from desktop.operations.demo import make_demo

    return make_demo(book, today=date.today(), language=language(), progress=progress)


class _FirstPicture(QObject):
    """Does what can wait until the window has painted itself; for a benchmark it says so and leaves."""

    def __init__(
        self, window: MainWindow, tasks: Tasks, afterwards: Callable[[], None], tell_when: str
    ) -> None:
        super().__init__(window)
        self._window, self._tasks, self._afterwards, self._tell_when = window, tasks, afterwards, tell_when
        # Behind everything already waiting: when this is called, a click would be answered too.
        window.first_painted.connect(lambda: QTimer.singleShot(0, self, self._painted))

    def _painted(self) -> None:
        if self._tell_when == "usable":
            self._tell()
            return
        QApplication.setWindowIcon(QIcon(Mark(128).grab()))
        self._afterwards()
        self._tasks.release()
        # What the start made stays; only what comes after it is looked through.
        gc.freeze()
        gc.enable()
        if self._tell_when:
            self._wait()

    def _wait(self) -> None:
        if self._tasks.idle:
            self._tell()
        else:
            QTimer.singleShot(1, self, self._wait)

    def _tell(self) -> None:
        sys.stdout.write(f"{self._tell_when}\n")
        sys.stdout.flush()
        self._window.close()
