"""The books that benchmarks are run over: made once by the sample shop's generator, then kept."""

from __future__ import annotations

import hashlib
import sys
from datetime import date
from pathlib import Path

from desktop.core.progress import Progress
from desktop.models.book import Book
from desktop.models.migrations import MIGRATIONS
from desktop.operations.demo import make_demo

DAY = date(2026, 11, 22)


class _Dots(Progress):
    """Says on the error stream that something long is under way."""

    def __init__(self) -> None:
        self._said = ""

    def report(self, done: int, total: int = 0, text: str = "") -> None:
        if text != self._said:
            self._said = text
            print(f"  {text} …", file=sys.stderr, flush=True)


def sample_book(folder: Path, customers: int) -> Path:
    """A closed book with so many customers, made if it is not there for the schema of today."""
    path = folder / f"sample-{customers}-{_schema(len(MIGRATIONS))}.shuke"
    if not path.is_file() and (old := _older(folder, customers)):
        _bring_up_to_date(old, path)
    if not path.is_file():
        unfinished = path.with_suffix(".making")
        for left in folder.glob(f"{unfinished.name}*"):
            left.unlink()
        with Book.create(unfinished) as book:
            make_demo(book, customers=customers, today=DAY, progress=_Dots())
            book.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        unfinished.rename(path)
    return path


def _older(folder: Path, customers: int) -> Path | None:
    """A book made before the last migrations were added."""
    marks = map(_schema, range(len(MIGRATIONS) - 1, 0, -1))
    paths = (folder / f"sample-{customers}-{mark}.shuke" for mark in marks)
    return next((path for path in paths if path.is_file()), None)


def _bring_up_to_date(old: Path, path: Path) -> None:
    """Opening migrates it; the copy that is kept of a book before is not needed here."""
    with Book.open(old) as book:
        book.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    for copy in old.parent.glob(f"{old.stem}.schema*"):
        copy.unlink()
    old.rename(path)


def _schema(migrations: int) -> str:
    """A short mark of the tables after so many migrations, so that a book of yesterday's is not measured."""
    text = "".join(migration.SCHEMA for migration in MIGRATIONS[:migrations])
    return hashlib.sha256(text.encode()).hexdigest()[:8]
