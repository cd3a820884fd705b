"""Which groups of customers differ from the rest by more than chance, after having looked at many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, log

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.contrasts import (
    difference_of_means,
    holm,
    mean_tests,
    rank_tests,
    ratio_of_shares,
    rough_ratio,
    share_tests,
    shared_ranks,
)
from desktop.analytics.intervals import ENOUGH, Mean, Rate, mean_of_sums, rate

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

ALPHA = 0.05
"""The chance that even one of the findings is nothing but chance: an owner acts on each of them alone, so it
is this that is kept (Holm), not the share of false ones among them (Benjamini & Hochberg)."""
MOST = 6
_NEARLY = 1 - 1e-9
_PER_SPLIT = 2
_SAME = 0.8
"""Two groups that share so much of the smaller one tell one tale."""


@dataclass(frozen=True)
class Outcome:
    """What is compared: one value a customer, NaN where it is not known or too early to judge.

    A `share` has values 0 and 1, and its effect is a ratio; else the effect is a difference of means, which
    must show in the ranks too: money is so unevenly spread that Welch's test alone would take chance for a
    finding in every third shop. An effect smaller than `least` (a ratio above 1, or a difference) is not
    worth saying. Outcomes of one `tale` say the same in other words.
    """

    key: str
    values: Floats
    share: bool
    least: float
    tale: str


@dataclass(frozen=True)
class Split:
    """A way to part customers: the customer at place `who[i]` is in group `group[i]` of `groups`.

    Each group is compared with everybody else of `among` (a mask, None for all who are in any group), in the
    outcomes named. Where customers may be in several groups, say so with `several`.
    """

    key: str
    who: Ints
    group: Ints
    groups: int
    outcomes: tuple[str, ...]
    among: Bools | None = None
    several: bool = False


@dataclass(frozen=True)
class Finding:
    """A group that differs from the rest.

    `effect` is the ratio of the shares `ours` ÷ `others` or the difference of the means, with its 95 %
    interval; `p` is two-sided, `adjusted` by Holm for all that was looked at.
    """

    split: str
    group: int
    outcome: str
    share: bool
    ours: Rate | Mean
    others: Rate | Mean
    effect: Mean
    p: float
    adjusted: float
    members: Ints
    """Places of the customers of the group whose outcome is known."""

    @property
    def more(self) -> bool:
        """Whether the group has more of it than the rest."""
        return (self.effect.value or 0) > (1 if self.share else 0)


@dataclass(frozen=True)
class Looked:
    """What was found, the strongest first, and in how many comparisons it was looked for."""

    found: tuple[Finding, ...]
    comparisons: int


@dataclass(frozen=True)
class _Side:
    """n, sum and sum of squares of one outcome: arrays, one entry a comparison."""

    n: Ints
    total: Floats
    squares: Floats

    @property
    def mean(self) -> Floats:
        return self.total / self.n

    @property
    def deviation(self) -> Floats:
        found: Floats = np.sqrt(np.maximum(self.squares - self.n * self.mean**2, 0) / (self.n - 1))
        return found

    def taken(self, at: Ints) -> _Side:
        return _Side(self.n[at], self.total[at], self.squares[at])

    def figure(self, at: int, share: bool) -> Rate | Mean:
        if share:
            return rate(round(float(self.total[at])), int(self.n[at]))
        return mean_of_sums(int(self.n[at]), float(self.total[at]), float(self.squares[at]))


@dataclass(frozen=True)
class _Compared:
    """The groups of one split that were compared in one outcome."""

    split: Split
    outcome: Outcome
    group: Ints
    ours: _Side
    others: _Side
    p: Floats


def look(splits: Sequence[Split], outcomes: Sequence[Outcome], *, most: int = MOST) -> Looked:
    """Compare every group of every split with the rest, and keep what is surely no chance.

    Only groups of at least 30 against at least 30 are compared. Of several findings that tell one tale (the
    same customers, or nearly; one within another) the strongest is kept.
    """
    by_key = {outcome.key: outcome for outcome in outcomes}
    used = {key for split in splits for key in split.outcomes}
    ranks = {one.key: shared_ranks(one.values) for one in outcomes if not one.share and one.key in used}
    compared = [
        one
        for split in splits
        for key in split.outcomes
        if (one := _compare(split, by_key[key], ranks.get(key))) is not None
    ]
    if not compared:
        return Looked((), 0)
    adjusted = holm(np.concatenate([one.p for one in compared]))
    found, start = [], 0
    for one in compared:
        mine = adjusted[start : start + one.p.size]
        start += one.p.size
        # The interval is a search: it is made for what would be said at all.
        sure = np.flatnonzero((mine <= ALPHA) & _large(one))
        found += [_finding(one, at, float(mine[at])) for at in sure.tolist()]
    strengths = [_strength(finding, by_key[finding.outcome].least) for finding in found]
    order = sorted(range(len(found)), key=lambda at: (-strengths[at], found[at].p))
    worth = [found[at] for at in order if _worth(found[at], by_key[found[at].outcome].least)]
    parted = {split.key: split for split in splits}
    return Looked(_different(worth, parted, by_key, most), int(adjusted.size))


def _compare(split: Split, outcome: Outcome, ranks: Floats | None) -> _Compared | None:
    known = ~np.isnan(outcome.values)
    there = known[split.who]
    who, group = split.who[there], split.group[there]
    everybody: Ints = who
    if split.among is not None or split.several:
        among = np.zeros(known.size, np.bool_) if split.among is None else split.among & known
        among[who] = True
        everybody = np.flatnonzero(among)
    ours, others = _sides(outcome.values, who, group, split.groups, everybody)
    enough = np.flatnonzero((ours.n >= ENOUGH) & (others.n >= ENOUGH))
    # Of two halves one says it all.
    if not split.several and np.count_nonzero(ours.n) == 2 and int(ours.n.sum()) == everybody.size:
        enough = enough[:1]
    if not enough.size:
        return None
    ours, others = ours.taken(enough), others.taken(enough)
    if ranks is None:
        hits, other_hits = (np.rint(side.total).astype(np.int64) for side in (ours, others))
        p = share_tests(hits, ours.n, other_hits, others.n)
    else:
        p = mean_tests(ours.n, ours.mean, ours.deviation, (others.n, others.mean, others.deviation))
        mine, theirs = (one.taken(enough) for one in _sides(ranks, who, group, split.groups, everybody))
        squares = mine.squares + theirs.squares
        p = np.maximum(p, rank_tests(ours.n, mine.total, others.n, theirs.total, squares))
    return _Compared(split, outcome, enough, ours, others, p)


def _sides(values: Floats, who: Ints, group: Ints, groups: int, everybody: Ints) -> tuple[_Side, _Side]:
    """The values of each group, and of everybody else."""
    value, every = values[who], values[everybody]
    n = np.bincount(group, minlength=groups).astype(np.int64)
    total = np.bincount(group, value, groups).astype(np.float64)
    squares = np.bincount(group, value * value, groups).astype(np.float64)
    whole, of_squares = float(every.sum()), float((every * every).sum())
    return _Side(n, total, squares), _Side(every.size - n, whole - total, of_squares - squares)


def _large(one: _Compared) -> NDArray[np.bool_]:
    """Which effects are worth saying, by their value alone."""
    least, share = one.outcome.least, one.outcome.share
    first, second = (side.total / side.n for side in (one.ours, one.others))
    if share:
        return np.asarray((first >= least * second * _NEARLY) | (first * least * _NEARLY <= second))
    return np.asarray(np.abs(first - second) >= least * _NEARLY)


def _finding(one: _Compared, at: int, adjusted: float) -> Finding:
    ours, others = (side.figure(at, one.outcome.share) for side in (one.ours, one.others))
    if isinstance(ours, Rate) and isinstance(others, Rate):
        # The surer interval takes a hundred times as long: it is found for those that are told.
        effect = rough_ratio(ours, others)
    else:
        assert isinstance(ours, Mean)
        assert isinstance(others, Mean)
        spread = float(one.ours.deviation[at]), float(one.others.deviation[at])
        effect = difference_of_means(ours, others, spread)
    return Finding(
        one.split.key, int(one.group[at]), one.outcome.key, one.outcome.share, ours, others, effect,
        float(one.p[at]), adjusted, np.zeros(0, np.int64),
    )  # fmt: skip


def _told(finding: Finding, split: Split, outcome: Outcome) -> Finding:
    """The finding as it is told: with its customers, and the interval of its ratio."""
    who, effect = split.who[split.group == finding.group], finding.effect
    if isinstance(finding.ours, Rate) and isinstance(finding.others, Rate):
        effect = ratio_of_shares(finding.ours, finding.others)
    return replace(finding, effect=effect, members=who[~np.isnan(outcome.values[who])])


def _worth(finding: Finding, least: float) -> bool:
    value = finding.effect.value
    if value is None:
        return False
    if finding.share:
        return value >= least or value <= 1 / least
    return abs(value) >= least


def _strength(finding: Finding, least: float) -> float:
    """How far the near end of the interval lies from no difference, in units of what is worth saying."""
    low, high = finding.effect.low, finding.effect.high
    if low is None or high is None:
        return 0.0
    if not finding.share:
        return max(low, -high) / least
    near = max(log(low) if low > 0 else -inf, -log(high) if high < inf else -inf)
    return near / log(least)


def _different(
    found: Sequence[Finding], splits: dict[str, Split], outcomes: dict[str, Outcome], most: int
) -> tuple[Finding, ...]:
    """The first findings that do not tell what another one has told."""
    kept: list[Finding] = []
    for candidate in found:
        if sum(other.split == candidate.split for other in kept) >= _PER_SPLIT:
            continue
        one = _told(candidate, splits[candidate.split], outcomes[candidate.outcome])
        tale = outcomes[one.outcome].tale
        if any(outcomes[other.outcome].tale == tale and _same(one, other) for other in kept):
            continue
        kept.append(one)
        if len(kept) == most:
            break
    return tuple(kept)


def _same(one: Finding, other: Finding) -> bool:
    """Whether two groups are nearly the same customers, one within the other, or what the other leaves."""
    shared = np.intersect1d(one.members, other.members).size
    smaller = min(one.members.size, other.members.size)
    if one.more == other.more:
        return bool(shared >= _SAME * smaller)
    whole = one.ours.n + one.others.n
    left_out = whole - (one.members.size + other.members.size - shared)
    return bool(max(shared, left_out) <= (1 - _SAME) * smaller)
