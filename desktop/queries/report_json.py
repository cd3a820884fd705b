"""The report as plain values for scripts: the keys that `report --json` documents."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from desktop.analytics.complaints import Spread
from desktop.analytics.intervals import Mean, Nps, Rate
from desktop.core.money import CURRENCIES, DEFAULT_CURRENCY
from desktop.queries.report import Report


def as_plain(report: Report) -> dict[str, Any]:
    """Nested dicts of numbers, texts and None, ready for `json.dumps`; amounts are in currency units."""

    def money(minor: int) -> float | int:
        known = CURRENCIES.get(report.currency, CURRENCIES[DEFAULT_CURRENCY])
        # The shortest float of a two-decimal number below 10**13 prints as exactly that number.
        return float(Decimal(minor).scaleb(-known.decimals)) if known.decimals else minor

    sums = report.sums
    complaints, handled = report.complaints, report.complaints.handling
    satisfaction = report.satisfaction
    return {
        "as_of": report.as_of.isoformat(),
        "currency": report.currency,
        "period": {"from": _day(report.period.start), "to": _day(report.period.end - 1)},
        "customers": sums.customers,
        "buyers": sums.buyers,
        "orders": sums.orders,
        "lines": sums.lines,
        "lines_without_customer": sums.lines_without_customer,
        "ordered": money(sums.ordered),
        "gross": money(sums.gross),
        "refunds": money(sums.refunds),
        "net": money(sums.net),
        "unpaid": {"orders": sums.unpaid},
        "refunded_orders": sums.refunded,
        "cancelled": {"orders": sums.cancelled, "lines": sums.cancelled_lines},
        "repeat": {
            "buyers": report.repeat.buyers,
            "a": _figure(report.repeat.twice),
            "b": _figure(report.repeat.returning),
            "c": _figure(report.repeat.transactions),
            "d": _figure(report.repeat.lifetime),
            "e": {str(days): _figure(share) for days, share in report.second.items()},
        },
        "satisfaction": {
            "ratings": satisfaction.n,
            "answered": _figure(report.answered),
            "perceived": _figure(satisfaction.perceived),
            "expected": _figure(satisfaction.expected),
            "gap": _figure(satisfaction.gap),
            "csat": _figure(satisfaction.csat),
            "nps": _figure(satisfaction.nps),
            "ces": _figure(satisfaction.effort),
            "ces_easy": _figure(satisfaction.easy),
        },
        "complaints": {
            "received": handled.n,
            "open": complaints.open,
            "first_reply_minutes": _spread(handled.first_reply),
            "settled_minutes": _spread(handled.settling),
            "replied_in_time": _figure(handled.replies_in_time),
            "settled_in_time": _figure(handled.settled_in_time),
            "reopened": _figure(handled.reopened),
            "per_100_orders": _figure(complaints.per_hundred),
            "promises_kept": _figure(handled.promises),
            "recovery": _figure(handled.recovery),
            "remedies": money(handled.cost),
            "reply_worked_minutes": _spread(handled.reply_worked),
            "communicative": _figure(handled.communicative),
            "satisfaction": _figure(handled.satisfaction),
            "happy": _figure(handled.happy),
            "answered": _figure(handled.response),
            "remedied": _figure(handled.remedied),
        },
        "states": dict(report.states),
        "rhythm": {
            "median_gap": report.rhythm.median_gap,
            "second_median": report.rhythm.second_median,
            "second_late": report.rhythm.second_late,
            "own": report.rhythm.own,
        },
    }


def _figure(figure: Rate | Mean | Nps) -> dict[str, Any]:
    """A figure with its n and interval; a share also with how many of n."""
    plain: dict[str, Any] = {"value": figure.value, "n": figure.n, "low": figure.low, "high": figure.high}
    if isinstance(figure, Rate):
        plain["hits"] = figure.hits
    return plain


def _spread(spread: Spread) -> dict[str, Any]:
    return {"n": spread.n, "median": spread.median.value, "p90": spread.late.value}


def _day(day: int) -> str:
    return date.fromordinal(day).isoformat()
