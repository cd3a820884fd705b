"""Small tables for tests, as the reader would give them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.exchange.reading.table import Cell, Column, Table


def table_of(rows: Sequence[Sequence[Cell]]) -> Table:
    width = max(map(len, rows))
    columns = []
    for at in range(width):
        column = Column()
        known: dict[Cell, int] = {None: 0}
        for row in rows:
            value = row[at] if at < len(row) else None
            if value not in known:
                known[value] = len(known)
                column.values.append(value)
            column.codes.append(known[value])
        columns.append(column)
    return Table(Path("a.csv"), "csv", columns=columns, height=len(rows))
