"""A table as it was read from a file: columns of codes into their unique values.

Exports repeat themselves: half a million order lines hold four thousand products. Each column keeps every
different value once and, for each row, the number of its value, so that half a million rows travel between
processes, fit into memory and are checked by looking at unique values only.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from desktop.exchange.reading.packed_values import PackedValues

Cell = str | float | datetime | None
"""What a cell holds; whole numbers are floats too, as workbooks have them. None: nothing."""

SUFFIXES = (
    ".xlsx",
    ".xlsm",
    ".xls",
    ".xlsb",
    ".ods",
    ".csv",
    ".txt",
    ".tsv",
    ".xml",
    ".html",
    ".htm",
    ".vcf",
)
"""The file names that a dialog offers; what a file really is, its content says."""


def _nothing() -> list[Cell] | PackedValues:
    return [None]


@dataclass(slots=True)
class Column:
    """One column: `values[codes[row]]` is a cell; code 0 is the empty one."""

    codes: array[int] = field(default_factory=lambda: array("i"))
    values: list[Cell] | PackedValues = field(default_factory=_nothing)
    """Each different one once; where nearly all differ one may stand here twice."""


@dataclass(slots=True)
class Table:
    """A sheet of a workbook or a text file, whole; rows and columns count from 0, from the sheet's corner."""

    path: Path
    kind: str
    """xlsx, xls, xlsb, ods, csv, html or xml."""
    encoding: str = ""
    """Of a text file, as people call it: UTF-8, GB18030."""
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    columns: list[Column] = field(default_factory=list)
    height: int = 0
    hash: str = ""
    """SHA-256 of the file."""
    epoch: int = 1900
    """From which year on a workbook's bare numbers count days: 1900 or 1904."""

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.columns)

    def cell(self, row: int, column: int) -> Cell:
        """One cell."""
        held = self.columns[column]
        return held.values[held.codes[row]]

    def text(self, row: int, column: int) -> str:
        """One cell as people would write it."""
        return cell_text(self.cell(row, column))


def cell_text(cell: Cell) -> str:
    """A cell as people would write it: numbers without a needless .0, midnight without a time."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, datetime):
        return cell.strftime(
            "%Y-%m-%d" if (cell.hour, cell.minute, cell.second) == (0, 0, 0) else "%Y-%m-%d %H:%M:%S"
        )
    if cell == int(cell) if abs(cell) < 1e15 else False:
        return str(int(cell))
    return repr(cell)


def letters(column: int) -> str:
    """The spreadsheet's name of a column: 0 → A, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
