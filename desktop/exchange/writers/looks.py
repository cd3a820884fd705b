"""The looks of a written workbook's cells, made by openpyxl and known by their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.money import CURRENCIES, currency_symbol

if TYPE_CHECKING:
    from openpyxl.cell import Cell

_INK, _GROUND, _LINE = "0B5A4E", "E0EFEB", "9CC7BD"


class Looks:
    """An openpyxl workbook that carries the looks; `numbers` gives each its number in the file."""

    def __init__(self, currency: str) -> None:
        # Half a second that only those pay who export.
        from openpyxl import Workbook
        from openpyxl.cell import Cell
        from openpyxl.styles import Alignment

        self.book = Workbook()
        sheet = self.book.worksheets[0]
        self.numbers: dict[str, int] = {}
        for row, (name, form) in enumerate(number_formats(currency).items(), 1):
            cell = sheet.cell(row, 1)
            assert isinstance(cell, Cell)
            cell.number_format = form
            cell.alignment = Alignment(vertical="center")
            if name == "header":
                dress_header(cell)
            self.numbers[name] = cell.style_id


def dress_header(cell: Cell) -> None:
    """Make a cell look like a list's header."""
    from openpyxl.styles import Border, Font, PatternFill, Side

    # Without a name some programs take a face of their own choice.
    cell.font = Font(name="Calibri", sz=11, bold=True, color=_INK)
    cell.fill = PatternFill("solid", fgColor=_GROUND)
    cell.border = Border(bottom=Side("thin", color=_LINE))


def number_formats(currency: str) -> dict[str, str]:
    """The number format of each look."""
    symbol = currency_symbol(currency).replace('"', "") + ("" if currency in CURRENCIES else " ")
    places = decimals(currency)
    part = "." + "0" * places if places else ""
    return {
        "text": "@",
        "header": "@",
        "number": "#,##0",
        "record": "0",
        "broken": "General",
        "money": f'"{symbol}"#,##0{part};-"{symbol}"#,##0{part}',
        "price": f'"{symbol}"#,##0.00##;-"{symbol}"#,##0.00##',
        "date": "yyyy-mm-dd",
        "when": "yyyy-mm-dd hh:mm",
        "percent": "0.0%",
        "rating": "0.0",
    }


def decimals(currency: str) -> int:
    """How many decimals an amount has."""
    known = CURRENCIES.get(currency)
    return known.decimals if known else 2
