"""Runs one word on the book, and turns what came of it into an exit status."""

from __future__ import annotations

import getpass
import importlib
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from desktop.cli.carrying import TEMPLATE, take_template
from desktop.cli.output import Line, complain
from desktop.core.errors import UserError
from desktop.core.money import DEFAULT_CURRENCY
from desktop.core.paths import default_book
from desktop.core.settings import MachineSettings
from desktop.core.translation import tr
from desktop.models.book import Book
from desktop.models.faults import BookError, PassphraseNeeded

FAILED, _STOPPED = 2, 130

# Imported when their word is said: a search must not wait for numpy.
_WORDS = {
    "import": "desktop.cli.carrying:bring",
    "export": "desktop.cli.carrying:take",
    "report": "desktop.cli.reporting:report",
    "search": "desktop.cli.asking:search",
    "check": "desktop.cli.asking:check",
    "undo": "desktop.cli.changing:undo",
    "demo": "desktop.cli.changing:demo",
}
_MAKING = ("import", "demo")
"""The words that begin a new book where there is none."""

Word = Callable[[Book, Namespace, Line], int]


def run(arguments: Namespace) -> int:
    """Do what a word asks for; the exit status is 0, 1 with problem rows or findings, or 2."""
    progress = Line()
    path: Path = arguments.book or _usual_book()
    fresh = not path.exists()
    status = FAILED
    try:
        module, _, name = _WORDS[arguments.word].partition(":")
        word: Word = getattr(importlib.import_module(module), name)
        if fresh and _needs_no_book(arguments):
            return take_template(arguments, DEFAULT_CURRENCY)
        with _book(path, make=arguments.word in _MAKING) as book:
            book.clerk = MachineSettings().text("ui.clerk")
            status = word(book, arguments, progress)
            fresh = fresh and book.next_undo() is None
    except UserError as error:
        progress.clear()
        complain(error)
    except BrokenPipeError:
        # Whoever read the answer has read enough (`| head`). The interpreter must not try again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except KeyboardInterrupt:
        progress.clear()
        print(tr("Stopped. The book is as it was."), file=sys.stderr)
        status = _STOPPED
    finally:
        if fresh:
            _unmake(path)
    return status


def _needs_no_book(arguments: Namespace) -> bool:
    return arguments.word == "export" and str(arguments.what).startswith(TEMPLATE)


def _unmake(path: Path) -> None:
    """Takes away the book that this run began and wrote nothing into."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}.lock"):
        path.with_name(name).unlink(missing_ok=True)


def _book(path: Path, *, make: bool) -> Book:
    if not path.exists():
        if make:
            return Book.create(path)
        raise BookError(
            tr("There is no book at “{path}”.", path=str(path)),
            tr("Name one with --book, or bring a file in with “import”."),
        )
    try:
        return Book.open(path)
    except PassphraseNeeded:
        if not sys.stdin.isatty():
            raise
        return Book.open(path, getpass.getpass(tr("Passphrase: ")))


def _usual_book() -> Path:
    last = MachineSettings().text("book.last")
    return Path(last) if last and Path(last).is_file() else default_book()
