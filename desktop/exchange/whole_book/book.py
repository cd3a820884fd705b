"""The book as a workbook: one list of it, or everything, with a sheet a subject, that imports again whole.

A workbook of the whole book carries a hidden sheet that says what it is, and in each sheet a hidden first row
with the fields' names, so that it can be read in any language and after its columns were moved about.
"""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import Any

from desktop.core.progress import SILENT, Progress
from desktop.core.translation import language, tr
from desktop.exchange.whole_book import codec as codec
from desktop.exchange.whole_book.lists import LISTS, write_list
from desktop.exchange.whole_book.subjects import BY_TABLE, SUBJECTS, Field, Subject
from desktop.exchange.writers.columns import ExportColumn
from desktop.exchange.writers.workbook import WorkbookWriter
from desktop.models.book import Book
from desktop.queries import everything

MARKER = "Shuke book"
"""The name of the hidden sheet by which a whole-book workbook is known."""

FORMAT = 1
_LARGEST_INDEX = 4 << 20
_NAMED = re.compile(rb'<(?:\w{1,20}:)?sheet\b[^<>]{0,200}?\bname="%s"' % MARKER.encode())
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    IndexError,
    OverflowError,
    MemoryError,
)
"""What zipfile raises of a broken archive, beside what is said of itself."""
WHAT = ("book", *LISTS)
"""What `export_book` can write."""


def export_book(
    book: Book,
    path: str | Path,
    *,
    what: str = "book",
    today: date | None = None,
    progress: Progress = SILENT,
) -> int:
    """Writes the whole book, or one list of it (a word of WHAT), and returns how many records that were.

    `today` is the day that purchase states are told for. Raises KeyError for another word, UserError where
    the disk refuses, Cancelled; then nothing is written.
    """
    with everything.as_of_now(book):
        if what != "book":
            return write_list(book, path, what, today=today or date.today(), progress=progress)
        return _export_whole(book, Path(path), progress)


def is_whole_book(path: str | Path) -> bool:
    """Whether a file is a workbook that `export_book` wrote of a whole book; never raises."""
    try:
        # A device or a pipe can be opened and never ends.
        if not Path(path).is_file():
            return False
        with zipfile.ZipFile(path) as file:
            index = file.getinfo("xl/workbook.xml")
            if index.file_size > _LARGEST_INDEX:
                return False
            return _NAMED.search(file.read(index)) is not None
    except (*_BROKEN, OSError, KeyError, ValueError, RuntimeError, EOFError):
        return False


def _export_whole(book: Book, path: Path, progress: Progress) -> int:
    currency = str(book.setting("shop.currency"))
    counts = {subject.table: everything.count(book, subject.table) for subject in SUBJECTS}
    total, done = sum(counts.values()), 0
    index: list[tuple[str, str, str, str, str]] = [
        ("format", "", "", str(FORMAT), ""),
        ("schema", "", "", str(book.schema), ""),
        ("currency", "", "", currency, ""),
        ("language", "", "", language(), ""),
    ]
    more: list[tuple[str, int, str]] = []
    with WorkbookWriter(path, currency=currency) as writer:
        for subject in SUBJECTS:
            before, title = done, tr(subject.title)
            progress.report(before, total, tr("Writing {sheet}…", sheet=title))

            def report(count: int, before: int = before, title: str = title) -> None:
                progress.report(before + count, total, tr("Writing {sheet}…", sheet=title))

            first = len(writer.titles)
            columns, rows = _sheet(book, subject, codec.decimals_of(currency), more)
            done += writer.sheet(title, columns, rows, keys=True, exact=True, on_row=report)
            index += [("sheet", subject.table, "", name, "") for name in writer.titles[first:]]
            index += [
                ("word", subject.table, field.key, code, word)
                for field in subject.fields
                if field.kind in ("code", "flag")
                for code, word in codec.names_of(field).items()
            ]
        first = len(writer.titles)
        writer.sheet(
            tr("Long texts and attachments"), _MORE, _parts(book, more, progress), keys=True, exact=True
        )
        index += [("more", "", "", name, "") for name in writer.titles[first:]]
        writer.sheet(MARKER, _INDEX, index, keys=True, exact=True, hidden=True)
        writer.keywords = MARKER
    return done


def _columns(keys: tuple[str, ...]) -> tuple[ExportColumn, ...]:
    return tuple(ExportColumn(key, key, "text", itemgetter(at)) for at, key in enumerate(keys))


_MORE = _columns(("table", "id", "field", "part", "coding", "text"))
_INDEX = _columns(("what", "table", "field", "value", "word"))


def _sheet(
    book: Book, subject: Subject, decimals: int, more: list[tuple[str, int, str]]
) -> tuple[list[ExportColumn], Iterator[tuple[Any, ...]]]:
    """A subject's columns and rows; what is too long for a cell is noted in `more`."""
    columns: list[ExportColumn] = []
    expressions: list[str] = []

    def add(
        field: Field, key: str, title: str, expression: str, kind: str = "", hidden: bool = False
    ) -> None:
        encode = None if kind else codec.encoder(field, decimals)
        columns.append(
            ExportColumn(key, title, codec.KINDS[field.kind] if not kind else "text",
                         _getter(len(expressions), encode), hidden)
        )  # fmt: skip
        expressions.append(expression)

    for field in subject.fields:
        title = tr(field.title)
        if field.refers:
            named = BY_TABLE[field.refers].named_by
            shown = f'(SELECT {named} FROM "{field.refers}" WHERE id = t."{field.key}")'
            add(field, "", title, shown, "text")
            add(field, field.key, tr("{thing} (record)", thing=title), f't."{field.key}"')
        elif field.kind == "data":
            add(field, "", tr("Bytes"), f'length(t."{field.key}")')
        else:
            add(field, field.key, title, f't."{field.key}"')
    texts = [(at, column.key) for at, column in enumerate(columns) if column.key and column.kind == "text"]
    return columns, _noting(book, subject, expressions, texts, more)


def _getter(at: int, encode: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
    if encode is None:
        return itemgetter(at)
    return lambda row: None if row[at] is None else encode(row[at])


def _noting(
    book: Book,
    subject: Subject,
    expressions: list[str],
    texts: list[tuple[int, str]],
    more: list[tuple[str, int, str]],
) -> Iterator[tuple[Any, ...]]:
    has_data = [field.key for field in subject.fields if field.kind == "data"]
    for record, *values in everything.records(book, subject.table, expressions):
        for at, key in texts:
            if codec.elsewhere(values[at]):
                more.append((subject.table, record, key))
        more.extend((subject.table, record, key) for key in has_data)
        yield tuple(values)


def _parts(
    book: Book, more: list[tuple[str, int, str]], progress: Progress
) -> Iterator[tuple[str, int, str, int, str, str]]:
    """Everything that is not in its own cell: (table, record, field, part, coding, text)."""
    for table, record, key in more:
        progress.check()
        value = book.value(f'SELECT "{key}" FROM "{table}" WHERE id = ?', (record,))
        for part, (coding, text) in enumerate(codec.parts_of(value)):
            yield table, record, key, part, coding, text
