"""Brings a platform's table into one row a line, one column a value, before its columns are read.

A layout's shape says how: parts are joined, rows kept or left out, blanks filled from above, the several
lines of one row become rows. All of it happens on the arrays of codes, so that texts are made once for each
different value and half a million rows cost little; the rows keep the numbers they have in the file.
"""

from __future__ import annotations

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from desktop.exchange.matching import reshape_cells
from desktop.exchange.matching.mapping import SEVERAL, Mapping
from desktop.exchange.matching.reshape_cells import Cells, Flags, Ints
from desktop.exchange.matching.reshape_rows import blank_rows, repeated_headers, total_and_example_rows
from desktop.exchange.reading.table import Cell, Table
from desktop.exchange.vocabulary import fields, synonyms
from desktop.exchange.vocabulary.layout_file import ANY_CELL, FIRST_CELL, NUMBER, matcher, numbered


@dataclass(frozen=True, slots=True)
class Arranged:
    """The placed columns of a file over the rows that count."""

    columns: tuple[Cells, ...]
    row_numbers: Ints
    """For each row its number in the file, from 1; rows made of one row share it."""
    left_out: int
    """Rows that are left out on purpose: by the layout, or because they are a template's examples."""


def arrange(table: Table, mapping: Mapping) -> Arranged:
    """The columns of `table` as `mapping` places them, in the shape that its layout gives them.

    Without a shape: the same rows without blank ones and those that sum the others up.
    """
    return _Arranging(table, mapping).run()


class _Arranging:
    """The columns in question, from step to step."""

    def __init__(self, table: Table, mapping: Mapping) -> None:
        self.table, self.mapping, self.shape = table, mapping, mapping.shape
        self.start = mapping.header_row + 1
        self.names = {column.index: synonyms.folded(column.header) for column in mapping.columns}
        self.held: dict[int, Cells] = {}
        """By the place of the column in the file."""
        self.first: Ints = np.empty(0, np.int64)
        """For each row where it stands below the header."""
        for column in mapping.columns:
            if column.field:
                self.held[column.index] = self._cells(column.index, column.field)

    def _cells(self, index: int, field: str = "") -> Cells:
        column = self.table.columns[index]
        header = next((c.header for c in self.mapping.columns if c.index == index), "")
        return Cells(header, field, np.frombuffer(column.codes, np.int32)[self.start :], column.values)

    def _named(self, header: str) -> list[int]:
        return [index for index, name in self.names.items() if numbered(header).fullmatch(name)]

    def run(self) -> Arranged:
        shape = self.shape
        height = self.table.height - self.start
        filled = ~blank_rows(list(self.held.values()), height)
        totals, examples = total_and_example_rows(self.table, self.start)
        filled &= ~totals
        filled &= ~repeated_headers(self.table, self.mapping.header_row)
        extracted = (extract.column for extract in shape.extract.values())
        for header in (*shape.keep, *shape.status_of, *extracted):
            for index in self._named(header):
                self.held.setdefault(index, self._cells(index))
        dropped = (self._dropped(height) | examples) & filled
        if shape.fill_down:
            self._fill_down()
        for header, words in shape.keep.items():
            for index in self._named(header)[:1]:
                dropped |= filled & ~self._holds(self.held[index], words)
        kept = np.nonzero(filled & ~dropped)[0]
        if len(kept) < height:
            self.held = {index: cells.taken(kept) for index, cells in self.held.items()}
        if shape.repeat:
            kept = self._repeat(kept)
        for key, extract in shape.extract.items():
            for index in self._named(extract.column)[:1]:
                # Behind the file's own columns.
                self.held[max(self.held) + 1] = self.held[index].extracted(key, extract.value)
        if shape.status_of:
            self._overrule_status()
        return Arranged(tuple(self._merged()), kept + self.start + 1, int(dropped.sum()))

    # --- rows

    def _dropped(self, height: int) -> Flags:
        dropped = np.zeros(height, np.bool_)
        for header, words in self.shape.drop.items():
            if header == ANY_CELL:
                places: Sequence[int] = range(self.table.width)
            else:
                places = [0] if header == FIRST_CELL else self._named(header)
            for index in places:
                dropped |= self._holds(self._cells(index), words)
        return dropped

    def _holds(self, cells: Cells, words: tuple[str, ...]) -> Flags:
        return cells.holds(matcher(words))[cells.codes]

    def _fill_down(self) -> None:
        """Later rows of an order take what its first row says, where they hold a line of it."""
        fill = {index for header in self.shape.fill_down for index in self._named(header)}
        fill &= set(self.held)
        lines = [cells for i, cells in self.held.items() if i not in fill and cells.field.startswith("line.")]
        lines = lines or [cells for index, cells in self.held.items() if index not in fill]
        if not fill or not lines:
            return
        has_line = ~blank_rows(lines, len(lines[0].codes))
        number = next((i for i in fill if self.held[i].field == "order.number"), None)
        starts: Flags | None = None
        if number is not None:
            said = self.held[number].says()[self.held[number].codes]
            codes = self.held[number].codes
            self.held[number] = self.held[number].filled_down(has_line, None)
            before = np.concatenate(([np.int32(-1)], self.held[number].codes[:-1]))
            starts = said & (codes != before)
        for index in fill - {number}:
            self.held[index] = self.held[index].filled_down(has_line, starts)

    def _repeat(self, kept: Ints) -> Ints:
        """A row with several lines becomes as many rows; gives where each stands below the header."""
        groups: dict[str, dict[int, int]] = {}
        for key, pattern in self.shape.repeat.items():
            for index, cells in self.held.items():
                found = numbered(pattern).fullmatch(self.names[index])
                if found and cells.field == key:
                    groups.setdefault(key, {})[int(found[1])] = index
        numbers = sorted({number for group in groups.values() for number in group})
        if not numbers:
            return kept
        said = np.zeros((len(kept), len(numbers)), np.bool_)
        for group in groups.values():
            for number, index in group.items():
                said[:, numbers.index(number)] |= self.held[index].says()[self.held[index].codes]
        # A row without any line stays as it is, and says no line.
        said[:, 0] |= ~said.any(axis=1)
        rows, which = np.nonzero(said)
        repeated = {index for group in groups.values() for index in group.values()}
        held = {i: cells.taken(rows) for i, cells in self.held.items() if i not in repeated}
        for group in groups.values():
            parts = [self.held[group[number]] if number in group else None for number in numbers]
            held[min(group.values())] = reshape_cells.chosen(parts, rows, which)
        self.held = dict(sorted(held.items()))
        taken: Ints = kept[rows]
        return taken

    # --- columns

    def _overrule_status(self) -> None:
        """The state that another column tells better takes the place of the state column's word."""
        key = next((f.key for f in fields.fields_of(self.mapping.target) if f.key.endswith(".status")), None)
        # Kept as they are: one may be a column of the state itself, or be gone with the repeated ones.
        speaking: dict[int, Cells] = {}
        said: list[tuple[Cells, Dict[str, str]]] = []
        for header, told in self.shape.status_of.items():
            for index in [index for index in self._named(header) if index in self.held][:1]:
                speaking[index] = self.held[index]
                said.append((self.held[index], told))
        if key is None or not said:
            return
        self._one_status(key)
        at = next((i for i, cells in self.held.items() if cells.field == key), None)
        number = next((cells for cells in self.held.values() if cells.field == "order.number"), None)
        before = self.held[at] if at is not None else None
        rows = len(said[0][0].codes)
        codes = before.codes.copy() if before is not None else np.zeros(rows, np.int32)
        values: list[Cell] = list(before.values) if before is not None else [None]
        open_ = before.says()[before.codes] if before is not None else np.zeros(rows, np.bool_)
        settled = np.zeros(rows, np.bool_)
        for cells, told in said:
            speaks = open_ | cells.says()[cells.codes]
            for word, status in told.items():
                holds = self._holds(cells, (word,)) & ~settled
                if number is not None and not self.shape.status_by_line and holds.any():
                    holds = reshape_cells.agreed(number.codes, holds, speaks)
                settled |= holds
                codes[holds] = len(values)
                values.append(status)
        for index in speaking:
            if index in self.held and not self.held[index].field:
                del self.held[index]
        if at is None:
            at = max((*self.held, *speaking)) + 1
        self.held[at] = Cells(before.header if before is not None else said[0][0].header, key, codes, values)

    def _one_status(self, key: str) -> None:
        """Of several columns of the state, what the first in the order of the layout says; one stays."""
        order = {header: place for place, header in enumerate(self.shape.order)}
        places = [index for index, cells in self.held.items() if cells.field == key]
        places.sort(key=lambda index: _rank(order, self.names.get(index, "")))
        if len(places) > 1:
            one = reshape_cells.first_said([self.held[index] for index in places])
            for index in places[1:]:
                cells = self.held[index]
                self.held[index] = Cells(cells.header, "", cells.codes, cells.values)
            self.held[places[0]] = one

    def _merged(self) -> list[Cells]:
        """One column for each value: parts joined, and of several columns what the first says."""
        order = {header: place for place, header in enumerate(self.shape.order)}
        by_field: dict[str, list[int]] = {}
        for index in sorted(self.held):
            if self.held[index].field:
                by_field.setdefault(self.held[index].field, []).append(index)
        found: dict[int, Cells] = {}
        for key, places in by_field.items():
            values, parts = self._joined(key, places)
            others = [index for index in places if index not in parts]
            if key in SEVERAL:
                found.update(values)
                found.update({index: self.held[index] for index in others})
            else:
                others.sort(key=lambda index: _rank(order, self.names.get(index, "")))
                columns = [*values.values(), *(self.held[index] for index in others)]
                found[places[0]] = reshape_cells.first_said(columns)
        return [found[index] for index in sorted(found)]

    def _joined(self, key: str, places: list[int]) -> tuple[dict[int, Cells], set[int]]:
        """The values of a field that are made of parts, in the order of the layout, and their columns."""
        values: dict[int, Cells] = {}
        taken: set[int] = set()
        for headers in self.shape.join.get(key, ()):
            parts: list[int] = []
            for header in headers:
                pattern = numbered(header)
                parts += [
                    index
                    for index in places
                    if index not in parts
                    and index not in taken
                    and pattern.fullmatch(self.names.get(index, ""))
                ]
            if parts:
                taken.update(parts)
                cells = [self.held[index] for index in parts]
                names = [self.names.get(index, "") for index in parts]
                values[min(parts)] = reshape_cells.joined(cells, names, key, self.shape.join_with.get(key))
        return values, taken


def _rank(order: dict[str, int], name: str) -> int:
    """The place that a layout gives a header; behind all for one it does not name."""
    if name in order:
        return order[name]
    turned = (
        place for header, place in order.items() if NUMBER in header and numbered(header).fullmatch(name)
    )
    return next(turned, len(order))
