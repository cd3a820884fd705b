"""Workbooks to be filled in, one a subject: our columns, lists to choose from, and examples that stay out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from desktop.core import words
from desktop.core.money import DEFAULT_CURRENCY
from desktop.core.translation import mark, tr
from desktop.exchange.template_columns import TEMPLATES, Column, Example
from desktop.exchange.values import code_words
from desktop.exchange.vocabulary.fields import FIELD
from desktop.exchange.vocabulary.ours import example_of
from desktop.exchange.vocabulary.subjects import TARGETS
from desktop.exchange.writers.saving import written_beside

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

ROWS = 10_000
"""Rows that are checked as they are filled in."""
_LONGEST_LIST = 255
"""Characters that a workbook allows for a list of words."""
_WIDEST = 40

CODES: Mapping[str, Mapping[str, str]] = {
    **code_words.CODES,
    "channel": words.CHANNELS,
    "yesno": {"1": mark("Yes"), "0": mark("No")},
}
"""The kinds of fields that hold one of some words, each with its words by their codes."""
_FREE = frozenset({"channel", "complaint_subject"})
"""A shop may have words of its own for these."""


class _Whole(NamedTuple):
    low: int
    high: int


_NUMBERS: Mapping[str, _Whole] = {
    "score5": _Whole(1, 5), "score7": _Whole(1, 7), "score10": _Whole(0, 10), "score100": _Whole(0, 100),
    "points": _Whole(-10_000_000, 10_000_000), "count": _Whole(0, 1_000),
    "minutes": _Whole(0, 100_000), "seconds": _Whole(0, 10_000_000),
}  # fmt: skip
_DAY = mark("A day like 2026-11-22, with or without a time.")
_BIRTHDAY = mark("1988-09-15, or 09-15 without the year.")
_LONG_AGO = "18264"
"""1950 as a spreadsheet counts days."""
_AMOUNTS = frozenset({"amount", "amounts", "price", "quantity"})
_MOMENTS = frozenset({"when", "later", "whens"})
_LOOKS: Mapping[str, str] = {
    "when": "when", "later": "when", "whens": "when", "amount": "money", "amounts": "money",
    "price": "price", "quantity": "broken",
}  # fmt: skip


def write_template(path: str | Path, target: str, *, currency: str = DEFAULT_CURRENCY) -> int:
    """Writes the template of a target in the user's language; returns its count of example rows.

    Raises KeyError for an unknown target and UserError where the disk refuses.
    """
    from openpyxl import Workbook

    from desktop.exchange.writers.looks import number_formats
    from desktop.exchange.writers.workbook import sheet_title

    columns = TEMPLATES[target]
    formats = number_formats(currency)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = sheet_title(tr(TARGETS[target].title), [])
    for at, column in enumerate(columns, 1):
        kind = FIELD[column.field].kind
        look = _LOOKS.get(kind, "number" if kind in _NUMBERS else "text")
        _fill(sheet, at, column, formats[look])
        _check(sheet, at, kind)
    sheet.row_dimensions[1].height = 22
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    book.properties.creator = "Shuke"
    with written_beside(path) as beside:
        book.save(beside)
    return len(columns[0].examples)


def _fill(sheet: Worksheet, at: int, column: Column, number_format: str) -> None:
    """A column's header with its comment, its examples, its width, and the form of all that will follow."""
    from openpyxl.cell import Cell
    from openpyxl.comments import Comment
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    from desktop.exchange.writers.looks import dress_header
    from desktop.exchange.writers.sheet import text_width

    kind, title = FIELD[column.field].kind, tr(column.title)
    head = sheet.cell(1, at, title)
    assert isinstance(head, Cell)
    dress_header(head)
    told = _told(column, kind, first=at == 1)
    if told:
        head.comment = Comment(told, "Shuke", height=140, width=300)
    widest = text_width(title) + 4
    for row, example in enumerate(column.examples, 2):
        value = _value(example, kind)
        if at == 1:
            value = example_of(str(value))
        cell = sheet.cell(row, at, value if value != "" else None)
        assert isinstance(cell, Cell)
        cell.number_format = number_format
        cell.font = Font(name="Calibri", sz=11, italic=True, color="808080")
        widest = max(widest, (16 if isinstance(value, datetime) else text_width(str(value))) + 2)
    dimension = sheet.column_dimensions[get_column_letter(at)]
    dimension.width = min(widest, _WIDEST)
    dimension.number_format = number_format


def template_title(target: str) -> str:
    """What the template of a target is called."""
    return tr("Template – {subject}", subject=tr(TARGETS[target].title))


def _value(example: Example, kind: str) -> str | int | float | datetime:
    """An example as a cell holds it: codes as their words, days as days."""
    if not isinstance(example, str) or not example:
        return example
    if kind in CODES:
        return tr(CODES[kind][example])
    if kind in _MOMENTS:
        return datetime.fromisoformat(example)
    # What is no word of ours (a phone, a number) has no other form.
    return tr(example)


def _told(column: Column, kind: str, *, first: bool) -> str:
    """The comment of a column's header."""
    parts = [tr("Needed.")] if column.needed else []
    if column.note:
        parts.append(tr(column.note))
    if kind in CODES:
        parts.append(tr("One of: {words}", words=tr(", ").join(_words(kind))))
    if kind in _FREE:
        parts.append(tr("Or a word of your own."))
    if kind in _NUMBERS:
        parts.append(_whole(kind))
    if kind in _AMOUNTS:
        parts.append(tr("A number without a currency sign."))
    if kind in _MOMENTS or kind == "birthday":
        parts.append(tr(_BIRTHDAY if kind == "birthday" else _DAY))
    if first:
        parts.append(
            tr("Rows that begin with “{mark}” are examples and stay out.", mark=example_of("").strip())
        )
    return "\n".join(parts)


def _whole(kind: str) -> str:
    return tr("A whole number from {low} to {high}.", **_NUMBERS[kind]._asdict())


def _words(kind: str) -> list[str]:
    return [tr(word) for word in CODES[kind].values() if word and tr(word)]


def _check(sheet: Worksheet, at: int, kind: str) -> None:
    """Let the spreadsheet offer a column's words and say what it cannot take, as it is filled in."""
    from openpyxl.utils import get_column_letter

    rule = _rule(kind)
    if rule is not None:
        letter = get_column_letter(at)
        rule.errorTitle = "Shuke"
        rule.add(f"{letter}2:{letter}{ROWS}")
        sheet.add_data_validation(rule)


def _rule(kind: str) -> DataValidation | None:
    from openpyxl.worksheet.datavalidation import DataValidation

    if kind in CODES:
        listed = _words(kind)
        if len(",".join(listed)) > _LONGEST_LIST or any("," in word for word in listed):
            return None
        rule = DataValidation("list", formula1=f'"{",".join(listed)}"', allow_blank=True)
        rule.error = tr("Choose one of the words in the list.")
        rule.showErrorMessage = kind not in _FREE
        return rule
    if kind in _NUMBERS:
        low, high = map(str, _NUMBERS[kind])
        rule = DataValidation("whole", operator="between", formula1=low, formula2=high, allow_blank=True)
        rule.error = _whole(kind)
    elif kind in _AMOUNTS:
        rule = DataValidation("decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
        rule.error = tr("A number without a currency sign.")
    elif kind in _MOMENTS:
        # A warning only: a moment may stand there as text, of which the importer reads more forms.
        rule = DataValidation("date", operator="greaterThan", formula1=_LONG_AGO, allow_blank=True)
        rule.errorStyle = "warning"
        rule.error = tr(_DAY)
    else:
        return None
    rule.showErrorMessage = True
    return rule
