"""Writes a table to a text file that every program reads: UTF-8 with its mark, RFC 4180, nothing that runs.

Amounts and numbers are plain decimals, days and moments ISO, percentages fractions of 1. Texts, phones and
numbers of orders are written digit for digit; what a spreadsheet makes of them when it opens the file is its
own affair, which is why a workbook is the better file for one.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any

from desktop.core.money import CURRENCIES, DEFAULT_CURRENCY, PRICE_DECIMALS
from desktop.core.progress import SILENT, Progress
from desktop.exchange.reading.formula_guard import guarded
from desktop.exchange.writers.cells import without_controls
from desktop.exchange.writers.columns import ExportColumn, Kind
from desktop.exchange.writers.saving import written_beside

_EVERY = 2_000


def write_csv(
    path: str | Path,
    columns: Sequence[ExportColumn],
    rows: Iterable[Any],
    *,
    currency: str = DEFAULT_CURRENCY,
    total: int = 0,
    progress: Progress = SILENT,
) -> int:
    """Writes one list and returns its count of rows; arguments and errors are those of `write_table`."""
    recipe = [(column.getter(), _form(column.kind, currency)) for column in columns]
    count = 0
    with written_beside(path) as beside, beside.open("w", encoding="utf-8-sig", newline="") as file:
        progress.report(0, total)
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([_text(column.title) for column in columns])
        for row in rows:
            writer.writerow([form(getter(row)) for getter, form in recipe])
            count += 1
            if count % _EVERY == 0:
                progress.report(count, total)
    return count


def _form(kind: Kind, currency: str) -> Callable[[Any], str]:
    if kind in ("money", "price"):
        known = CURRENCIES.get(currency)
        least = known.decimals if known else 2
        return _scaled(least if kind == "money" else PRICE_DECIMALS, least)
    return _FORMS.get(kind, _text)


def _text(value: Any) -> str:
    if value is None:
        return ""
    text = value if type(value) is str else str(value)
    return text if text.isalnum() else guarded(without_controls(text))


def _scaled(places: int, least: int) -> Callable[[Any], str]:
    """Minor units as a decimal: as many places as it needs, not fewer than an amount has."""
    if places == 0:
        return lambda value: str(value) if type(value) is int else _text(value)
    unit = 10**places

    def form(value: Any) -> str:
        if type(value) is not int:
            return _text(value)
        whole, part = divmod(abs(value), unit)
        decimals = f"{part:0{places}}"
        tail = decimals[:least] + decimals[least:].rstrip("0")
        return f"{'-' if value < 0 else ''}{whole}{f'.{tail}' if tail else ''}"

    return form


def _number(value: Any) -> str:
    if type(value) is int:
        return str(value)
    if isinstance(value, float) and isfinite(value):
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    return _text(value)


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()[:10]
    if type(value) is int and 0 < value <= date.max.toordinal():
        return date.fromordinal(value).isoformat()
    return _text(value)


def _when(value: Any) -> str:
    return value.isoformat(" ", "seconds") if isinstance(value, datetime) else _day(value)


_FORMS: dict[Kind, Callable[[Any], str]] = {
    "record": _number,
    "number": _number,
    "percent": _number,
    # An average of whole stars: its further digits say nothing.
    "rating": lambda value: _number(round(value, 2) if isinstance(value, float) else value),
    "date": _day,
    "when": _when,
}
