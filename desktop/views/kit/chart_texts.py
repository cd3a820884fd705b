"""A chart in words: its figures as people read them, as a table, as cells to paste, and in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.core.dates import as_date, format_day, format_month
from desktop.core.figures import fine_percent, score
from desktop.core.money import format_money, plain_amount
from desktop.core.translation import ntr, tr
from desktop.exchange.writers.chart_data import ChartData, Column, Figure, Series
from desktop.exchange.writers.columns import Kind

DataTable = tuple[Sequence[str], Sequence[Sequence[str]]]
"""Titles and rows of texts."""


def plain(value: float) -> str:
    """A figure without trailing zeros, thousands parted."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def shown(kind: Kind, value: Figure, currency: str = "") -> str:
    """A figure as a note, an axis or a table says it; "" for none."""
    if value is None or isinstance(value, str):
        return value or ""
    if kind == "percent":
        return fine_percent(value)
    if kind == "rating":
        return score(value)
    if kind == "money":
        return format_money(round(value), currency)
    if kind == "date":
        return format_day(int(value))
    return plain(value)


def steps(data: ChartData) -> Sequence[str]:
    """The steps as people read them."""
    if data.words:
        return data.words
    if data.monthly:
        return [format_month(day) for day in data.steps.values if isinstance(day, int)]
    return [shown(data.steps.kind, value) for value in data.steps.values]


def table(data: ChartData) -> DataTable:
    """Every figure as a text."""
    first, *rest = data.columns()
    cells = [list(steps(data))]
    cells += [
        [shown(column.kind_at(step), value, data.currency) for step, value in enumerate(column.values)]
        for column in rest
    ]
    return [first.title, *(column.title for column in rest)], list(zip(*cells, strict=False))


def told(data: ChartData, step: int) -> list[str]:
    """What is to be known about one step of lines or bars: its name, then the lines with interval and n."""
    lines = [steps(data)[step]]
    for one in data.lines:
        value, interval = one.at(step), one.interval(step)
        if value is None:
            continue
        words = shown(data.kind, value, data.currency)
        if one.name and data.shape == "line":
            words = f"{one.name}  {words}"
        if interval:
            low, high = (shown(data.kind, edge, data.currency) for edge in interval)
            words += f"  ({low}–{high})"
        if step < len(one.counts):
            words += "  " + ntr("n = {n}", "n = {n}", one.counts[step])
        lines.append(words)
    return lines


def summary(data: ChartData) -> str:
    """The chart in a sentence or two, for who listens instead of looking."""
    names = steps(data)
    if not names or not data.lines:
        return ""
    if data.shape in ("bars", "parts", "pareto"):
        return _most(data, names)
    span = ntr(
        "{n} row, {first} to {last}.", "{n} rows, {first} to {last}.", len(names),
        first=names[0], last=names[-1],
    )  # fmt: skip
    if data.shape == "heat":
        return span
    return " ".join([span, *(said for one in data.lines if (said := _course(data, one, names)))])


def _course(data: ChartData, one: Series, names: Sequence[str]) -> str:
    """How one line goes: where it begins and ends, its lowest and its highest."""
    known = [(value, step) for step in range(len(names)) if (value := one.at(step)) is not None]
    if not known:
        return ""
    least, most = min(known), max(known)
    return tr(
        "{name}: {first} at first, {last} at last; lowest {least} ({least_at}), highest {most} ({most_at}).",
        name=one.name or data.title,
        first=shown(data.kind, known[0][0], data.currency),
        last=shown(data.kind, known[-1][0], data.currency),
        least=shown(data.kind, least[0], data.currency),
        least_at=names[least[1]],
        most=shown(data.kind, most[0], data.currency),
        most_at=names[most[1]],
    )


def _most(data: ChartData, names: Sequence[str]) -> str:
    one = data.lines[0]
    known = [(value, -step) for step in range(len(names)) if (value := one.at(step)) is not None]
    if not known:
        return ""
    value, place = max(known)
    return ntr(
        "{n} group; the largest is {name} with {value}.",
        "{n} groups; the largest is {name} with {value}.",
        len(names),
        name=names[-place],
        value=shown(data.kind, value, data.currency),
    )


def cells(data: ChartData) -> str:
    """The table as lines of cells parted by tabs, written so that a spreadsheet takes them as values."""
    columns = data.columns()
    lines = ["\t".join(_one_cell(column.title) for column in columns)]
    made = [_pasted(data, column) for column in columns]
    lines += ["\t".join(row) for row in zip(*made, strict=False)]
    return "\n".join(lines)


def _pasted(data: ChartData, column: Column) -> list[str]:
    return [_paste(column.kind_at(step), value, data.currency) for step, value in enumerate(column.values)]


def _paste(kind: Kind, value: Figure, currency: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _one_cell(value)
    if kind == "percent":
        return f"{100 * value:.6g}%"
    if kind == "money":
        return plain_amount(round(value), currency)
    if kind == "date":
        return as_date(int(value)).isoformat()
    return f"{value:.10g}"


def _one_cell(text: str) -> str:
    """A text on one line; one that a spreadsheet would take for a formula is held back by an apostrophe."""
    flat = " ".join(text.split())
    return f"'{flat}" if flat[:1] in ("=", "+", "-", "@") else flat
