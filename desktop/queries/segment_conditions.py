"""A segment or class as conditions of a customer filter, with the shop's bounds as they are now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

import numpy as np

from desktop.analytics.occasions import Ints
from desktop.analytics.rfm import CLASSES, SEGMENTS, Rfm, Scores, segments, spans
from desktop.queries.conditions import Condition, Group, Value
from desktop.queries.insight_scope import Scope
from desktop.queries.insight_segments import Table

Run = tuple[int, int]
"""Scores from the first to the last."""
T = TypeVar("T")


class Box(NamedTuple):
    """The scores of a part of a segment: runs of R, F and M."""

    r: Run
    f: Run
    m: Run


def segment_conditions(scope: Scope, table: Table, code: str) -> Group | None:
    """Whom one of the ten segments or eight classes holds, as conditions; None where nobody can be in it.

    The bounds are those of the whole shop at the end of the scope's days: in a filter they stay as they
    are, where the shop's fifths move on.
    """
    whole = scope.shop
    recency = np.maximum(scope.end - 1 - whole.past.last, 0)
    values = (-recency, whole.past.counts, whole.purchases.spend(whole.past.ids))
    found = scope.scores
    bounds = [
        _floors(value, scores) for value, scores in zip(values, (found.r, found.f, found.m), strict=True)
    ]
    boxes = boxes_of(_scores_of(table, code, found), [sorted(one) for one in bounds])
    groups = [Group("and", tuple(_conditions(box, bounds))) for box in boxes]
    if not groups:
        return None
    return groups[0] if len(groups) == 1 else Group("or", tuple(groups))


def _floors(values: Ints, scores: Scores) -> dict[int, int]:
    """The least value of each score that somebody has."""
    return {score: span[0] for score, span in enumerate(spans(values, scores), start=1) if span is not None}


def _scores_of(table: Table, code: str, shop: Rfm) -> set[tuple[int, int, int]]:
    """The combinations of scores that are of a segment, or of a class by the shop's averages."""
    r, f, m = (1 + np.indices((5, 5, 5)).reshape(3, -1)).astype(np.int8)
    if table == "segments":
        inside = segments(r, f, m) == SEGMENTS.index(code)
    else:
        place = CLASSES.index(code)
        quiet, seldom, small = (
            score <= kept.mean() for score, kept in ((r, shop.r), (f, shop.f), (m, shop.m))
        )
        inside = 4 * small + 2 * quiet + seldom == place
    return set(zip(r[inside].tolist(), f[inside].tolist(), m[inside].tolist(), strict=True))


def boxes_of(scores: set[tuple[int, int, int]], known: Sequence[Sequence[int]]) -> list[Box]:
    """Scores as few boxes that hold no other; `known` are the scores that somebody has, of R, F and M each.

    A score that nobody has lies in no box of its own.
    """
    of_m: dict[tuple[int, int], tuple[Run, ...]] = {}
    for r in known[0]:
        for f in known[1]:
            of_m[r, f] = tuple(_runs([m for m in known[2] if (r, f, m) in scores], known[2]))
    of_f: dict[int, tuple[tuple[Run, Run], ...]] = {
        r: tuple(_joined(((f, run) for f in known[1] for run in of_m[r, f]), known[1])) for r in known[0]
    }
    found = _joined(((r, pair) for r in known[0] for pair in of_f[r]), known[0])
    return [Box(r, f, m) for r, (f, m) in found]


def _joined(pairs: Iterable[tuple[int, T]], known: Sequence[int]) -> list[tuple[Run, T]]:
    """Runs of neighbouring scores that share the same."""
    of: dict[T, list[int]] = {}
    for score, shared in pairs:
        of.setdefault(shared, []).append(score)
    return [(run, shared) for shared, scores in of.items() for run in _runs(scores, known)]


def _runs(scores: Sequence[int], known: Sequence[int]) -> list[Run]:
    """Scores as runs of neighbours among the known ones."""
    runs: list[Run] = []
    for score in scores:
        place = known.index(score)
        if runs and place and runs[-1][1] == known[place - 1]:
            runs[-1] = runs[-1][0], score
        else:
            runs.append((score, score))
    return runs


def _conditions(box: Box, bounds: Sequence[dict[int, int]]) -> list[Condition]:
    """Lower and upper bounds of what is no extreme; recency is days, the fewer the better."""
    found = []
    for field, run, floors in zip(("since", "occasions", "spend"), box, bounds, strict=True):
        best = max(floors)
        above = min((score for score in floors if score > run[1]), default=None)
        low = floors[run[0]] if run[0] > min(floors) else None
        high = floors[above] if run[1] < best and above is not None else None
        if field == "since":
            pairs: list[tuple[str, Value | None]] = [
                ("le", None if low is None else -low), ("gt", None if high is None else -high)
            ]  # fmt: skip
        else:
            pairs = [("ge", low), ("lt", high)]
        found += [Condition(field, op, (value,)) for op, value in pairs if value is not None]
    # Whoever has bought, where the bounds leave nothing out.
    return found or [Condition("occasions", "ge", (1,))]
