"""The list of who is leaving on paper and in a workbook: the first ones; all of them go out by the list."""

from __future__ import annotations

from desktop.core.figures import percent
from desktop.core.money import format_money
from desktop.core.translation import tr
from desktop.exchange.writers.chart_data import ChartData, Figures
from desktop.models.book import Book
from desktop.queries.insight_drifting import DriftingReport, Listed
from desktop.views.figures.pages import PaperTable
from desktop.views.insights.drifting.rows import NAMES, LeaverRow, fetcher, ids_of

_MOST_WRITTEN, _MOST_PRINTED = 1000, 50


def leaver_data(book: Book, report: DriftingReport, listed: Listed, currency: str) -> ChartData:
    """The first thousand as a table for a workbook."""
    rows = _rows(book, report, listed, _MOST_WRITTEN)
    more = [
        Figures(tr("Days silent"), "number", [row.silent for row in rows]),
        Figures(tr("Rhythm in days"), "number", [row.rhythm for row in rows]),
        Figures(_money_title(report), "money", [row.expected for row in rows]),
        Figures(tr("At stake"), "money", [row.at_stake for row in rows]),
        Figures(tr("State"), "text", [tr(NAMES[row.leaving]) for row in rows]),
    ]
    if report.people.alive is not None:
        more.insert(2, Figures(tr("P(alive)"), "percent", [row.alive for row in rows]))
    names = Figures(tr("Customer"), "text", [row.name or tr("No name") for row in rows])
    return ChartData(tr("Who is leaving"), "table", names, (), more=more, currency=currency)


def leaver_paper(book: Book, report: DriftingReport, listed: Listed, currency: str) -> PaperTable:
    """The first fifty as texts."""
    rows = _rows(book, report, listed, _MOST_PRINTED)
    return PaperTable(
        tr("Who is leaving"),
        [tr("Customer"), tr("Days silent"), tr("Rhythm"), tr("P(alive)"), _money_title(report),
         tr("At stake"), tr("State")],
        [
            [
                row.name or tr("No name"), f"{row.silent:,}",
                "—" if row.rhythm is None else f"{row.rhythm:.0f}", percent(row.alive),
                format_money(row.expected, currency), format_money(row.at_stake, currency),
                tr(NAMES[row.leaving]),
            ]
            for row in rows
        ],
        [2.2, 1.1, 1.0, 1.0, 1.4, 1.4, 1.3],
    )  # fmt: skip


def _money_title(report: DriftingReport) -> str:
    return tr("Last 365 days") if report.basis == "year" else tr("Will spend")


def _rows(book: Book, report: DriftingReport, listed: Listed, most: int) -> list[LeaverRow]:
    ids = ids_of(report, listed.places[:most])
    found = fetcher(book, report, listed)(ids)
    return [found[one] for one in ids if one in found]
