"""The figures of after-sale service in the owner's words: how each is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from desktop.core import words
from desktop.core.dates import duration, format_short_month
from desktop.core.figures import NOTHING
from desktop.core.translation import mark, ntr, tr

if TYPE_CHECKING:
    from desktop.analytics.service import Waits
    from desktop.queries.service_speed import By, SpeedRow


class Definition(NamedTuple):
    """How a figure is counted, in marked sentences."""

    texts: tuple[str, ...]

    def sentences(self) -> tuple[str, ...]:
        """The sentences in the user's language."""
        return tuple(tr(text) for text in self.texts)


_COHORT = mark("Counted over the cases opened in the period, as they stand now.")
_OPEN = mark(
    "Cases still going on or called off are not left out, which would flatter: each says “longer than "
    "this” (Kaplan-Meier). Where too many of them are, the figure stays blank."
)

WORD = Definition(
    (
        mark("From the opening to the first word to the customer, by the clock: the median."),
        mark(
            "A note, a first step, waiting for an answer or the end of the case is a word; cases that ended "
            "without one being noted are left out."
        ),
        _OPEN,
        _COHORT,
    )
)
DONE = Definition(
    (
        mark(
            "From the opening to the end, by the clock, without the time the shop waited for the customer: "
            "the median."
        ),
        _OPEN,
        _COHORT,
    )
)
IN_TIME = Definition(
    (
        mark(
            "Cases done by their deadline ÷ cases whose deadline passed or was met, with a Wilson interval."
        ),
        mark(
            "While the customer is waited for the deadline moves on. Cases without a deadline are in neither."
        ),
        _COHORT,
    )
)
SATISFIED = Definition(
    (mark("Mean of the ratings from 1 to 5 given about a case, with a 95 % interval (t)."), _COHORT)
)
COST = Definition(
    (
        mark("Mean of what a case cost the shop (parts, postage, work) with the money given back."),
        mark("Most cost nothing and a few a lot, so the interval (t) is wide."),
        _COHORT,
    )
)

BY: dict[By, str] = {
    "kind": mark("By kind"),
    "clerk": mark("By clerk"),
    "reason": mark("By reason"),
    "product": mark("By product"),
    "month": mark("By month"),
}


def facts(waits: Waits) -> list[tuple[str, str]]:
    """What else is known of times: how late the late ones are, and how many are not over."""
    late = NOTHING if waits.late is None else duration(waits.late)
    found = [(tr("Nine of ten within"), late)]
    if waits.n > waits.over:
        found.append((tr("As “longer”"), ntr("{n} case", "{n} cases", waits.n - waits.over)))
    return found


def late_words(waits: Waits) -> str:
    """The 90th percentile below the figure, in place of an interval."""
    return "" if waits.late is None else tr("9 of 10 in {time}", time=duration(waits.late))


def row_name(row: SpeedRow, by: By) -> str:
    """What the cases of a row share."""
    if by == "kind":
        return words.name(words.CASE_KINDS, row.name)
    if by == "reason":
        return words.name(words.CASE_REASONS, row.name)
    if by == "month":
        return format_short_month(f"{row.name}-01")
    return row.name or (tr("No clerk") if by == "clerk" else tr("Not noted"))
