"""Letting hands loose on a book, with an ear for whatever is said, and looking at the book afterwards."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.safekeeping.checks import check_book
from desktop.views.kit.notices import report_error
from tests.gui.hands import SLOW_S, Hands
from tests.screens import Stage

CALM = (
    "This plugin does not support",
    # Qt's own print preview, without a printer of the system.
    "QPageSetupDialog: Cannot be used",
    "QPrintDialog: Cannot be used",
    "QFont::setPointSizeF: Point size <= 0 (-0.25",
)
_SKIPPED = {"change", "step", "history_now"}
_NO_STEP = {"answer"}
"""Tables in which a use is noted without a step, that no undo takes back: `test_answers.py` sees to them."""

# -- a book's state


def state_of(book: Book) -> dict[str, list[Any]]:
    """Every row of every table whose changes can be undone."""
    tables = sorted(
        {
            name
            for (name,) in book.rows(
                "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%INTO change%'"
            )
        }
        - _SKIPPED
        - _NO_STEP
    )
    return {table: sorted(book.rows(f'SELECT * FROM "{table}"'), key=repr) for table in tables}


def differences(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> list[str]:
    """What two states of a book do not share, in words."""
    found = []
    for table, rows in before.items():
        stood, stands = set(rows), set(after[table])
        gone = [row for row in rows if row not in stands]
        new = [row for row in after[table] if row not in stood]
        found += [f"{table} lost {row}" for row in gone[:3]] + [f"{table} has {row}" for row in new[:3]]
    return found[:20]


def undo_everything(book: Book, limit: int = 2000) -> int:
    """Undo until nothing is left to undo; how many steps it took."""
    steps = 0
    while book.next_undo() is not None and steps < limit:
        book.undo()
        steps += 1
    return steps


# -- without a native dialog, and with an ear for whatever is said


@contextmanager
def no_way_out() -> Iterator[None]:
    """The system's own dialogs are answered with nothing, and no other program is opened."""
    kept: list[tuple[Any, str, Any]] = []
    answers: dict[str, Any] = {
        "getOpenFileName": ("", ""), "getSaveFileName": ("", ""), "getOpenFileNames": ([], ""),
        "getExistingDirectory": "",
    }  # fmt: skip
    for name, answer in answers.items():
        kept.append((QFileDialog, name, getattr(QFileDialog, name)))
        setattr(QFileDialog, name, staticmethod(lambda *_, _answer=answer, **__: _answer))
    kept.append((QDesktopServices, "openUrl", QDesktopServices.openUrl))
    QDesktopServices.openUrl = staticmethod(lambda *_: True)  # type: ignore[method-assign]
    try:
        yield
    finally:
        for owner, name, value in kept:
            setattr(owner, name, value)


@contextmanager
def listening(hands: Hands) -> Iterator[None]:
    """Errors that nobody caught and Qt's warnings become faults; what the owner can mend is shown to her."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, UserError):
            report_error(error, None)
        else:
            hands.blame("".join(traceback.format_exception(kind, error, trace)))

    def hear(kind: object, place: object, said: str) -> None:
        if not said.startswith(CALM):
            hands.blame(f"Qt says: {said}")

    before, before_threads = sys.excepthook, threading.excepthook
    sys.excepthook = hook
    threading.excepthook = lambda args: hook(
        args.exc_type, args.exc_value or RuntimeError(), args.exc_traceback
    )
    heard = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = before, before_threads
        qInstallMessageHandler(heard)


def let_loose(
    book: Book,
    home: Path,
    seed: int,
    steps: int,
    *,
    language: str,
    size: tuple[int, int],
    look: str = "light",
    slow: float = SLOW_S,
    kind: type[Hands] = Hands,
) -> Hands:
    """Play with a book, undo all of it; returns the hands (of a `kind`) with the faults they found."""
    with no_way_out():
        stage = Stage(book, home, language=language, look=look, size=size)
        hands = kind(stage, seed, slow=slow)
        # What was in the book before is no concern of these hands: they could undo the sample shop itself.
        book.db.execute_sql("UPDATE step SET undone = 2")
        before = state_of(book)
        try:
            with listening(hands):
                hands.play(steps)
                hands.put_away()
                hands.pump(1)
                if not hands.faults:
                    _examine(hands, before)
        finally:
            with suppress(RuntimeError):
                stage.close()
    return hands


def _examine(hands: Hands, before: dict[str, list[Any]]) -> None:
    book = hands.stage.book
    dangling = book.rows("PRAGMA foreign_key_check")
    if dangling:
        hands.blame(f"dangling keys: {dangling[:5]}")
    for finding in check_book(book):
        hands.blame(f"the book's check: {finding}")
    if hands.erased or book.value("SELECT count(*) FROM step WHERE label IN ('Erase a customer')"):
        return
    undo_everything(book)
    found = differences(before, state_of(book))
    if found:
        hands.blame("undo does not lead back:\n    " + "\n    ".join(found))
    for finding in check_book(book):
        hands.blame(f"the book's check after undoing: {finding}")
