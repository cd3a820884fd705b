"""Are customers happier: satisfaction of a scope against the period before, its trend, its parts, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from desktop.analytics.intervals import Change, Rate, change
from desktop.analytics.periods import Period
from desktop.analytics.reasons import Reasons, reasons
from desktop.analytics.satisfaction import (
    Against,
    Measure,
    Satisfaction,
    against,
    by_group,
    by_period,
    changes,
    overall,
    response_rate,
    stars,
)
from desktop.queries.insight_scope import Scope
from desktop.queries.rating_parts import PartBy, Parts, parts
from desktop.queries.rating_reasons import Namings, namings
from desktop.queries.ratings import RatingRow, rating_rows
from desktop.queries.shop_columns import Bools, Ints

Side = Literal["all", "unhappy", "happy", "worse", "met", "better", "asked", "told"]
"""Ratings of 1 to 3 and of 4 and 5; that got less than, just what and more than they expected; what was
asked for; those that told an expectation."""
_WORDS = 8
_LOOKED_THROUGH = 2000
"""Unhappy ratings looked through for words: most give none."""


@dataclass(frozen=True, slots=True)
class PartRow:
    """The ratings that share something: its key (channel, id of product or clerk, place of the tier, title
    of a reason; "" or 0 where it was not noted), its name as stored, and their figures now and before."""

    key: str | int
    name: str
    now: Satisfaction
    before: Satisfaction
    moved: Change


@dataclass(frozen=True)
class SatisfactionReport:
    """Satisfaction over the days of a scope, against the equal period before.

    `trend` has the calendar periods `by`; `rows` the parts, most ratings first, of which `left_off` more are
    not listed; `response` is answered ÷ asked; `stars` the shares of 1 to 5; `words` what the unhappy wrote,
    newest first.
    """

    scope: Scope
    by: Period
    part: PartBy
    now: Satisfaction
    before: Satisfaction
    changes: Mapping[Measure, Change]
    response: Rate
    response_before: Rate
    response_change: Change
    trend: tuple[Satisfaction, ...]
    rows: tuple[PartRow, ...]
    left_off: int
    stars: tuple[Rate, ...]
    against: Against
    reasons: Reasons
    titles: tuple[str, ...]
    """The reasons by their code, as kept."""
    words: tuple[RatingRow, ...]
    _parts: Parts
    _named: Namings

    def ratings_behind(
        self,
        side: Side = "all",
        *,
        days: tuple[int, int] | None = None,
        part: str | int | None = None,
        stars: int | None = None,
        expected: int | None = None,
        reason: int | None = None,
    ) -> Ints:
        """The ids of the ratings behind a figure, newest first.

        `days` is a part of the period, `part` the key of a row, `stars` and `expected` the answers given,
        `reason` the code of one.
        """
        table = self.scope.moment.ratings
        mask = _of_side(self.scope, side) & _inside(self.scope, *(days or (self.scope.start, self.scope.end)))
        for asked, column in ((stars, table.answers.perceived), (expected, table.answers.expected)):
            if asked is not None:
                mask &= column == asked
        if part is not None:
            mask &= self._parts.holding(part, table.ids.size)
        if reason is not None:
            mask &= np.isin(table.ids, self._named.rating[self._named.title == reason])
        at = np.flatnonzero(mask)
        return table.ids[at[np.argsort(-table.answers.day[at], kind="stable")]]


def satisfaction_report(scope: Scope, by: Period = "month", part: PartBy = "channel") -> SatisfactionReport:
    """Satisfaction of the answered ratings that a scope leaves. Ask in the worker. Raises Cancelled."""
    rated, (start, end) = scope.ratings, (scope.start, scope.end)
    now, before = overall(rated, start, end), overall(rated, *scope.before)
    response, response_before = _response(scope, start, end), _response(scope, *scope.before)
    scope.progress.check()
    table = scope.moment.ratings
    inside = scope.rated & table.answered & _inside(scope, scope.before[0], end)
    found = parts(scope, part, np.flatnonzero(inside))
    scope.progress.check()
    current = inside & _inside(scope, start, end)
    named = namings(scope.book, table.ids[current])
    answers = table.answers.where(current)
    of = np.searchsorted(table.ids, named.rating)
    scope.progress.check()
    return SatisfactionReport(
        scope=scope,
        by=by,
        part=part,
        now=now,
        before=before,
        changes=changes(now, before),
        response=response,
        response_before=response_before,
        response_change=change(response, response_before, 1),
        trend=tuple(by_period(rated, start, end, by)),
        rows=_rows(scope, found),
        left_off=found.left_off,
        stars=stars(answers.perceived),
        against=against(answers),
        reasons=reasons(named.rating, named.title, table.answers.perceived[of], len(named.titles)),
        titles=named.titles,
        words=_words(scope),
        _parts=found,
        _named=named,
    )


def _rows(scope: Scope, found: Parts) -> tuple[PartRow, ...]:
    answers = scope.moment.ratings.answers.where(found.place)
    now = by_group(answers, found.group, len(found.keys), scope.start, scope.end)
    before = by_group(answers, found.group, len(found.keys), *scope.before)
    rows = [
        PartRow(key, name, one, other, change(one.perceived, other.perceived, 1))
        for key, name, one, other in zip(found.keys, found.names, now, before, strict=True)
        if one.n or other.n
    ]
    return tuple(sorted(rows, key=lambda row: (-row.now.n, -row.before.n, str(row.name))))


def _response(scope: Scope, start: int, end: int) -> Rate:
    table = scope.moment.ratings
    asked = scope.rated & table.asked & _inside(scope, start, end)
    return response_rate(int(np.count_nonzero(asked)), int(np.count_nonzero(asked & table.answered)))


def _words(scope: Scope) -> tuple[RatingRow, ...]:
    table = scope.moment.ratings
    at = np.flatnonzero(_of_side(scope, "unhappy") & _inside(scope, scope.start, scope.end))
    newest = table.ids[at[np.lexsort((at, table.answers.day[at]))[::-1]]][:_LOOKED_THROUGH].tolist()
    said: list[RatingRow] = []
    for first in range(0, len(newest), 200):
        rows = rating_rows(scope.book, newest[first : first + 200])
        said += [rows[row] for row in newest[first : first + 200] if row in rows and rows[row].text.strip()]
        if len(said) >= _WORDS:
            break
    return tuple(said[:_WORDS])


def _inside(scope: Scope, start: int, end: int) -> Bools:
    day = scope.moment.ratings.answers.day
    inside: Bools = (day >= start) & (day < end)
    return inside


def _of_side(scope: Scope, side: Side) -> Bools:
    """Which ratings (places) are on a side, as far as the filters leave them."""
    table = scope.moment.ratings
    if side == "asked":
        return scope.rated & table.asked
    got, hoped = table.answers.perceived, table.answers.expected
    found = scope.rated & table.answered
    # Comparisons with NaN are False: who did not say is on no side.
    sides = {
        "unhappy": got < 4, "happy": got >= 4, "worse": got < hoped, "met": got == hoped,
        "better": got > hoped, "told": ~np.isnan(hoped),
    }  # fmt: skip
    return found & sides[side] if side in sides else found
