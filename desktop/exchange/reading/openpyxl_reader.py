"""Reads the .xlsx that calamine cannot, more slowly and more patiently. Runs in the reading process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from desktop.exchange.reading.kinds import EVERY_SHEET, NotATableError

_LOOKED_AT = 50


class OtherWorkbook:
    """A workbook's sheets by name; raises whatever a broken file makes openpyxl raise."""

    def __init__(self, path: Path) -> None:
        import openpyxl

        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        self._sheets = {sheet.title: sheet for sheet in book.worksheets}
        shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
        self.names = list(self._sheets)
        self.shown = shown or self.names

    def rows(self, name: str) -> Iterator[Sequence[Any]]:
        """A sheet's rows from the first one, "" where a cell is empty."""
        sheet = self._sheets[name]
        # What the file says of its size may be wrong, and then rows would be missing.
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True):
            yield ["" if cell is None else cell for cell in row]

    def sheets(self, wanted: Sequence[str]) -> Iterator[tuple[str, list[str], Iterator[Sequence[Any]]]]:
        """(name, names that are shown, rows) of each sheet named, or of the first with a table on it.

        Raises NotATableError where there is none.
        """
        if list(wanted) == [EVERY_SHEET]:
            wanted = self.names
        if not set(wanted) <= set(self.names):
            raise NotATableError("sheet")
        if wanted:
            yield from ((name, self.shown, self.rows(name)) for name in wanted)
            return
        first = self.first_table()
        if first is None:
            raise NotATableError("blank")
        yield first[0], self.shown, first[1]

    def first_table(self) -> tuple[str, Iterator[Sequence[Any]]] | None:
        """The first shown sheet of rows and columns, else one with anything on it, else a hidden one."""
        hidden = [name for name in self.names if name not in self.shown]
        return self._first_of(self.shown) or self._first_of(hidden)

    def _first_of(self, names: Sequence[str]) -> tuple[str, Iterator[Sequence[Any]]] | None:
        cover: tuple[str, Iterator[Sequence[Any]]] | None = None
        for name in names:
            rows = self.rows(name)
            head = list(islice(rows, _LOOKED_AT))
            filled = [row for row in head if any(cell != "" for cell in row)]
            found = name, chain(head, rows)
            if len(filled) > 1 and max(map(len, filled)) > 1:
                return found
            if filled and cover is None:
                cover = found
        return cover
