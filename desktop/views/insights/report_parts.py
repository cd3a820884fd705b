"""The tables of the monthly report; where a month has too little for one, it says what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from desktop.core.dates import as_date, format_month
from desktop.core.figures import NOTHING, percent
from desktop.core.money import format_money
from desktop.core.rating_reasons import reason_name
from desktop.core.translation import tr
from desktop.views.figures.lines import interval_of, written
from desktop.views.insights.channels_words import channel_name
from desktop.views.insights.forecast_words import NAMES as COURSES
from desktop.views.insights.forecast_words import missing_words, unit_of
from desktop.views.insights.key_figures import KINDS, key_lines
from desktop.views.insights.products_words import product_name
from desktop.views.insights.wanted import segment_name
from desktop.views.kit.paper import HEAD, LEFT, PLAIN, QUIET, RIGHT, STRONG, Cell, Paper, Style, Words, cell

if TYPE_CHECKING:
    from desktop.analytics.intervals import Mean
    from desktop.analytics.reasons import ReasonRow
    from desktop.queries.insight_channels import ChannelRow
    from desktop.queries.monthly_report import MonthlyReport

_SMALL = Style(8.5)
_HEADING = Style(11.5, bold=True)
_MONTHS_AHEAD = 3


def heading(paper: Paper, title: str, note: str = "") -> None:
    """The title of a part; closer than a section's, or four pages would hold little."""
    paper.end_table()
    paper.row(cell(title, 3, _HEADING), cell(note, 2, QUIET, RIGHT), keep=True, rule=True, before=14, after=3)


class PartWriter:
    """Writes parts of a page one after another, each under its title."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper

    def table(self, title: str, write: Callable[[], object], note: str = "") -> None:
        """A part: its title, something quiet beside it, and its table."""
        heading(self._paper, title, note)
        write()
        self._paper.end_table()


def _rows(paper: Paper, heads: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float]) -> None:
    """A table of texts: its first column words, the others figures."""

    def cells(texts: Sequence[str], style: Style) -> list[Cell]:
        first, *rest = texts
        return [
            cell(first, shares[0], style),
            *(cell(one, share, style, RIGHT) for one, share in zip(rest, shares[1:], strict=True)),
        ]

    paper.table(*cells(heads, HEAD))
    for row in rows:
        paper.row(*cells(row, _SMALL), rule=True, before=2.5, after=2.5)


def _nothing(paper: Paper, text: str) -> None:
    paper.text(text, QUIET, before=4)


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
            cell(interval_of(line.unit, line.now, currency), shares[2], _SMALL),
            cell(f"{line.now.n:,}", shares[3], _SMALL),
            *(
                Cell(
                    (
                        Words(one.before_value, _SMALL),
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


def satisfaction_table(paper: Paper, report: MonthlyReport, most: int) -> None:
    """The ratings of the month by channel."""
    rows = [row for row in report.satisfaction.rows if row.now.n][:most]
    if not rows:
        _nothing(paper, tr("No ratings in this month."))
        return
    _rows(
        paper,
        [tr("Channel"), tr("Perceived"), tr("95 % interval"), tr("Expected"), tr("CSAT"), tr("NPS"),
         tr("Ratings")],
        [
            [
                channel_name(str(row.key)), written("score", row.now.perceived.value, ""),
                _within(row.now.perceived),
                written("score", row.now.expected.value, ""), percent(row.now.csat.value),
                written("points", row.now.nps.value, ""), f"{row.now.n:,}",
            ]
            for row in rows
        ],
        (3, 1.5, 1.9, 1.5, 1.3, 1.3, 1.3),
    )  # fmt: skip


def _within(found: Mean) -> str:
    """The interval of a mean rating: of two ratings it would reach beyond what anybody can give."""
    if found.low is None or found.high is None:
        return NOTHING
    return f"{max(found.low, 1.0):.2f}–{min(found.high, 5.0):.2f}"


def reason_table(paper: Paper, report: MonthlyReport, most: int) -> None:
    """The reasons of the unhappy and of the happy, side by side."""
    found, titles = report.satisfaction.reasons, report.satisfaction.titles
    if not (found.unhappy or found.happy):
        _nothing(paper, tr("No rating of this month gives a reason."))
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
        paper.row(*cells(texts, _SMALL), rule=True, before=2.5, after=2.5)


def complaint_table(paper: Paper, report: MonthlyReport, currency: str) -> None:
    """The figures of the complaints of the month, beside those of the month before."""
    from desktop.views.complaints.figures.kinds import figure_lines

    keys = ("received", "per_hundred", "first_reply", "settled_in_time", "satisfaction", "recovery")
    lines = [line for line in figure_lines(report.complaints, currency) if line.key in keys]
    _rows(
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
    lost = report.drifting.moved["lost"]
    month = report.repeat
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
            tr("Days between purchases, median"), written("days", month.gaps.middle.value, ""), NOTHING,
            interval_of("days", month.gaps.middle, "") or NOTHING,
        ],
    ]  # fmt: skip
    _rows(
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
        _nothing(paper, tr("No regular is silent for longer than is their way."))
        return
    _rows(
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


def first_of(shown: int, every: int) -> str:
    """What is said of a list that is cut: the first 5 of 9; "" where all of it is shown."""
    return tr("the first {n} of {all}", n=shown, all=f"{every:,}") if shown < every else ""


def sold_through(report: MonthlyReport) -> list[ChannelRow]:
    """The channels that anything was sold through in the month."""
    return [row for row in report.channels.rows if row.now.orders.n or row.now.net.n]


def channel_table(paper: Paper, report: MonthlyReport, currency: str, most: int) -> None:
    """The channels of the month, most revenue first."""
    rows = sold_through(report)[:most]
    if not rows:
        _nothing(paper, tr("No order in this month."))
        return
    _rows(
        paper,
        [tr("Channel"), tr("Net revenue"), tr("Share"), tr("Purchases"), tr("Gained"), tr("Repeat purchase"),
         tr("Satisfaction")],
        [
            [
                channel_name(row.channel), written("money", row.now.net.value, currency), percent(row.share),
                written("count", row.now.orders.value, ""), written("count", row.now.gained.value, ""),
                percent(row.now.returning.value), written("score", row.now.perceived.value, ""),
            ]
            for row in rows
        ],
        (2.6, 1.6, 1.1, 1.4, 1.2, 1.4, 1.5),
    )  # fmt: skip


def product_table(paper: Paper, report: MonthlyReport, currency: str, most: int) -> None:
    """The products of the month, those that brought most first."""
    found = report.products
    places = found.sold[:most].tolist()
    if not places:
        _nothing(paper, tr("No order of this month names a product."))
        return
    rows = [found.row(place) for place in places]
    _rows(
        paper,
        [tr("Product"), tr("Revenue"), tr("Share"), tr("Orders"), tr("Buyers"), tr("Month before")],
        [
            [
                product_name(row.product), written("money", row.net, currency), percent(row.share),
                f"{row.orders:,}", f"{row.buyers:,}", written("money", row.net_before, currency),
            ]
            for row in rows
        ],
        (3.8, 1.5, 1.1, 1.2, 1.2, 1.7),
    )  # fmt: skip


def segment_table(paper: Paper, report: MonthlyReport, currency: str, most: int) -> None:
    """The segments that anybody is in, with their part of the sales of 365 days."""
    some = [one for one in report.segments if one.customers]
    if not some:
        _nothing(paper, tr("Nobody has bought yet."))
        return
    some.sort(key=lambda one: -one.revenue)
    _rows(
        paper,
        [tr("Segment"), tr("Customers"), tr("Share"), tr("Sales of 12 months"), tr("Share of sales")],
        [
            [
                segment_name(one.code), f"{one.customers:,}", percent(one.share),
                written("money", one.revenue, currency), percent(one.revenue_share),
            ]
            for one in some[:most]
        ],
        (3, 1.3, 1.1, 1.9, 1.6),
    )  # fmt: skip


def forecast_table(paper: Paper, report: MonthlyReport, currency: str) -> None:
    """The next months: orders and revenue with the 80 % interval."""
    found = report.forecast
    if not found.courses:
        _nothing(paper, missing_words(found))
        return
    rows = []
    for place in range(_MONTHS_AHEAD):
        texts = [format_month(as_date(int(found.ahead[place])))]
        for told in ("orders", "revenue"):
            unit, next_ = unit_of(told), found.courses[told].next
            low, high = (written(unit, float(edge[place]), currency) for edge in (next_.low80, next_.high80))
            texts += [written(unit, float(next_.middle[place]), currency), f"{low}–{high}"]
        rows.append(texts)
    _rows(
        paper,
        [
            tr("Month"),
            tr(COURSES["orders"]),
            tr("80 % interval"),
            tr(COURSES["revenue"]),
            tr("80 % interval"),
        ],
        rows,
        (1.8, 1.3, 1.8, 1.5, 2.2),
    )
