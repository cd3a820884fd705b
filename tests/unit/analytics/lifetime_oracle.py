"""The models of lifetime and spend from their stories alone: sums by lgamma, integrals over what may be true.

A customer buys at a pace λ ~ Gamma(r, α) and leaves after each repeat purchase (MBG/NBD: after each purchase)
with chance p ~ Beta(a, b). Their spends are Gamma(p, ν) with ν ~ Gamma(q, v). The integrals are taken by the
trapezoidal rule over ln λ, ln p/(1 − p) and ln ν, where it converges very fast.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

Story = tuple[float, float, float, float]
"""r, α, a, b."""
History = tuple[int, float, float]
"""x, t, T."""


def log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def bgnbd(model: Story, histories: Sequence[History]) -> float:
    """ln L of the BG/NBD as Fader, Hardie and Lee (2005) have it in (6)."""
    r, alpha, a, b = model
    total = 0.0
    for x, t, age in histories:
        first = math.lgamma(r + x) + r * math.log(alpha) - math.lgamma(r)
        second = math.lgamma(a + b) + math.lgamma(b + x) - math.lgamma(b) - math.lgamma(a + b + x)
        there = -(r + x) * math.log(alpha + age)
        if x == 0:
            total += first + second + there
            continue
        gone = math.log(a) - math.log(b + x - 1) - (r + x) * math.log(alpha + t)
        high = max(there, gone)
        total += first + second + high + math.log(math.exp(there - high) + math.exp(gone - high))
    return total


def mbgnbd(model: Story, histories: Sequence[History]) -> float:
    """ln L of the MBG/NBD: there by B(a, b + x + 1), or left after the last purchase by B(a + 1, b + x)."""
    r, alpha, a, b = model
    total = 0.0
    for x, t, age in histories:
        first = math.lgamma(r + x) + r * math.log(alpha) - math.lgamma(r) - log_beta(a, b)
        there = log_beta(a, b + x + 1) - (r + x) * math.log(alpha + age)
        gone = log_beta(a + 1, b + x) - (r + x) * math.log(alpha + t)
        high = max(there, gone)
        total += first + high + math.log(math.exp(there - high) + math.exp(gone - high))
    return total


FAINT = 1e-60


def over_paces(r: float, alpha: float, step: float = 0.15) -> Iterator[tuple[float, float]]:
    """(λ, weight) of Gamma(r, α)."""
    for number in range(round(-60 / step), round(6 / step)):
        pace = math.exp(step * number) / alpha
        weight = step * math.exp(r * math.log(alpha * pace) - alpha * pace - math.lgamma(r))
        if weight > FAINT:
            yield pace, weight


def over_chances(a: float, b: float, step: float = 0.2) -> Iterator[tuple[float, float, float]]:
    """(p, 1 − p, weight) of Beta(a, b)."""
    for number in range(-300, 301):
        leaves, stays = 1 / (1 + math.exp(-step * number)), 1 / (1 + math.exp(step * number))
        weight = step * math.exp(a * math.log(leaves) + b * math.log(stays) - log_beta(a, b))
        if weight > FAINT:
            yield leaves, stays, weight


@dataclass(frozen=True)
class Customer:
    """What is known of a customer when everything that may be true of them is weighed."""

    likelihood: float
    alive: float
    expected: float


def customer(model: Story, history: History, time: float, *, modified: bool) -> Customer:
    """Likelihood of the history, P(alive) and E[Y(time)], by double integration."""
    r, alpha, a, b = model
    x, t, age = history
    paces, chances = list(over_paces(r, alpha)), list(over_chances(a, b))
    chances_to_leave = x + 1 if modified else x
    there = gone = expected = 0.0
    for pace, heavy in paces:
        bought = heavy * pace**x
        here, before = bought * math.exp(-pace * age), bought * math.exp(-pace * t)
        for p, stays, weight in chances:
            passed = weight * stays**chances_to_leave
            there += here * passed
            expected += here * passed * -math.expm1(-pace * p * time) / p
            if chances_to_leave:
                gone += before * weight * p * stays ** (chances_to_leave - 1)
    return Customer(there + gone, there / (there + gone), expected / (there + gone))


def spend(model: tuple[float, float, float], x: int, average: float) -> tuple[float, float]:
    """(likelihood of an average of x spends, expected spend on an occasion), by integration over ν."""
    p, q, v = model

    def density(rate: float) -> float:
        shape = p * x
        log = shape * math.log(rate * x) + (shape - 1) * math.log(average) - rate * x * average
        return math.exp(log - math.lgamma(shape))

    likelihood = _over(q, v, density)
    return likelihood, _over(q, v, lambda rate: density(rate) * p / rate) / likelihood


def _over(q: float, v: float, inside: Callable[[float], float]) -> float:
    return math.fsum(weight * inside(rate) for rate, weight in over_paces(q, v, 0.03))
