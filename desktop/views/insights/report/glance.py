"""The key figures of the monthly report, beside the month before and the same month of last year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.dates import as_date, format_month
from desktop.core.translation import tr
from desktop.views.figures.lines import interval_of
from desktop.views.insights.overview.key_figures import KINDS, key_lines
from desktop.views.insights.report.parts import SMALL
from desktop.views.kit.paper import HEAD, PLAIN, QUIET, STRONG, Cell, Paper, Words, cell

if TYPE_CHECKING:
    from desktop.queries.monthly_report import MonthlyReport


def key_table(paper: Paper, report: MonthlyReport, currency: str) -> None:
    """Every key figure beside the month before and the same month of last year."""
    keys = tuple(KINDS)
    now = key_lines(keys, report.now, report.before, report.changes, currency)
    then = key_lines(keys, report.now, report.year, report.changes_year, currency)
    shares = (4.1, 1.7, 2.3, 1.3, 2.6, 2.6)
    heads = (
        tr("Figure"), tr("Value"), tr("95 % interval"), tr("Counted"),
        format_month(as_date(report.before.start)), format_month(as_date(report.year.start)),
    )  # fmt: skip
    paper.table(*(cell(one, share, HEAD) for one, share in zip(heads, shares, strict=True)))
    for line, year in zip(now, then, strict=True):
        paper.row(
            cell(line.name, shares[0], PLAIN),
            cell(line.value if line.now.value is not None else line.missing, shares[1], STRONG),
            cell(interval_of(line.unit, line.now, currency), shares[2], SMALL),
            cell(f"{line.now.n:,}", shares[3], SMALL),
            *(
                Cell(
                    (
                        Words(one.before_value, SMALL),
                        Words(
                            tr("{change} (clear)", change=one.change)
                            if one.clear and one.change
                            else one.change,
                            QUIET,
                        ),
                    ),
                    share,
                )
                for one, share in ((line, shares[4]), (year, shares[5]))
            ),
            rule=True,
            before=3,
            after=3,
        )
    paper.end_table()
