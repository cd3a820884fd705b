"""The tables of the monthly report about people: satisfaction, complaints, who came back, who is leaving."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.core.figures import NOTHING, percent
from desktop.core.money import format_money
from desktop.core.rating_reasons import reason_name
from desktop.core.translation import tr
from desktop.views.figures.lines import interval_of, written
from desktop.views.insights.channels.words import channel_name
from desktop.views.insights.report.parts import SMALL, nothing, table_rows
from desktop.views.kit.paper import HEAD, LEFT, QUIET, RIGHT, Cell, Paper, Style, cell

if TYPE_CHECKING:
    from desktop.analytics.reasons import ReasonRow
    from desktop.queries.monthly_report import MonthlyReport


def satisfaction_table(paper: Paper, report: MonthlyReport, most: int) -> None:
    """The ratings of the month by channel."""
    rows = [row for row in report.satisfaction.rows if row.now.n][:most]
    if not rows:
        nothing(paper, tr("No ratings in this month."))
        return
    table_rows(
        paper,
        [tr("Channel"), tr("Perceived"), tr("95 % interval"), tr("Expected"), tr("CSAT"), tr("NPS"),
         tr("Ratings")],
        [
            [
                channel_name(str(row.key)), written("stars", row.now.perceived.value, ""),
                interval_of("stars", row.now.perceived, "") or NOTHING,
                written("stars", row.now.expected.value, ""), percent(row.now.csat.value),
                written("points", row.now.nps.value, ""), f"{row.now.n:,}",
            ]
            for row in rows
        ],
        (3, 1.5, 1.9, 1.5, 1.3, 1.3, 1.3),
    )  # fmt: skip


def reason_table(paper: Paper, report: MonthlyReport, most: int) -> None:
    """The reasons of the unhappy and of the happy, side by side."""
    found, titles = report.satisfaction.reasons, report.satisfaction.titles
    if not (found.unhappy or found.happy):
        nothing(paper, tr("No rating of this month gives a reason."))
        return
    shares = (3, 0.8, 0.9, 3, 0.8, 0.9)
    heads = (tr("Unhappy (1 to 3)"), "n", "%", tr("Happy (4 and 5)"), "n", "%")

    def half(side: Sequence[ReasonRow], place: int) -> list[str]:
        if place >= len(side):
            return ["", "", ""]
        row = side[place]
        return [reason_name(titles[row.code]), f"{row.count:,}", percent(row.share.value)]

    def cells(texts: Sequence[str], style: Style) -> list[Cell]:
        return [
            cell(text, share, style, RIGHT if at % 3 else LEFT)
            for at, (text, share) in enumerate(zip(texts, shares, strict=True))
        ]

    paper.table(*cells(heads, HEAD))
    for place in range(min(most // 2 + 1, max(len(found.unhappy), len(found.happy)))):
        texts = [*half(found.unhappy, place), *half(found.happy, place)]
        paper.row(*cells(texts, SMALL), rule=True, before=2.5, after=2.5)


def complaint_table(paper: Paper, report: MonthlyReport, currency: str) -> None:
    """The figures of the complaints of the month, beside those of the month before."""
    from desktop.views.complaints.figures.kinds import figure_lines

    keys = ("received", "per_hundred", "first_reply", "settled_in_time", "satisfaction", "recovery")
    lines = [line for line in figure_lines(report.complaints, currency) if line.key in keys]
    table_rows(
        paper,
        [tr("Figure"), tr("Value"), tr("95 % interval"), tr("Counted"), tr("Month before"), tr("The change")],
        [
            [
                line.name, line.value, line.interval or NOTHING, f"{line.now.n:,}", line.before_value,
                line.change or line.missing,
            ]
            for line in lines
        ],
        (2.6, 1.5, 2.1, 1.1, 1.6, 2.2),
    )  # fmt: skip


def returning_table(paper: Paper, report: MonthlyReport) -> None:
    """Who was new, who came back, and who was lost in the month."""
    from desktop.queries.insight_repeat import GAPS

    lost = report.drifting.moved["lost"]
    gaps = next(one for one in report.repeat.figures if one.key == GAPS)
    rows = [
        [
            tr("Buyers"), written("count", report.now.buyers.value, ""),
            written("count", report.before.buyers.value, ""), "",
        ],
        [
            tr("New customers"), written("count", report.now.gained.value, ""),
            written("count", report.before.gained.value, ""), "",
        ],
        [
            tr("Came back (b)"), percent(report.now.returning.value), percent(report.before.returning.value),
            interval_of("share", report.now.returning, "") or NOTHING,
        ],
        [
            tr("Regulars lost in the month"), percent(lost.now.value), percent(lost.before.value),
            interval_of("share", lost.now, "") or NOTHING,
        ],
        [
            tr("Days between purchases, median"), written("days", gaps.now.value, ""),
            written("days", gaps.before.value, ""),
            interval_of("days", gaps.now, "") or NOTHING,
        ],
    ]  # fmt: skip
    table_rows(
        paper,
        [tr("Figure"), tr("This month"), tr("Month before"), tr("95 % interval")],
        rows,
        (3.4, 1.6, 1.6, 2),
    )


def cohort_words() -> str:
    """What is said where there are no cohorts."""
    return tr("Nobody bought for the first time in the last 12 months.")


def leaving_table(paper: Paper, report: MonthlyReport, currency: str, most: int) -> None:
    """The regulars who are silent for longer than is their way, most at stake first."""
    if not report.leaving:
        nothing(paper, tr("No regular is silent for longer than is their way."))
        return
    table_rows(
        paper,
        [tr("Customer"), tr("Days silent"), tr("Their rhythm, days"), tr("At stake")],
        [
            [
                one.name or tr("No name"), f"{one.silent:,}", f"{one.rhythm:.0f}",
                format_money(one.at_stake, currency),
            ]
            for one in report.leaving[:most]
        ],
        (3.4, 1.4, 1.8, 1.8),
    )  # fmt: skip
    left = report.leavers - min(most, len(report.leaving))
    money = format_money(report.at_stake, currency)
    said = tr("{money} at stake in all.", money=money)
    if left > 0:
        said = tr("and {n} more; {money} at stake in all.", n=f"{left:,}", money=money)
    paper.end_table()
    paper.text(said, QUIET, before=3)
