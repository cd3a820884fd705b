"""Maximum likelihood for the buy-till-you-die models, and the two ways in which it may not be had."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from desktop.core.errors import ShukeError

Floats = NDArray[np.float64]
Slopes = tuple[float, Floats, Floats]
"""ln L at some parameters, its gradient (n) and its second derivatives (n, n) by them."""

FEWEST = 50
"""A model is fitted to no fewer repeat customers than this."""
_BOUND = 9.0
_STEPS = 100


def dot(one: Floats, other: Floats) -> float:
    """The sum of products of two arrays.

    Not `@`: that hands long arrays to several threads at once, and where other programs are at work too,
    these wait for one another a hundred times as long as the sum takes.
    """
    return float(np.einsum("i,i->", one, other))


class CannotFit(ShukeError):
    """No model can be had from these customers; the rhythm rule alone stands."""


class TooFewCustomers(CannotFit):
    """The shop has `found` repeat customers and `needed` are needed."""

    def __init__(self, found: int, needed: int = FEWEST) -> None:
        super().__init__(f"{found} repeat customers, {needed} needed")
        self.found = found
        self.needed = needed


class NotConverged(CannotFit):
    """The likelihood has no best point that means anything: the customers do not behave as the model says."""


def require(repeat_customers: int) -> None:
    """Raise TooFewCustomers when there are fewer than FEWEST."""
    if repeat_customers < FEWEST:
        raise TooFewCustomers(repeat_customers)


def maximise(log_likelihood: Callable[[Floats], Slopes], starts: Iterable[Floats]) -> Floats:
    """Positive parameters (n) at which ln L is greatest, by Newton's method on their logarithms.

    The starts are tried one after another. Raises NotConverged when the search from none of them ends inside
    the bounds (e^-9 … e^9 each).
    """
    for start in starts:
        found = _climb(log_likelihood, np.log(start))
        if found is not None:
            return np.exp(found)
    raise NotConverged("no maximum of the likelihood within bounds")


def _climb(log_likelihood: Callable[[Floats], Slopes], at: Floats) -> Floats | None:
    """The logarithms of the best parameters uphill from `at`; None where they run away."""
    here = _by_logarithms(log_likelihood, at)
    for _ in range(_STEPS):
        value, gradient, second = here
        if not np.isfinite(value):
            return None
        step = _uphill(gradient, second)
        gain = float(gradient @ step)
        # ln L itself is only known to about as many digits.
        if gain < 1e-9 * max(1.0, abs(value) * 1e-3):
            return at + step
        for _halved in range(30):
            there = _by_logarithms(log_likelihood, at + step)
            if there[0] > value + 1e-4 * gain:
                break
            step, gain = step / 2, gain / 2
        else:
            return at if gain < 1e-9 else None
        at, here = at + step, there
        # A parameter at its bound ran away: the likelihood was still rising.
        if bool(np.any(np.abs(at) > _BOUND)):
            return None
    return None


def _by_logarithms(log_likelihood: Callable[[Floats], Slopes], at: Floats) -> Slopes:
    parameters = np.exp(at)
    value, gradient, second = log_likelihood(parameters)
    gradient = gradient * parameters
    return value, gradient, second * np.outer(parameters, parameters) + np.diag(gradient)


def _uphill(gradient: Floats, second: Floats) -> Floats:
    """Newton's step; where the surface isn't a dome it is taken for one, so that the step still rises."""
    if not np.isfinite(second).all():
        return gradient / max(1.0, float(np.abs(gradient).max()))
    curve, axes = np.linalg.eigh(-second)
    curve = np.maximum(np.abs(curve), 1e-9 * float(np.abs(curve).max()) + 1e-300)
    step: Floats = axes @ ((axes.T @ gradient) / curve)
    # No parameter more than threefold or to a third at once: far from the top the parabola knows little.
    return step / max(1.0, float(np.abs(step).max()))
