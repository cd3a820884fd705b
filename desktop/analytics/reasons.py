"""Reasons given with ratings: how often each was named, with how many stars, and which weigh most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.intervals import Rate, rate
from desktop.analytics.occasions import Ints

HAPPY = 4
"""From so many stars on somebody is satisfied (CSAT)."""


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One reason: how many ratings of 1, 2, 3, 4 and 5 stars named it.

    `share` is of the ratings of its side (unhappy or happy) that gave any reason; as a rating may name
    several, shares need not add up to 1. `cumulative` is the share of all namings that this reason and the
    commoner ones make up.
    """

    code: int
    stars: tuple[int, int, int, int, int]
    share: Rate
    cumulative: float

    @property
    def count(self) -> int:
        """Ratings of its side that named it."""
        return self.share.hits


@dataclass(frozen=True, slots=True)
class Reasons:
    """The reasons of the unhappy (1 to 3 stars) and of the happy (4 and 5), the commonest first."""

    unhappy: tuple[ReasonRow, ...]
    happy: tuple[ReasonRow, ...]


def reasons(rating: Ints, code: Ints, stars: NDArray[np.float64], codes: int) -> Reasons:
    """Reasons from their namings: arrays of one length, a rating and a reason each; no pair twice.

    `rating` tells the ratings apart, `code` is 0 … codes-1, `stars` the rating's perceived score, NaN where
    it was not given: such namings are left out.
    """
    known = ~np.isnan(stars)
    rating, code, given = rating[known], code[known], stars[known].astype(np.int64)
    table = np.bincount(code * 5 + given - 1, minlength=codes * 5).reshape(codes, 5)
    low = given < HAPPY
    return Reasons(
        _pareto(table, slice(0, HAPPY - 1), _different(rating[low])),
        _pareto(table, slice(HAPPY - 1, 5), _different(rating[~low])),
    )


def _pareto(table: NDArray[np.int64], side: slice, ratings: int) -> tuple[ReasonRow, ...]:
    counts = table[:, side].sum(axis=1)
    # Equal counts by code, so that the order does not change from day to day.
    order = np.argsort(-counts, kind="stable")[: int(np.count_nonzero(counts))]
    running = np.cumsum(counts[order])
    return tuple(
        ReasonRow(
            int(at),
            (int(table[at, 0]), int(table[at, 1]), int(table[at, 2]), int(table[at, 3]), int(table[at, 4])),
            rate(int(counts[at]), ratings),
            float(so_far) / float(running[-1]),
        )
        for at, so_far in zip(order, running, strict=True)
    )


def _different(rating: Ints) -> int:
    return int(np.unique(rating).size)
