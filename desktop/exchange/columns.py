"""The placed columns of a table with their values read, as arrays of codes: what both checkers stand on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from desktop.exchange import fields
from desktop.exchange.layouts import Layout
from desktop.exchange.matching import Mapping
from desktop.exchange.records import Problem
from desktop.exchange.table import Table, cell_text
from desktop.exchange.values import Reading, check

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

_TOTALS = frozenset({"合计", "总计", "小计", "合计:", "合计：", "total", "grand total", "totals", "sum"})


@dataclass(slots=True)
class Placed:
    """One column: a code for each row that counts, and for each code the value read from it."""

    header: str
    index: int
    field: str
    codes: Codes
    values: list[Any]
    faults: dict[int, str]

    def has(self) -> Flags:
        """For each code, whether anything was read."""
        return np.fromiter((value is not None for value in self.values), np.bool_, len(self.values))

    def numbers(self) -> Ints:
        """For each code, its whole number; 0 for nothing."""
        return np.fromiter((value or 0 for value in self.values), np.int64, len(self.values))

    def floats(self, empty: float) -> Floats:
        """For each code, its number; `empty` for nothing."""
        return np.fromiter(
            (empty if value is None else value for value in self.values), np.float64, len(self.values)
        )


class Columns:
    """All placed columns over the rows that hold something; `row_numbers` counts as the file does, from 1."""

    def __init__(self, table: Table, mapping: Mapping, reading: Reading) -> None:
        self.table = table
        start = mapping.header_row + 1
        raw = [np.frombuffer(column.codes, np.int32)[start:] for column in table.columns]
        matches = [match for match in mapping.columns if match.field]
        filled = np.zeros(table.height - start, np.bool_)
        for match in matches:
            filled |= raw[match.index] != 0
        filled &= ~_totals(table, raw)
        kept = np.nonzero(filled)[0]
        self.rows = len(kept)
        self.row_numbers: Ints = kept + start + 1
        self.bad = np.zeros(self.rows, np.bool_)
        self.problems: list[Problem] = []
        self.every: list[Placed] = []
        self.two_ways = False
        """Whether some dates wait for the answer to which comes first, day or month."""
        whole = len(kept) == len(filled)
        for match in matches:
            checked = check(table.columns[match.index], fields.FIELD[match.field].kind, reading)
            self.two_ways |= checked.two_ways
            codes = raw[match.index] if whole else raw[match.index][kept]
            self.every.append(
                Placed(match.header, match.index, match.field, codes, checked.values, checked.faults)
            )
        for placed in self.every:
            if placed.faults:
                self._note_faults(placed)

    def _note_faults(self, placed: Placed) -> None:
        wrong = np.zeros(len(placed.values), np.bool_)
        wrong[list(placed.faults)] = True
        mask = wrong[placed.codes]
        self.bad |= mask
        for at in np.nonzero(mask)[0].tolist():
            code = int(placed.codes[at])
            self.note(at, placed, placed.faults[code])

    def note(self, at: int, placed: Placed | None, reason: str) -> None:
        """Keeps a row out, with the reason; `placed` is the column at fault."""
        self.bad[at] = True
        value = "" if placed is None else cell_text(self.table.columns[placed.index].values[placed.codes[at]])
        header = "" if placed is None else placed.header
        self.problems.append(Problem(int(self.row_numbers[at]), header, value, reason))

    def of(self, field: str) -> list[Placed]:
        """The columns that go to a field, in the order of the file."""
        return [placed for placed in self.every if placed.field == field]

    def one(self, field: str) -> Placed | None:
        """The only column of a field, or None."""
        return next((placed for placed in self.every if placed.field == field), None)

    def sorted_problems(self) -> list[Problem]:
        """The problems in the order of the file."""
        return sorted(self.problems, key=lambda problem: problem.row)

    def texts(self, field: str) -> Iterator[tuple[Placed, list[Any]]]:
        """Each column of a field with its value for every row."""
        for placed in self.of(field):
            yield placed, [placed.values[code] for code in placed.codes.tolist()]


def _totals(table: Table, raw: list[Codes]) -> Flags:
    """The rows that sum the others up: their first cell says so."""
    first = table.columns[0]
    sums = [
        code
        for code, value in enumerate(first.values)
        if isinstance(value, str) and len(value) < 16 and value.strip().lower() in _TOTALS
    ]
    return np.isin(raw[0], sums) if sums else np.zeros(len(raw[0]), np.bool_)


def reading_of(layout: Layout | None, mapping: Mapping, currency: str, country: str) -> Reading:
    """How the values of a file are read, in this shop."""
    channel = layout.channel if layout else ""
    statuses = layout.statuses if layout else {}
    return Reading(currency, country, channel, statuses, mapping.day_first)
