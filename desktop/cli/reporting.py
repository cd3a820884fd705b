"""The word `report`: the shop in figures, aligned for people or as JSON for programs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import date, datetime

from desktop.analytics.complaints import Spread
from desktop.analytics.intervals import Mean, Nps, Rate
from desktop.cli.output import Line, answer, table
from desktop.core import words
from desktop.core.money import format_money
from desktop.core.translation import tr
from desktop.models.book import Book
from desktop.queries import report as figures
from desktop.queries.report_json import as_plain

Row = tuple[str, str, str]


def report(book: Book, arguments: Namespace, progress: Line) -> int:
    """Shows the figures up to a day."""
    today = date.today()
    as_of: date = getattr(arguments, "as_of", None) or today
    found = figures.report(
        book,
        as_of=as_of,
        now=datetime.now() if as_of == today else None,
        months=arguments.months or None,
        progress=progress,
    )
    progress.clear()
    if arguments.json:
        answer(as_plain(found))
        return 0
    period = tr(
        "{start} to {end}",
        start=date.fromordinal(found.period.start).isoformat(),
        end=date.fromordinal(found.period.end - 1).isoformat(),
    )
    for title, rows in (
        (tr("The shop on {day}", day=as_of.isoformat()), _sums(found)),
        (tr("Customers by state"), _states(found)),
        (tr("Repeat purchase, {period}", period=period), _repeat(found)),
        (tr("Satisfaction, {period}", period=period), _satisfaction(found)),
        (tr("Complaints, {period}", period=period), _complaints(found)),
    ):
        print(title)
        table((("  " + name, value, note) for name, value, note in rows), right=(1,))
        print()
    return 0


def _sums(found: figures.Report) -> Iterator[Row]:
    sums = found.sums

    def money(minor: int) -> str:
        return format_money(minor, found.currency)

    yield tr("Customers"), f"{sums.customers:,}", tr("{n} have bought", n=f"{sums.buyers:,}")
    yield tr("Orders"), f"{sums.orders:,}", tr("{n} lines", n=f"{sums.lines:,}")
    yield tr("Ordered"), money(sums.ordered), ""
    yield tr("Money received"), money(sums.gross), ""
    yield tr("Given back"), money(sums.refunds), tr("on {n} orders", n=f"{sums.refunded:,}")
    yield tr("Net"), money(sums.net), ""
    yield tr("Unpaid orders"), f"{sums.unpaid:,}", ""
    yield (
        tr("Cancelled or returned"),
        f"{sums.cancelled:,}",
        tr("{n} lines", n=f"{sums.cancelled_lines:,}"),
    )
    yield tr("Lines without a customer"), f"{sums.lines_without_customer:,}", ""


def _states(found: figures.Report) -> Iterator[Row]:
    for state in words.STATES:
        yield words.name(words.STATES, state), f"{found.states[state]:,}", ""
    yield tr("Usual gap"), tr("{n} days", n=f"{found.rhythm.median_gap:.0f}"), ""


def _repeat(found: figures.Report) -> Iterator[Row]:
    yield tr("Had bought before (b)"), *_figure(found.repeat.returning)
    yield tr("Twice in the period (a)"), *_figure(found.repeat.twice)
    yield tr("Repeat purchases per buyer (c)"), *_figure(found.repeat.transactions)
    yield tr("Twice ever (d)"), *_figure(found.repeat.lifetime)
    for days, share in found.second.items():
        yield tr("Second purchase within {days} days (e)", days=days), *_figure(share)


def _satisfaction(found: figures.Report) -> Iterator[Row]:
    happy = found.satisfaction
    yield tr("Perceived"), *_figure(happy.perceived)
    yield tr("Expected"), *_figure(happy.expected)
    yield tr("Gap"), *_figure(happy.gap, sign="+")
    yield tr("CSAT (4 and 5)"), *_figure(happy.csat)
    yield tr("NPS"), *_figure(happy.nps, sign="+")
    yield tr("CES"), *_figure(happy.effort)
    yield tr("Answered"), *_figure(found.answered)


def _complaints(found: figures.Report) -> Iterator[Row]:
    complaints, handled = found.complaints, found.complaints.handling
    yield tr("Complaints received"), f"{handled.n:,}", tr("{n} open now", n=f"{complaints.open:,}")
    yield tr("First reply, hours"), *_hours(handled.first_reply)
    yield tr("Settled, working hours"), *_hours(handled.settling)
    yield tr("Replied in time"), *_figure(handled.replies_in_time)
    yield tr("Settled in time"), *_figure(handled.settled_in_time)
    yield tr("Reopened"), *_figure(handled.reopened)
    yield tr("Satisfied afterwards (4 and 5)"), *_figure(handled.happy)
    yield tr("Per 100 orders"), *_figure(complaints.per_hundred)
    yield tr("Promises kept"), *_figure(handled.promises)
    yield tr("Bought again afterwards"), *_figure(handled.recovery)
    remedied = tr("for {n} complaints", n=f"{handled.remedied.hits:,}")
    yield tr("Cost of remedies"), format_money(handled.cost, found.currency), remedied


def _figure(figure: Rate | Mean | Nps, sign: str = "") -> tuple[str, str]:
    """The value, and its interval with n; a dash where nothing is known."""
    if figure.value is None:
        return "–", ""
    scale, form = (100, f"{sign}.1f") if isinstance(figure, Rate) else (1, f"{sign}.2f")
    unit = " %" if isinstance(figure, Rate) else ""
    if isinstance(figure, Nps):
        form = f"{sign}.0f"
    value = f"{scale * figure.value:{form}}{unit}"
    if figure.low is None or figure.high is None:
        return value, tr("n = {n}", n=f"{figure.n:,}")
    low, high = f"{scale * figure.low:{form}}", f"{scale * figure.high:{form}}"
    return value, tr("{low} to {high}, n = {n}", low=low, high=high, n=f"{figure.n:,}")


def _hours(spread: Spread) -> tuple[str, str]:
    median, late = spread.median.value, spread.late.value
    if median is None or late is None:
        return "–", ""
    note = tr("nine in ten within {hours}, n = {n}", hours=f"{late / 60:.1f}", n=f"{spread.n:,}")
    return f"{median / 60:.1f}", note
