"""The forecast once more in plain Python, one setting and one month after the other."""

from __future__ import annotations

import math
from statistics import fmean, median

from scipy.special import stdtr

Numbers = list[float]
LEVEL = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]


def settings(method: str) -> list[tuple[float, float, float, float]]:
    """(α, β, φ, γ) of each setting of a method of smoothing."""
    if method == "level":
        return [(alpha, 0.0, 1.0, 0.0) for alpha in LEVEL]
    if method == "trend":
        return [
            (alpha, beta, phi, 0.0)
            for alpha in (0.1, 0.2, 0.35, 0.5, 0.7, 0.9)
            for beta in (0.05, 0.1, 0.2, 0.4)
            for phi in (0.8, 0.9, 0.98)
        ]
    alphas = (0.05, 0.1, 0.2, 0.35, 0.5, 0.7)
    if method == "season":
        return [(a, 0.0, 1.0, g) for a in alphas for g in (0.0, 0.05, 0.1, 0.2, 0.4)]
    return [
        (a, b, p, g) for a in alphas for b in (0.05, 0.15) for p in (0.9, 0.98) for g in (0.0, 0.1, 0.2, 0.4)
    ]


def told(values: Numbers, method: str, ahead: int) -> Numbers | None:
    """What a method says of the next months when just these values are known; None where it can't."""
    n = len(values)
    if method == "year":
        if n < 12:
            return None
        moved = [values[i] - values[i - 12] for i in range(max(12, n - 12), n)]
        return [values[n - 12 + h] + (fmean(moved) if moved else 0.0) for h in range(ahead)]
    seasonal = method.startswith("season")
    if n < (24 if seasonal else 3):
        return None
    best: tuple[float, Numbers] = (math.inf, [])
    for alpha, beta, phi, gamma in settings(method):
        level, trend, season = begun(values, seasonal, trended=beta > 0)
        wrong = 0.0
        for month, value in enumerate(values):
            before = level + phi * trend
            error = value - before - season[month % 12]
            wrong += error**2
            level, trend = before + alpha * error, phi * trend + alpha * beta * error
            season[month % 12] += gamma * (1 - alpha) * error
        if wrong < best[0]:
            path = [
                level + trend * sum(phi ** (k + 1) for k in range(h + 1)) + season[(n + h) % 12]
                for h in range(ahead)
            ]
            best = (wrong, path)
    return best[1]


def student(share: float, freedom: int) -> float:
    """The quantile of the t distribution, by halving."""
    low, high = -1000.0, 1000.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if float(stdtr(freedom, middle)) < share else (low, middle)
    return low


def begun(values: Numbers, seasonal: bool, *, trended: bool) -> tuple[float, float, Numbers]:
    """Where smoothing begins."""
    if not seasonal:
        return fmean(values[:3]), 0.0, [0.0] * 12
    first, second = fmean(values[:12]), fmean(values[12:24])
    slope = (second - first) / 12
    line = [(first + second) / 2 + slope * (i - 11.5) for i in range(24)]
    season = [((values[i] - line[i]) + (values[i + 12] - line[i + 12])) / 2 for i in range(12)]
    return line[0] - slope, slope if trended else 0.0, [one - fmean(season) for one in season]


def forecast(values: Numbers, horizon: int, *, counts: bool) -> dict[str, object]:
    """Method, middle and the four bounds."""
    by_logs = min(values) > 0.1 * median(values)

    def to(value: float) -> float:
        return math.log(value) if by_logs else math.copysign(math.sqrt(abs(value)), value)

    def back(value: float, counts: bool) -> float:
        found = math.exp(min(value, 40.0)) if by_logs else value * abs(value)
        return max(found, 0.0) if counts else found

    seen = [to(value) for value in values]
    n = len(values)
    start = 24 if n >= 30 else 12 if n >= 24 else max(3, n // 2)
    methods = ["level", "trend", *(("year", "season", "season-trend") if n >= 24 else ())]
    paths = {one: {o: told(seen[:o], one, 12) for o in range(start, n + 1)} for one in methods}
    chosen, least, size = "", math.inf, 0.0
    for method, path in paths.items():
        if any(one is None for one in path.values()):
            continue
        pairs = [(o, h) for o in range(start, n) for h in range(6) if o + h < n]
        wrong = sum(abs(back((path[o] or [])[h], False) - values[o + h]) for o, h in pairs)
        if not chosen or wrong < 0.97 * least:
            chosen, least = method, wrong
        size = sum(abs(values[o + h]) for o, h in pairs)
    path = paths[chosen]
    spread, free, last, step = [], [], 0.0, 1
    freedom = 1
    for h in range(horizon):
        errors = [seen[o + h] - (path[o] or [])[h] for o in range(start, n - h)]
        if len(errors) >= 6 or h == 0:
            last = max(last, math.sqrt(fmean(one**2 for one in errors)))
            step, freedom = h + 1, len(errors)
        spread.append(last * math.sqrt((h + 1) / step))
        free.append(freedom)
    ahead = (path[n] or [])[:horizon]
    if counts:
        chance = [math.exp(-max(one, 0.0) / 2) if by_logs else 0.5 for one in ahead]
        spread = [max(one, two) for one, two in zip(spread, chance, strict=True)]
    found: dict[str, object] = {"method": chosen, "error": least / size if size else None}
    found["middle"] = [back(one, counts) for one in ahead]
    for name, share in (("low80", 0.1), ("high80", 0.9), ("low95", 0.025), ("high95", 0.975)):
        found[name] = [
            back(one + student(share, k) * s, counts) for one, s, k in zip(ahead, spread, free, strict=True)
        ]
    return found
