"""Finds the row with a table's headers, under whatever stands above it."""

from __future__ import annotations

from datetime import datetime

from desktop.exchange.matching import contents
from desktop.exchange.reading.table import Cell, Table, letters
from desktop.exchange.vocabulary import fields, layouts, synonyms
from desktop.exchange.vocabulary.subjects import TARGETS

_HEADER_WITHIN = 41
"""A bill of WeChat Pay has 17 lines above its header."""
_FEW = 2
"""So many known headers may be words of a row that hold data: "phone", "complaint"."""


def find_header(table: Table) -> int:
    """The row with the most known headers, under whatever title stands above; -1 when there is none."""
    best, best_known = -1, 0
    told = {header for target in TARGETS for header in fields.headers(target)}
    for layout in layouts.layouts():
        told |= layout.headers
    for row in range(min(_HEADER_WITHIN, table.height)):
        cells = [table.cell(row, column) for column in range(table.width)]
        hits = sum(isinstance(cell, str) and synonyms.folded(cell) in told for cell in cells)
        if hits > best_known and (hits > _FEW or not any(map(_is_data, cells))):
            best, best_known = row, hits
    if best_known >= 2 or (best_known and table.width <= 3):
        return best
    return _plain_header(table)


def _plain_header(table: Table) -> int:
    """The first full row, when it is all text, each different, and what follows is not like it."""
    for row in range(min(_HEADER_WITHIN, table.height)):
        cells = [table.cell(row, column) for column in range(table.width)]
        if sum(cell is not None for cell in cells) < max(1, round(table.width * 0.6)):
            continue
        texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
        short = all(len(text) <= 40 and contents.kind_of([text]) in ("text", "name") for text in texts)
        return row if short and len(texts) == len(set(texts)) >= table.width * 0.6 else -1
    return -1


def headers_of(table: Table, row: int) -> list[str]:
    """The columns' names; a column without one is known by its letter."""
    names = [table.text(row, column).strip() if row >= 0 else "" for column in range(table.width)]
    return [" ".join(name.split()) or letters(column) for column, name in enumerate(names)]


def _is_data(cell: Cell) -> bool:
    """Whether a cell holds what no header does: a number, a moment, a way to reach somebody."""
    if isinstance(cell, str):
        return contents.kind_of([cell]) in ("phone", "email", "when")
    return isinstance(cell, (float, datetime))
