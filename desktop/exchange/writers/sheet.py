"""One sheet's XML, written as its rows come: what no workbook library need hold in memory."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import IO, Any

from desktop.exchange.reading.table import letters
from desktop.exchange.writers import cells
from desktop.exchange.writers.columns import ExportColumn

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HIDDEN = ' hidden="1"'
_SELECTED = ' tabSelected="1"'


class Pour:
    """One sheet's XML, written as its rows come."""

    def __init__(
        self,
        file: IO[bytes],
        numbers: dict[str, int],
        currency: str,
        columns: Sequence[ExportColumn],
        getters: Sequence[Callable[[Any], Any]],
        *,
        exact: bool,
    ) -> None:
        self._file = file
        self._columns = columns
        self._plain = numbers["text"]
        makers = [cells.maker(column.kind, numbers, currency) for column in columns]
        if exact:
            makers = [
                self._exact if column.kind in ("text", "id") else make
                for column, make in zip(columns, makers, strict=True)
            ]
        self._recipe = [
            (f'<c r="{letters(index)}', getter, make)
            for index, (getter, make) in enumerate(zip(getters, makers, strict=True))
        ]
        self._at = 0
        self._header = 1

    def begin(self, sample: Sequence[Any], *, keys: bool, selected: bool, header_style: int) -> None:
        """Writes what comes before the rows; the widths fit the header and the sample."""
        self._header = 2 if keys else 1
        widths = [
            _width(column, recipe[1], sample)
            for column, recipe in zip(self._columns, self._recipe, strict=True)
        ]
        below = self._header + 1
        frozen = (
            f'<pane ySplit="{self._header}" topLeftCell="A{below}" activePane="bottomLeft" state="frozen"/>'
            f'<selection pane="bottomLeft" activeCell="A{below}" sqref="A{below}"/>'
        )
        cols = "".join(
            f'<col min="{i}" max="{i}" width="{width}" customWidth="1"{_HIDDEN if column.hidden else ""}/>'
            for i, (column, width) in enumerate(zip(self._columns, widths, strict=True), 1)
        )
        self._write(
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{_MAIN}">'
            '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<sheetViews><sheetView{_SELECTED if selected else ""} workbookViewId="0">'
            f'{frozen}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="16"/>'
            f"<cols>{cols}</cols><sheetData>"
        )
        if keys:
            self._row([cells.text_cell(self._plain, column.key) for column in self._columns], ' hidden="1"')
        titles = [cells.text_cell(header_style, cells.clean_text(column.title)) for column in self._columns]
        self._row(titles, ' ht="22" customHeight="1"')

    def row(self, row: Any) -> None:
        """Writes one row."""
        self._at += 1
        at = self._at
        parts = [f'{head}{at}"{cell}' for head, getter, make in self._recipe if (cell := make(getter(row)))]
        self._file.write(f'<row r="{at}">{"".join(parts)}</row>'.encode())

    def end(self) -> str:
        """Writes what comes after the rows; returns the reach of the filter."""
        reach = f"A{self._header}:{letters(len(self._columns) - 1)}{max(self._at, self._header)}"
        self._write(
            f'</sheetData><autoFilter ref="{reach}"/>'
            '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
            # Phones and order numbers are meant to be text: no green corners.
            f'<ignoredErrors><ignoredError sqref="{reach}" numberStoredAsText="1"/></ignoredErrors>'
            "</worksheet>"
        )
        return reach

    def _row(self, made: Sequence[str], attributes: str) -> None:
        self._at += 1
        parts = "".join(f'<c r="{letters(i)}{self._at}"{cell}' for i, cell in enumerate(made) if cell)
        self._write(f'<row r="{self._at}"{attributes}>{parts}</row>')

    def _exact(self, value: Any) -> str:
        return "" if value is None else cells.text_cell(self._plain, cells.whole_text(str(value)))

    def _write(self, text: str) -> None:
        self._file.write(text.encode("utf-8"))


_USUAL = {"date": 12, "when": 18, "money": 13, "price": 13, "number": 10, "percent": 10, "rating": 9}
_WIDEST = 46


def _width(column: ExportColumn, getter: Callable[[Any], Any], sample: Sequence[Any]) -> int:
    """How many digits wide a column should be; a Chinese character is as wide as two."""
    head = text_width(column.title) + 4
    if column.kind in _USUAL:
        return max(head, _USUAL[column.kind])
    widest = max((text_width(str(value)) for row in sample if (value := getter(row)) is not None), default=0)
    return min(max(head, widest + 2, 8), max(_WIDEST, head))


def text_width(text: str) -> int:
    """The width of a text's longest line in narrow characters."""
    if text.isascii():
        return max(map(len, text.split("\n")))
    return max(
        sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) for line in text.split("\n")
    )
