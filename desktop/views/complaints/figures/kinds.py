"""Which figures of complaints there are: what each is called, how it is counted, where a report has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from desktop.core.dates import duration
from desktop.core.figures import percent
from desktop.core.money import format_money
from desktop.core.translation import mark, tr
from desktop.views.figures.lines import FigureLine, Unit
from desktop.views.figures.period import days_text

if TYPE_CHECKING:
    from desktop.analytics.intervals import Change, Figure
    from desktop.queries.complaint_figures import ComplaintReport, Side


class _Kind(NamedTuple):
    """How a figure of the report is shown: name, unit, how it is counted, and what is said where it lacks."""

    key: str
    name: str
    unit: Unit
    sentence: str
    missing: str


_NO_COMPLAINT = mark("no complaint")
_KINDS = (
    _Kind(
        "received", mark("Complaints"), "count",
        mark("Complaints received in the period."), _NO_COMPLAINT,
    ),
    _Kind(
        "per_hundred", mark("Per 100 orders"), "ratio",
        mark("Complaints about the period's orders, whenever they came, for each 100 of those orders."),
        mark("no order in the period"),
    ),
    _Kind(
        "open", mark("Still open"), "count",
        mark("Complaints that stand open at the end of the period, whenever they were received."),
        mark("none open"),
    ),
    _Kind(
        "replies_in_time", mark("First reply in time"), "share",
        mark("First replies within their deadline ÷ deadlines that were met or have passed."),
        mark("no deadline yet"),
    ),
    _Kind(
        "settled_in_time", mark("Settled in time"), "share",
        mark("Settlements within their deadline ÷ deadlines that were met or have passed."),
        mark("no deadline yet"),
    ),
    _Kind(
        "reopened", mark("Reopened"), "share",
        mark("Reopened at least once ÷ settled at least once."), mark("none settled"),
    ),
    _Kind(
        "first_reply", mark("First reply"), "minutes",
        mark("Median time from received to the first word to the customer, by the clock on the wall."),
        mark("none replied to"),
    ),
    _Kind(
        "settling", mark("Time to settle"), "minutes",
        mark("Median time from received to settled in working hours, waiting for the customer left out."),
        mark("none settled"),
    ),
    _Kind(
        "satisfaction", mark("Satisfied after"), "stars",
        mark("Mean of the ratings from 1 to 5 that were given after the settlement."),
        mark("nobody rated"),
    ),
    _Kind(
        "recovery", mark("Recovery"), "share",
        mark(
            "Complainants who bought again within 90 days of closing, or twice their own rhythm, ÷ closed "
            "complaints old enough to judge."
        ),
        mark("none old enough"),
    ),
    _Kind(
        "promises", mark("Promises kept"), "share",
        mark("Kept ÷ kept, broken and overdue promises."), mark("no promise due"),
    ),
    _Kind(
        "cost", mark("Cost of remedies"), "money",
        mark("What the remedies given have cost; the change is that of one complaint on average."),
        _NO_COMPLAINT,
    ),
)  # fmt: skip


def figure_lines(report: ComplaintReport, currency: str) -> list[FigureLine]:
    """Every figure of a report, in the order of the tiles."""
    made = []
    days_before = days_text(report.before.cohort.start, report.before.cohort.end)
    for kind in _KINDS:
        now, before = _figure(report.current, kind.key), _figure(report.before, kind.key)
        made.append(
            FigureLine(
                key=kind.key, name=tr(kind.name), unit=kind.unit, now=now, before=before,
                moved=_moves(report, kind.key, now, before), sentence=tr(kind.sentence),
                missing=tr(kind.missing), currency=currency,
                beside=_beside(report.current, kind.key, currency), each=kind.key == "cost",
                unknown=_unknown(report.current, kind.key), days_before=days_before,
                rows=tr("Show the complaints"),
            )
        )  # fmt: skip
    return made


def _figure(side: Side, key: str) -> Figure:
    from desktop.analytics.intervals import Mean, counted

    if key == "open":
        return counted(side.open)
    if key == "cost":
        handling = side.handling
        return Mean(float(handling.cost) if handling.n else None, handling.n, None, None)
    return side.figure(key)


def _moves(report: ComplaintReport, key: str, now: Figure, before: Figure) -> Change:
    from desktop.analytics.intervals import change

    if key == "open":
        return change(now, before, -1)
    return report.changes["cost_each" if key == "cost" else key]


def _unknown(side: Side, key: str) -> int:
    spreads = {"first_reply": side.handling.first_reply, "settling": side.handling.settling}
    return spreads[key].unknown if key in spreads else 0


def _beside(side: Side, key: str, currency: str) -> str:
    handling = side.handling
    if key in ("first_reply", "settling"):
        late = getattr(handling, key).late.value
        return "" if late is None else tr("90 %: {time}", time=duration(late))
    if key == "satisfaction" and handling.happy.value is not None:
        return tr("{share} happy", share=percent(handling.happy.value))
    if key == "cost" and handling.cost_each.value is not None:
        return tr("{amount} each", amount=format_money(round(handling.cost_each.value), currency))
    return ""
