"""Rows of a table that are none of its records: blank ones, sums of the others, headers said again."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from desktop.core.text import fold
from desktop.exchange.matching.reshape_cells import Cells, Flags
from desktop.exchange.reading.table import Cell, Table
from desktop.exchange.vocabulary.ours import is_example

_TOTAL = re.compile(r"(?:本页|本月|当页)?(?:合计|总计|小计|共计|汇总)|(?:grand |sub)?totals?|sum", re.ASCII)
_TAIL = re.compile(
    r"\s*[:：]?\s*(?:[(（]?(?:共\s*)?[\d,.]*\s*(?:笔|单|条|件|个|元|行|orders?|rows?|items?)?[)）]?)?"
)
_MAY_SAY = re.compile(r"\s*[本当合总小共汇gstＧＳＴ\[〔]", re.I)
"""How what says a sum or an example begins: most cells do not."""
_LONGEST_TOTAL = 24
_LOOKED_AT = 6
"""Columns at the left where the first cell of a row is looked for."""


def blank_rows(columns: Sequence[Cells], height: int) -> Flags:
    """The rows in which no column holds anything but blanks and tabs."""
    filled = np.zeros(height, np.bool_)
    for cells in columns:
        filled |= _holding(cells.values)[cells.codes]
    return ~filled


def _holding(values: Sequence[Cell]) -> Flags:
    holding = np.ones(len(values), np.bool_)
    holding[
        [
            code
            for code, value in enumerate(values)
            if value is None or (isinstance(value, str) and (not value or value.isspace()))
        ]
    ] = False
    return holding


def total_and_example_rows(table: Table, start: int) -> tuple[Flags, Flags]:
    """The rows below `start` that sum the others up, and those by which a template shows how it is filled in.

    The first cell that holds something says so.
    """
    totals, examples = np.zeros(table.height - start, np.bool_), np.zeros(table.height - start, np.bool_)
    blank_so_far = ~totals
    for column in table.columns[:_LOOKED_AT]:
        codes = np.frombuffer(column.codes, np.int32)[start:]
        passing: tuple[list[int], list[int]] = [], []
        holding = np.ones(len(column.values), np.bool_)
        for code, value in enumerate(column.values):
            if not isinstance(value, str):
                holding[code] = value is not None
            elif not value or value.isspace():
                holding[code] = False
            elif _MAY_SAY.match(value):
                if _says_total(value):
                    passing[0].append(code)
                elif is_example(value):
                    passing[1].append(code)
        for found, these in zip((totals, examples), passing, strict=True):
            if these:
                found |= blank_so_far & np.isin(codes, these)
        blank_so_far &= ~holding[codes]
        if not blank_so_far.any():
            break
    return totals, examples


def _says_total(value: str) -> bool:
    if len(value) > _LONGEST_TOTAL:
        return False
    said = fold(value)
    word = _TOTAL.match(said)
    return word is not None and _TAIL.fullmatch(said, word.end()) is not None


def repeated_headers(table: Table, header_row: int) -> Flags:
    """The rows below the header that say it again, as on every page of a printed list."""
    again = np.zeros(table.height - header_row - 1, np.bool_)
    if header_row < 0:
        return again
    said = [column for column in table.columns if column.codes[header_row]]
    if len(said) < 2:
        return again
    again[:] = True
    for column in said:
        again &= np.frombuffer(column.codes, np.int32)[header_row + 1 :] == column.codes[header_row]
        if not again.any():
            break
    return again
