"""The placed columns of a table with their values read, as arrays of codes: what both checkers stand on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from desktop.exchange.checking.records import Problem
from desktop.exchange.matching.mapping import Mapping
from desktop.exchange.matching.reshape import arrange
from desktop.exchange.matching.reshape_cells import Cells
from desktop.exchange.reading.packed_values import Masked
from desktop.exchange.reading.table import Cell, Table, cell_text
from desktop.exchange.values.reader import Reading, check_settled, other_currency, settled
from desktop.exchange.vocabulary import fields, synonyms
from desktop.exchange.vocabulary.layouts import Layout

_MONEY = ("amount", "amounts", "price")
Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(slots=True)
class Placed:
    """One column: a code for each row that counts, and for each code the value read from it."""

    header: str
    field: str
    codes: Codes
    cells: Sequence[Cell]
    """For each code what stands in the file."""
    values: list[Any]
    faults: dict[int, str]
    read: Sequence[Cell] = ()
    """For each code what was read, in our words where a layout or the owner said what a word means."""
    origins: tuple[tuple[int, str], ...] = ()

    def header_of(self, code: int) -> str:
        """The header in the file under which a value stands; of a joined value that of its first part."""
        return next((header for start, header in reversed(self.origins) if start <= code), self.header)

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
        self.layout = reading.layout
        self.reading = reading
        arranged = arrange(table, mapping)
        self.rows = len(arranged.row_numbers)
        self.row_numbers: Ints = arranged.row_numbers
        self.left_out = arranged.left_out
        """Rows that the layout leaves out on purpose."""
        self.bad = np.zeros(self.rows, np.bool_)
        self.problems: list[Problem] = []
        self.every: list[Placed] = []
        self.two_ways = False
        """Whether some dates wait for the answer to which comes first, day or month."""
        used = [_used(cells) for cells in arranged.columns]
        kinds = [fields.FIELD[cells.field].kind for cells in arranged.columns]
        readings = settled(replace(reading, epoch=table.epoch), list(zip(kinds, used, strict=True)))
        for cells, values, kind, by in zip(arranged.columns, used, kinds, readings, strict=True):
            told = {
                **(reading.layout.words.get(cells.field, {}) if reading.layout else {}),
                **mapping.words.get(cells.field, {}),
            }
            if told:
                values = [_translated(value, told) for value in values]
            checked = check_settled(values, kind, by)
            self.two_ways |= checked.two_ways
            self.every.append(
                Placed(
                    cells.header,
                    cells.field,
                    cells.codes,
                    cells.values,
                    checked.values,
                    checked.faults,
                    values,
                    cells.origins,
                )
            )
        for placed in self.every:
            if placed.faults:
                self._note_faults(placed)
        if reading.stated_currency not in ("", reading.currency) and not self.of("order.currency"):
            self._note_currency(reading, kinds)

    def _note_currency(self, reading: Reading, kinds: Sequence[str]) -> None:
        """Nothing of a file whose layout says another currency than the shop's comes in as the shop's."""
        amounts = [placed for placed, kind in zip(self.every, kinds, strict=True) if kind in _MONEY]
        reason = other_currency(reading.stated_currency, reading.currency)
        for at in np.nonzero(~self.bad)[0].tolist() if amounts else ():
            self.note(at, amounts[0], reason)

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
        value = "" if placed is None else cell_text(placed.cells[placed.codes[at]])
        header = "" if placed is None else placed.header_of(int(placed.codes[at]))
        self.problems.append(Problem(int(self.row_numbers[at]), header, value, reason))

    def of(self, field: str) -> list[Placed]:
        """The columns that go to a field, in the order of the file."""
        return [placed for placed in self.every if placed.field == field]

    def one(self, field: str) -> Placed | None:
        """The only column of a field, or None."""
        return next((placed for placed in self.every if placed.field == field), None)

    def sorted_problems(self) -> list[Problem]:
        """The problems in the order of the file; a row that holds several lines says each once."""
        return sorted(dict.fromkeys(self.problems), key=lambda problem: problem.row)

    def texts(self, field: str) -> Iterator[tuple[Placed, list[Any]]]:
        """Each column of a field with its value for every row."""
        for placed in self.of(field):
            yield placed, [placed.values[code] for code in placed.codes.tolist()]


def _used(cells: Cells) -> Sequence[Cell]:
    """The values that stand in a row that counts; None for the others, such as those of a preamble."""
    there = np.bincount(cells.codes, minlength=len(cells.values)) > 0
    return Masked(cells.values, there.tobytes())


def _translated(cell: Cell, told: Dict[str, str]) -> Cell:
    """A cell in our words, where the layout has one for it, or one for whatever else there is ("*")."""
    if cell is None:
        return None
    # A star alone folds to nothing.
    word = told.get(synonyms.folded(cell_text(cell)), told.get(""))
    return cell if word is None else word or None


def reading_of(layout: Layout | None, mapping: Mapping, currency: str, country: str) -> Reading:
    """How the values of a file are read, in this shop of that currency and country."""
    if layout is None:
        return Reading(currency, country, day_first=mapping.day_first)
    return Reading(
        currency,
        country,
        layout.channel,
        layout.statuses,
        mapping.day_first,
        written_in=layout.country,
        stated_currency=layout.currency,
        multi=layout.multi,
        layout=layout,
    )
