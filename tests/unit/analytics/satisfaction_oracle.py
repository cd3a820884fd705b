"""Satisfaction worked out rating by rating in plain Python, to hold the fast figures against."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from statistics import NormalDist

from scipy.special import stdtr

Row = tuple[int, float, float, float, float]
"""A rating: day, perceived, expected, effort, recommend; NaN where it was not answered."""
NAN = math.nan
Z = NormalDist().inv_cdf(0.975)


def slow_satisfaction(rows: Sequence[Row], start: int, end: int) -> dict[str, tuple[float, ...]]:
    """(value, low, high, n) of each measure over the days [start, end)."""
    mine = [row for row in rows if start <= row[0] < end]
    perceived, expected, effort, recommend = (
        [row[at] for row in mine if not math.isnan(row[at])] for at in range(1, 5)
    )
    gaps = [row[1] - row[2] for row in mine if not math.isnan(row[1] + row[2])]
    return {
        "n": (sum(any(not math.isnan(answer) for answer in row[1:]) for row in mine),),
        "perceived": slow_mean(perceived),
        "expected": slow_mean(expected),
        "gap": slow_mean(gaps),
        "csat": slow_share(sum(one >= 4 for one in perceived), len(perceived)),
        "nps": slow_nps(recommend),
        "effort": slow_mean(effort),
        "easy": slow_share(sum(one >= 5 for one in effort), len(effort)),
    }


@cache
def student(freedom: int) -> float:
    """Below which 97.5 % of the t distribution lie, by halving."""
    low, high = 0.0, 1000.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if float(stdtr(freedom, middle)) < 0.975 else (low, middle)
    return low


def slow_mean(values: Sequence[float]) -> tuple[float, ...]:
    """A mean with its t interval."""
    n = len(values)
    if not n:
        return NAN, NAN, NAN, 0
    mean = math.fsum(values) / n
    if n == 1:
        return mean, NAN, NAN, 1
    spread = math.sqrt(math.fsum((one - mean) ** 2 for one in values) / (n - 1))
    half = student(n - 1) * spread / math.sqrt(n)
    return mean, mean - half, mean + half, n


def slow_share(hits: int, n: int) -> tuple[float, ...]:
    """A share with Wilson's interval: the two p at which |hits/n − p| = 1.96 √(p(1 − p)/n)."""
    if not n:
        return NAN, NAN, NAN, 0
    z2, share = Z**2, hits / n
    a, b, c = 1 + z2 / n, -(2 * share + z2 / n), share**2
    root = math.sqrt(max(0.0, b * b - 4 * a * c))
    return share, (-b - root) / (2 * a), (-b + root) / (2 * a), n


def slow_nps(answers: Sequence[float]) -> tuple[float, ...]:
    """Net promoter score: the mean of 1, 0 and −1, with the normal margin of that mean."""
    n = len(answers)
    if not n:
        return NAN, NAN, NAN, 0
    votes = [1 if one >= 9 else -1 if one <= 6 else 0 for one in answers]
    mean = sum(votes) / n
    spread = math.sqrt(sum((one - mean) ** 2 for one in votes) / n)
    half = Z * spread / math.sqrt(n)
    return 100 * mean, 100 * max(-1.0, mean - half), 100 * min(1.0, mean + half), n
