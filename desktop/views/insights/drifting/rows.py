"""The rows of who is leaving: what a line shows, how lines are sorted, and what they are written as."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from desktop.core.figures import percent
from desktop.core.translation import mark, ntr, tr
from desktop.exchange.writers.columns import ExportColumn
from desktop.models.book import Book
from desktop.queries import known
from desktop.queries.insight_drifting import LEAVING, DriftingReport, Leaving, Listed
from desktop.queries.shop_columns import Ints
from desktop.views.kit.columns import NOTHING, Column
from desktop.views.kit.theme import Tone

NAMES: Mapping[Leaving, str] = {
    "drifting": mark("Drifting"),
    "alarming": mark("Alarming"),
    "lost": mark("Lost"),
    "once": mark("Came once"),
    "gone": mark("Once, long ago"),
}
"""What each kind of leaving is called."""
TELLS: Mapping[Leaving, str] = {
    "drifting": mark("Regulars who stay away longer than the multiplier times their own rhythm."),
    "alarming": mark("Drifting regulars past the second multiplier of the settings."),
    "lost": mark("Regulars past the third multiplier of the settings."),
    "once": mark("Bought once, and half of those who came back had come back by now."),
    "gone": mark("Bought once, and nine of ten who came back had come back by now."),
}
_TONES: Mapping[Leaving, Tone] = {
    "drifting": "amber", "alarming": "red", "lost": "grey", "once": "amber", "gone": "grey",
}  # fmt: skip
SORTS = ("silent", "rhythm", "alive", "expected", "at_stake", "leaving")


@dataclass(frozen=True, slots=True)
class LeaverRow:
    """A line: days silent, the rhythm in days (None for who came once), money in minor units."""

    id: int
    name: str
    silent: int
    rhythm: float | None
    alive: float | None
    expected: int
    at_stake: int
    leaving: Leaving


def columns(report: DriftingReport | None) -> tuple[Column, ...]:
    """The columns, named after what the money is."""
    yearly = report is not None and report.basis == "year"
    expected = mark("Last 365 days") if yearly else mark("Will spend")
    alive = () if yearly else (
        Column("alive", mark("P(alive)"), 80, "number", text=percent),
    )  # fmt: skip
    # The room of that column goes to the money: all of it takes as much either way.
    money = 128 if yearly else 92
    return (
        Column("name", mark("Customer"), 120, "avatar", stretch=True, sortable=False,
               value=lambda row: row.name or tr("No name")),
        Column("silent", mark("Silent"), 88, "number", high_first=True,
               text=lambda days: ntr("{n} day", "{n} days", days)),
        Column("rhythm", mark("Rhythm"), 76, "number",
               text=lambda days: NOTHING if days is None else ntr("{n} day", "{n} days", round(days))),
        *alive,
        Column("expected", expected, money, "money", high_first=True),
        Column("at_stake", mark("At stake"), money, "money", high_first=True),
        Column("leaving", mark("State"), 92, "tag", text=lambda one: tr(NAMES[one]),
               tone=lambda one: _TONES[one]),
    )  # fmt: skip


def export_columns(report: DriftingReport) -> tuple[ExportColumn, ...]:
    """The same for a file."""
    alive = [] if report.people.alive is None else [ExportColumn("alive", tr("P(alive)"), "percent")]
    money = tr("Last 365 days") if report.basis == "year" else tr("Will spend")
    return (
        ExportColumn("id", tr("Customer id"), "record"),
        ExportColumn("name", tr("Customer")),
        ExportColumn("silent", tr("Days silent"), "number"),
        ExportColumn("rhythm", tr("Rhythm in days"), "number"),
        *alive,
        ExportColumn("expected", money, "money"),
        ExportColumn("at_stake", tr("At stake"), "money"),
        ExportColumn("leaving", tr("State"), value=lambda row: tr(NAMES[row.leaving])),
    )


def fetcher(
    book: Book, report: DriftingReport, listed: Listed
) -> Callable[[Sequence[int]], dict[int, LeaverRow]]:
    """Gives the rows of some ids."""
    people = report.people
    codes = np.full(people.ids.size, -1, np.int8)
    codes[listed.places] = listed.leaving

    def fetch(ids: Sequence[int]) -> dict[int, LeaverRow]:
        names = known.names(book, ids)
        found = {}
        for one, place in zip(
            ids, np.searchsorted(people.ids, np.array(ids, np.int64)).tolist(), strict=True
        ):
            # Who is gone from the book since it was counted has no line.
            if one in names and codes[place] >= 0:
                rhythm = float(people.rhythm[place])
                found[one] = LeaverRow(
                    id=one,
                    name=names[one],
                    silent=int(people.silent[place]),
                    rhythm=None if np.isnan(rhythm) else rhythm,
                    alive=None if people.alive is None else float(people.alive[place]),
                    expected=round(float(people.expected[place])),
                    at_stake=round(float(people.at_stake[place])),
                    leaving=LEAVING[codes[place]],
                )
        return found

    return fetch


def ordered(report: DriftingReport, listed: Listed, key: str, *, descending: bool) -> Ints:
    """The places of a list in another order; what has no value stands at the end either way."""
    if (key, descending) == ("at_stake", True):
        return listed.places
    people, places = report.people, listed.places
    values = {
        "silent": people.silent,
        "rhythm": people.rhythm,
        "alive": people.alive,
        "expected": people.expected,
        "at_stake": people.at_stake,
    }.get(key)
    of_each = listed.leaving.astype(np.float64) if values is None else values[places].astype(np.float64)
    order = np.argsort(-of_each if descending else of_each, kind="stable")
    return np.asarray(places[order], np.int64)


def ids_of(report: DriftingReport, places: Ints) -> array[int]:
    """The ids of some places, as lists take them."""
    found: array[int] = array("q")
    found.frombytes(report.people.ids[places].astype(np.int64).tobytes())
    return found
