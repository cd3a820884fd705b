"""Writes tables to an .xlsx workbook that looks kept by hand: header, frozen row, filters, real values.

openpyxl makes everything about the workbook but the rows (styles, names, relations); the rows are poured into
the file as text as they come. That takes no memory however long the list, and a tenth of the time that
openpyxl's own cells take.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from desktop.core.money import DEFAULT_CURRENCY
from desktop.core.progress import SILENT, Progress
from desktop.exchange.writers import cells, looks
from desktop.exchange.writers.columns import ExportColumn
from desktop.exchange.writers.saving import written_beside
from desktop.exchange.writers.sheet import Pour

MOST_ROWS = 1_048_576
"""Rows of a sheet, its header among them."""
_EVERY = 2_000
_SAMPLE = 200
_RESERVED = "history"
"""Excel keeps a sheet of its own of this name, and refuses a workbook that has another."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


class _Sheet(NamedTuple):
    title: str
    part: str
    filter: str
    header_row: int
    hidden: bool


class WorkbookWriter:
    """A workbook being written to `path`, sheet by sheet; use it as a context manager.

    Leaving the block well puts the file in its place; leaving it by an exception leaves no trace, and a
    file that was there before as it was. Raises UserError where the disk refuses.
    """

    def __init__(self, path: str | Path, *, currency: str = DEFAULT_CURRENCY) -> None:
        self._currency = currency
        self._place = written_beside(path)
        self._look = looks.Looks(currency)
        self._sheets: list[_Sheet] = []
        self.keywords = ""
        """Words kept in the file's properties, by which a program can know it again."""

    def __enter__(self) -> WorkbookWriter:
        self._beside = self._place.__enter__()
        try:
            self._zip = zipfile.ZipFile(self._beside, "w", zipfile.ZIP_DEFLATED, compresslevel=4)
        except OSError as fault:
            self._place.__exit__(type(fault), fault, fault.__traceback__)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if fault is None:
                self._finish()
            self._zip.close()
        except OSError as error:
            # Closing a zip on a full disk tries to write its table again.
            self._zip.fp = None
            if fault is None:
                kind, fault, trace = type(error), error, error.__traceback__
        self._place.__exit__(kind, fault, trace)

    @property
    def titles(self) -> tuple[str, ...]:
        """The names of the sheets written so far."""
        return tuple(sheet.title for sheet in self._sheets)

    def sheet(
        self,
        title: str,
        columns: Sequence[ExportColumn],
        rows: Iterable[Any],
        *,
        keys: bool = False,
        exact: bool = False,
        hidden: bool = False,
        on_row: Callable[[int], object] | None = None,
    ) -> int:
        """Adds a sheet and returns how many rows it took; what does not fit goes on in a further sheet.

        `keys`: the columns' keys stand in a hidden first row. `exact`: texts keep their control characters.
        `on_row` is called now and then with the count of rows so far, and may raise to stop.
        """
        stream = iter(rows)
        most = MOST_ROWS - 1 - keys
        count = 0
        while True:
            chunk = islice(stream, most)
            first = next(chunk, None)
            if first is None and count:
                return count
            head = () if first is None else (first,)
            count += self._one_sheet(title, columns, chain(head, chunk), keys, exact, hidden, on_row, count)
            if count % most or not count:
                return count

    def _one_sheet(
        self,
        title: str,
        columns: Sequence[ExportColumn],
        rows: Iterator[Any],
        keys: bool,
        exact: bool,
        hidden: bool,
        on_row: Callable[[int], object] | None,
        before: int,
    ) -> int:
        name = sheet_title(title, self.titles)
        part = f"xl/worksheets/sheet{len(self._sheets) + 1}.xml"
        first = list(islice(rows, _SAMPLE))
        getters = [column.getter() for column in columns]
        with self._zip.open(part, "w", force_zip64=True) as file:
            pour = Pour(file, self._look.numbers, self._currency, columns, getters, exact=exact)
            pour.begin(first, keys=keys, selected=not self._sheets, header_style=self._look.numbers["header"])
            count = 0
            for row in chain(first, rows):
                pour.row(row)
                count += 1
                if on_row and count % _EVERY == 0:
                    on_row(before + count)
            reach = pour.end()
        self._sheets.append(_Sheet(name, part, reach, 1 + keys, hidden))
        return count

    def _finish(self) -> None:
        """Writes everything but the sheets, as openpyxl does it for a workbook of sheets like these."""
        skeleton = self._look.book
        skeleton.remove(skeleton.worksheets[0])
        for sheet in self._sheets or [_Sheet("Shuke", "", "", 1, False)]:
            made = skeleton.create_sheet(sheet.title)
            made.sheet_state = "hidden" if sheet.hidden else "visible"
            if sheet.filter:
                made.auto_filter.ref = sheet.filter
                made.print_title_rows = f"{sheet.header_row}:{sheet.header_row}"
        skeleton.properties.creator = "Shuke"
        skeleton.properties.keywords = self.keywords or None
        held = io.BytesIO()
        skeleton.save(held)
        ours = {sheet.part for sheet in self._sheets}
        with zipfile.ZipFile(held) as made_zip:
            for item in made_zip.namelist():
                if item not in ours:
                    self._zip.writestr(item, made_zip.read(item))


def write_table(
    path: str | Path,
    title: str,
    columns: Sequence[ExportColumn],
    rows: Iterable[Any],
    *,
    currency: str = DEFAULT_CURRENCY,
    total: int = 0,
    progress: Progress = SILENT,
) -> int:
    """Writes one list to a workbook of one sheet and returns its count of rows.

    `rows` may be any iterable of any objects, for `columns` know how to take them apart; `total` is for the
    progress alone. Raises UserError where the disk refuses and Cancelled; then nothing is written.
    """

    def report(done: int) -> None:
        progress.report(done, total)

    with WorkbookWriter(path, currency=currency) as writer:
        progress.report(0, total)
        return writer.sheet(title, columns, rows, on_row=report)


def sheet_title(title: str, taken: Sequence[str]) -> str:
    """A title as a workbook allows it: 31 characters, none of []:*?/\\, no two alike whatever their case."""
    plain = _FORBIDDEN.sub(" ", title).strip(" '") or "Shuke"
    name, number = cells.cut(plain, 31).strip(" '"), 1
    folded = {_RESERVED, *(other.casefold() for other in taken)}
    while name.casefold() in folded:
        number += 1
        name = f"{cells.cut(plain, 30 - len(str(number))).strip()} {number}"
    return name
