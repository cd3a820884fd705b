"""The key figures in words: what each is called, how it is counted, and what is said where it lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from desktop.core.figures import signed
from desktop.core.translation import mark, tr
from desktop.views.figures.lines import FigureLine, Unit
from desktop.views.figures.period import days_text

if TYPE_CHECKING:
    from desktop.analytics.intervals import Change
    from desktop.queries.key_figures import Key, KeyFigures, Rows


class _Kind(NamedTuple):
    name: str
    unit: Unit
    sentence: str
    missing: str


_NO_RATINGS, _NO_ORDER = mark("No ratings yet"), mark("no order")
KINDS: Mapping[Key, _Kind] = {
    "net": _Kind(
        mark("Net revenue"), "money",
        mark("What was paid for the orders of the period, less what was given back for them."), _NO_ORDER,
    ),
    "orders": _Kind(
        mark("Orders"), "count", mark("Orders of the period that count as a purchase."), _NO_ORDER
    ),
    "basket": _Kind(
        mark("Each order"), "money", mark("Net revenue of a purchase, on average."), _NO_ORDER
    ),
    "buyers": _Kind(
        mark("Buyers"), "count", mark("Known customers who bought in the period."), mark("No buyers")
    ),
    "gained": _Kind(
        mark("New customers"), "count",
        mark("Customers whose very first purchase was in the period."), mark("No buyers"),
    ),
    "returning": _Kind(
        mark("Repeat purchase (b)"), "share",
        mark("Of the period's buyers, those who had bought before; orders of one day are one purchase."),
        mark("No buyers"),
    ),
    "perceived": _Kind(
        mark("Satisfaction"), "stars",
        mark("Mean of the ratings from 1 to 5, each on the day on which the rated thing ended."), _NO_RATINGS,
    ),
    "csat": _Kind(
        mark("CSAT"), "share", mark("Ratings of 4 and 5 ÷ all ratings from 1 to 5."), _NO_RATINGS
    ),
    "nps": _Kind(
        mark("NPS"), "points",
        mark("Would they recommend us, 0 to 10? Share of 9 and 10 less share of 0 to 6, in points."),
        _NO_RATINGS,
    ),
    "response": _Kind(
        mark("Response rate"),
        "share",
        mark("Ratings answered ÷ ratings asked for."),
        mark("Nobody was asked"),
    ),
    "per_hundred": _Kind(
        mark("Complaints in 100"), "ratio",
        mark("Complaints about the period's orders, whenever they came, for each 100 of those orders."),
        _NO_ORDER,
    ),
}  # fmt: skip
_ROWS: Mapping[Rows, str] = {
    "customers": mark("Show the customers"),
    "orders": mark("Show the orders"),
    "ratings": mark("Show the ratings"),
    "complaints": mark("Show the complaints"),
}


def key_lines(
    keys: Sequence[Key],
    now: KeyFigures,
    before: KeyFigures,
    changes: Mapping[Key, Change],
    currency: str,
) -> list[FigureLine]:
    """Some of the figures, each beside those of other days."""
    from desktop.queries.key_figures import ROWS

    made = []
    for key in keys:
        kind = KINDS[key]
        made.append(
            FigureLine(
                key=key, name=tr(kind.name), unit=kind.unit, now=now.figure(key), before=before.figure(key),
                moved=changes[key], sentence=tr(kind.sentence), missing=tr(kind.missing), currency=currency,
                beside=_beside(key, now), days_before=days_text(before.start, before.end),
                rows=tr(_ROWS[ROWS[key]]),
            )
        )  # fmt: skip
    return made


def _beside(key: Key, now: KeyFigures) -> str:
    if key == "perceived" and now.nps.value is not None:
        return tr("NPS {points}", points=signed(now.nps.value))
    return ""
