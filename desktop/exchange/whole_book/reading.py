"""Reads a workbook of a whole book back: its sheets as rows of stored values, and where each one stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import InvalidOperation
from pathlib import Path
from typing import Any

from desktop.core.errors import UserError
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import tr
from desktop.exchange.reading.files import read_sheets
from desktop.exchange.reading.refusals import refusal
from desktop.exchange.reading.table import Cell, Table, cell_text
from desktop.exchange.whole_book import codec as codec
from desktop.exchange.whole_book.book import FORMAT, MARKER
from desktop.exchange.whole_book.subjects import BY_TABLE, SUBJECTS, Field

_KEYS, _FIRST = 0, 2
"""The row with the fields' names, and the first one of the records."""

_FAULTS = (ValueError, InvalidOperation, OverflowError)

More = dict[tuple[str, int, str], str | bytes]
"""What was too long for its cell: (table, record, field) → the whole."""


@dataclass
class SheetOfBook:
    """One sheet of one table: the fields it has, and where they stand."""

    table: str
    data: Table
    fields: list[tuple[int, Field]]
    decode: list[Callable[[Cell], Any]]
    more: More = field(repr=False)

    @property
    def columns(self) -> list[str]:
        """The names of the fields, bytes among them."""
        return [one.key for _, one in self.fields] + self.bytes_fields

    @property
    def bytes_fields(self) -> list[str]:
        """Fields that are not in the sheet for they are bytes."""
        return [one.key for one in BY_TABLE[self.table].fields if one.kind == "data"]

    @property
    def height(self) -> int:
        """How many rows may hold a record."""
        return max(0, self.data.height - _FIRST)

    def rows(self, nullable: frozenset[str]) -> Iterator[tuple[int, list[Any]]]:
        """(row as a spreadsheet counts, values of `columns`); an empty cell is None if that may be, else "".

        Raises UserError for a value that can't be what its column holds.
        """
        columns = [self._decoded(at, one, decode, nullable) for (at, one), decode in self._places()]
        place = next((place for place, (_, one) in enumerate(self.fields) if one.key == "id"), None)
        if None in columns:
            self._refuse_first(nullable)
        for row, values in enumerate(zip(*filter(None, columns), strict=True), _FIRST):
            if place is None or values[place] is None or values[place] == "":
                self._refuse_unless_blank(row)
            else:
                yield row + 1, self._whole(list(values))

    def _places(self) -> Iterator[tuple[tuple[int, Field], Callable[[Cell], Any]]]:
        return zip(self.fields, self.decode, strict=True)

    def _decoded(
        self, at: int, one: Field, decode: Callable[[Cell], Any], nullable: frozenset[str]
    ) -> Iterator[Any] | None:
        """A column's values, each different one decoded once; None when one of its records' is wrong."""
        column = self.data.columns[at]
        values: list[Any] = []
        wrong: set[int] = set()
        for code, cell in enumerate(column.values):
            try:
                values.append(_stored(cell, one, decode, nullable))
            except _FAULTS:
                wrong.add(code)
                values.append(None)
        codes = column.codes[_FIRST:]
        # The names and titles above the records are no values, of course.
        return map(values.__getitem__, codes) if wrong.isdisjoint(codes) else None

    def _refuse_first(self, nullable: frozenset[str]) -> None:
        """Raises UserError for the first value that can't be what its column holds."""
        for row in range(_FIRST, self.data.height):
            for (at, one), decode in self._places():
                cell = self.data.cell(row, at)
                try:
                    _stored(cell, one, decode, nullable)
                except _FAULTS as fault:
                    why = tr("“{value}” can't stand here.", value=cell_text(cell))
                    raise self.wrong(row, why, at) from fault

    def _whole(self, values: list[Any]) -> list[Any]:
        """The values with what stood elsewhere for its length."""
        if not self.more and not self.bytes_fields:
            return values
        keys = [one.key for _, one in self.fields]
        record = values[keys.index("id")]
        for at, key in enumerate(keys):
            values[at] = self.more.get((self.table, record, key), values[at])
        return [*values, *(self.more.get((self.table, record, key), b"") for key in self.bytes_fields)]

    def _refuse_unless_blank(self, row: int) -> None:
        if any(self.data.cell(row, at) is not None for at, _ in self.fields):
            raise self.wrong(row, tr("The record has no number."))

    def wrong(self, row: int, why: str, column: int | None = None) -> UserError:
        """The error about a row (counted from 0) that says where it stands."""
        where = tr("“{sheet}”, row {row}", sheet=self.data.sheet, row=row + 1)
        if column is not None:
            header = self.data.text(1, column)
            where = tr("“{sheet}”, row {row}, “{column}”", sheet=self.data.sheet, row=row + 1, column=header)
        return UserError(
            tr("{where}: {problem}", where=where, problem=why),
            tr("Mend it in the workbook and import it again."),
        )


def _stored(cell: Cell, one: Field, decode: Callable[[Cell], Any], nullable: frozenset[str]) -> Any:
    """What a cell holds. Raises one of _FAULTS."""
    if cell is not None:
        return decode(cell)
    if one.key in nullable:
        return None
    return decode(cell) if one.kind == "code" else ""


def read_whole_book(path: str | Path, *, progress: Progress = SILENT) -> list[SheetOfBook]:
    """Every sheet of a whole-book workbook, in the order of SUBJECTS. Raises UserError and Cancelled."""
    read = {table.sheet: table for table in read_sheets(path, progress=progress)}
    if MARKER not in read:
        raise refusal("sheet", Path(path).name)
    index = _index(read[MARKER])
    told = {what: value for what, _, _, value, _ in index}
    if not told.get("format", "").isdigit() or int(told["format"]) > FORMAT:
        raise UserError(
            tr("This workbook was written by a newer version of the program."),
            tr("Update the program and import it again."),
        )
    sheets = [(table, name) for what, table, _, name, _ in index if what == "sheet"]
    long = [name for what, _, _, name, _ in index if what == "more"]
    codes: dict[tuple[str, str], dict[str, str]] = {}
    for what, table, key, code, word in index:
        if what == "word":
            codes.setdefault((table, key), {})[word] = code
    decimals = codec.decimals_of(told.get("currency", ""))
    more = _more([read[name] for name in long if name in read])
    found = [
        _sheet(table, read[name], codes, decimals, more)
        for table, name in sheets
        if table in BY_TABLE and name in read
    ]
    if len(found) < sum(table in BY_TABLE for table, _ in sheets):
        raise refusal("sheet", Path(path).name)
    order = {subject.table: at for at, subject in enumerate(SUBJECTS)}
    return sorted(found, key=lambda sheet: order[sheet.table])


def _index(data: Table) -> list[tuple[str, str, str, str, str]]:
    def text(row: int, column: int) -> str:
        return data.text(row, column) if column < data.width else ""

    return [
        (text(row, 0), text(row, 1), text(row, 2), text(row, 3), text(row, 4))
        for row in range(_FIRST, data.height)
    ]


def _more(sheets: list[Table]) -> More:
    parts: dict[tuple[str, int, str, str], list[str]] = {}
    try:
        for data in sheets:
            for row in range(_FIRST, data.height):
                table, record, key, _, coding, text = (data.text(row, column) for column in range(6))
                parts.setdefault((table, int(record), key, coding), []).append(text)
        return {place[:3]: codec.whole_of(place[3], texts) for place, texts in parts.items()}
    except (ValueError, IndexError) as fault:
        raise UserError(
            tr("The sheet of long texts and attachments is damaged."), tr("Export the book again.")
        ) from fault


def _sheet(
    table: str, data: Table, codes: dict[tuple[str, str], dict[str, str]], decimals: int, more: More
) -> SheetOfBook:
    known = {one.key: one for one in BY_TABLE[table].fields}
    fields = [
        (at, known[key])
        for at in range(data.width)
        if (key := data.text(_KEYS, at)) in known and known[key].kind != "data"
    ]
    decode = [codec.decoder(one.kind, codes.get((table, one.key), {}), decimals) for _, one in fields]
    return SheetOfBook(table, data, fields, decode, more)
