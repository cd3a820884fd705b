"""Rows of a list put on the clipboard as they are read, so that a sheet or a message takes them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolTip

from desktop.core.translation import ntr
from desktop.views.kit.column_layout import ColumnedTable

MOST_COPIED = 20_000
"""Rows on the clipboard; a workbook is the place for more."""


def copy_rows(table: ColumnedTable, lines: Sequence[int]) -> None:
    """Copy the shown columns of these lines, titles first, cells parted by tabs; of too many, say so."""
    if len(lines) > MOST_COPIED:
        QToolTip.showText(
            table.mapToGlobal(QPoint(40, 60)),
            ntr(
                "{n} row is too much to copy: export it instead.",
                "{n} rows are too many to copy: export them instead.",
                len(lines),
            ),
            table,
        )
        return
    rows, shown = table.rows, table.shown_columns()
    texts = [[rows.columns[c].name for c in shown]]
    for line in lines:
        row = rows.row_at(line)
        if row is not None:
            texts.append([rows.columns[c].text_of(row, rows.currency) for c in shown])
    text = "\n".join("\t".join(" ".join(cell.split()) for cell in cells) for cells in texts)
    QGuiApplication.clipboard().setText(text)
