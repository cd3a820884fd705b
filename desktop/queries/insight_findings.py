"""Findings: groups of customers who come back, spend, complain or like it more or less than all others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import log1p

import numpy as np

from desktop.analytics import findings as analytics
from desktop.analytics.intervals import Mean, Rate
from desktop.queries.finding_outcomes import DAYS, Population
from desktop.queries.finding_splits import Kind, partings
from desktop.queries.insight_kept import SHARE, Kept
from desktop.queries.insight_scope import Scope
from desktop.queries.shop_columns import Ints

__all__ = ["DAYS", "Finding", "Findings", "Kind", "findings"]

FEW_ORDERS = 50_000
"""Below so many orders findings are looked for anew each time: it takes no time."""


@dataclass(frozen=True)
class Finding:
    """A group that differs from the rest by more than chance.

    `split` says what parts them (channel of the first purchase, first product, weekday …) and `label` which
    group it is: a code, name or word as it is kept; "yes" of two. `outcome` is back, spend, content,
    complained or refunded, or coming back `after stars` or `after settled`. `effect` is the ratio of the
    shares `ours` ÷ `others` where `share`, else the difference of the means (minor units, stars); its
    interval is of 95 %, `p` two-sided, `adjusted` by Holm for everything that was looked at.
    """

    split: str
    label: str
    outcome: str
    share: bool
    ours: Rate | Mean
    others: Rate | Mean
    effect: Mean
    p: float
    adjusted: float
    customers: Ints
    """The ids of the group, ascending."""

    @property
    def more(self) -> bool:
        """Whether the group has more of it than the rest."""
        return (self.effect.value or 0) > (1 if self.share else 0)


@dataclass(frozen=True)
class Findings:
    """What was found, the strongest first, in so many comparisons; `customers` could be judged."""

    found: tuple[Finding, ...]
    comparisons: int
    customers: int


_KEPT: Kept[Findings] = Kept()


def findings(scope: Scope) -> Findings:
    """What differs between the customers whose first purchase the filters of a scope leave.

    Everybody is looked at for equally long, and only who bought first long enough ago; the scope's first day
    plays no part. In a large shop the findings are kept until a thousandth has changed. Raises Cancelled.
    """
    if scope.moment.orders.ids.size < FEW_ORDERS:
        return _found(scope)
    counts = [
        scope.moment.ratings.ids.size,
        int(scope.book.value("SELECT count(*) FROM complaint")),
        scope.shop.past.ids.size,
    ]
    asked = ("findings", scope.today, *(int(log1p(count) * SHARE) for count in counts))
    return _KEPT.get(scope, asked, lambda: _found(scope))


def _found(scope: Scope) -> Findings:
    people = Population(scope)
    if not people.past.ids.size:
        return Findings((), 0, 0)
    outcomes = people.outcomes
    scope.progress.check()
    parted = partings(people)
    scope.progress.check()
    known = {one.key for one in outcomes}
    splits = {}
    for one in parted:
        own = [] if one.outcome is None else [one.outcome]
        outcomes += own
        wanted = tuple(key for key in one.split.outcomes if key in known or own)
        splits[one.split.key] = (one, wanted)
    looked = analytics.look([replace(one.split, outcomes=keys) for one, keys in splits.values()], outcomes)
    found = tuple(
        Finding(
            one.split, splits[one.split][0].labels[one.group], one.outcome, one.share, one.ours, one.others,
            one.effect, one.p, one.adjusted, people.past.ids[np.sort(one.members)],
        )
        for one in looked.found
    )  # fmt: skip
    return Findings(found, looked.comparisons, int(np.count_nonzero(people.judged)))
