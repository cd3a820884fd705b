"""The rows of the customers by value: what a line shows, and what it is written as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from desktop.core.figures import percent, short_money
from desktop.core.translation import mark, ntr, tr
from desktop.exchange.writers.columns import ExportColumn
from desktop.models.book import Book
from desktop.queries import known
from desktop.queries.insight_value import ValueReport
from desktop.views.kit.columns import NOTHING, Column


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A line: money in minor units, `alive` 0–1, the crowd and its spend, what they told, what they say."""

    id: int
    name: str
    expected: int
    spent: int
    alive: float | None
    crowd: int
    crowd_spend: int
    information: int
    ratings: int
    suggestions: int
    interviews: int
    mouth: float | None
    recommended: int
    public: int
    public_mean: float | None


def rows_of(book: Book, report: ValueReport, ids: Sequence[int]) -> dict[int, ValueRow]:
    """The rows of some of a report's customers; who is gone from the book has none."""
    names = known.names(book, ids)
    places = np.searchsorted(report.ids, np.array(ids, np.int64)).tolist()
    told = report.told
    return {
        one: ValueRow(
            id=one,
            name=names[one],
            expected=round(float(report.expected[at])),
            spent=int(report.spent[at]),
            alive=None if report.alive is None else float(report.alive[at]),
            crowd=int(told.crowd.customers[at]),
            crowd_spend=int(told.crowd.spend[at]),
            information=int(told.information[at]),
            ratings=int(told.ratings[at]),
            suggestions=int(told.suggestions[at]),
            interviews=int(told.interviews[at]),
            mouth=_known(told.mouth.recommend[at]),
            recommended=int(told.mouth.recommended[at]),
            public=int(told.mouth.public[at]),
            public_mean=_known(told.mouth.public_mean[at]),
        )
        for one, at in zip(ids, places, strict=True)
        if one in names
    }


def columns(currency: str, *, yearly: bool) -> tuple[Column, ...]:
    """The columns; the titles rank."""

    def told(row: ValueRow) -> str:
        parts = []
        if row.suggestions:
            parts.append(ntr("{n} suggestion", "{n} suggestions", row.suggestions))
        if row.interviews:
            parts.append(ntr("{n} interview", "{n} interviews", row.interviews))
        return tr(", ").join(parts)

    def mouth(row: ValueRow) -> str:
        parts = [tr("n {count}", count=row.recommended)] if row.recommended else []
        if row.public:
            parts.append(ntr("{n} public", "{n} public", row.public))
        return tr(", ").join(parts)

    expected = mark("Last 365 days") if yearly else mark("Will spend")
    alive = () if yearly else (
        Column("alive", mark("P(alive)"), 76, "number", sortable=False, text=percent),
    )  # fmt: skip
    return (
        Column("name", mark("Customer"), 130, "avatar", stretch=True, sortable=False,
               value=lambda row: row.name or tr("No name")),
        Column("expected", expected, 112, "money", high_first=True),
        Column("spent", mark("Spent so far"), 112, "money", high_first=True),
        *alive,
        Column("crowd", mark("Brought"), 104, "number", high_first=True,
               text=lambda n: f"{n:,}" if n else NOTHING,
               sub=lambda row: short_money(row.crowd_spend, currency) if row.crowd else ""),
        Column("information", mark("Told us"), 132, "number", high_first=True,
               text=lambda n: f"{n:,}" if n else NOTHING, sub=told),
        Column("mouth", mark("Recommends"), 118, "number", high_first=True,
               text=lambda score: NOTHING if score is None else f"{score:.1f}", sub=mouth),
    )  # fmt: skip


def export_columns(*, yearly: bool) -> tuple[ExportColumn, ...]:
    """The same for a file, each part by itself."""
    alive = () if yearly else (ExportColumn("alive", tr("P(alive)"), "percent"),)
    return (
        ExportColumn("id", tr("Customer id"), "record"),
        ExportColumn("name", tr("Customer")),
        ExportColumn("expected", tr("Last 365 days") if yearly else tr("Will spend"), "money"),
        ExportColumn("spent", tr("Spent so far"), "money"),
        *alive,
        ExportColumn("crowd", tr("Customers brought"), "number"),
        ExportColumn("crowd_spend", tr("Their spend"), "money"),
        ExportColumn("ratings", tr("Ratings"), "number"),
        ExportColumn("suggestions", tr("Suggestions"), "number"),
        ExportColumn("interviews", tr("Interviews"), "number"),
        ExportColumn("mouth", tr("Recommends"), "number"),
        ExportColumn("recommended", tr("Recommendations asked"), "number"),
        ExportColumn("public", tr("Public reviews"), "number"),
        ExportColumn("public_mean", tr("Their mean"), "rating"),
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
