"""Maximum likelihood for the buy-till-you-die models, and the two ways in which it may not be had."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from desktop.core.errors import ShukeError

Floats = NDArray[np.float64]

FEWEST = 50
"""A model is fitted to no fewer repeat customers than this."""


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


def maximise(log_likelihood: Callable[[Floats], float], size: int) -> Floats:
    """Positive parameters at which the log-likelihood of n = `size` parameters is greatest.

    The search is over their logarithms, first from 1 everywhere, then from smaller and larger starts. Raises
    NotConverged when none ends inside the bounds (e^-9 … e^9 each).
    """
    from scipy.optimize import minimize

    bound = 9.0

    def cost(log_parameters: Floats) -> float:
        value = log_likelihood(np.exp(log_parameters))
        return -value if np.isfinite(value) else 1e300

    for start in (0.0, -1.0, 1.0, 2.0):
        found = minimize(
            cost,
            np.full(size, start),
            method="L-BFGS-B",
            bounds=[(-bound, bound)] * size,
            # ftol is relative to the likelihood itself, and four published digits need more than the default.
            options={"ftol": 1e-13, "gtol": 1e-7, "maxiter": 500, "maxfun": 20_000},
        )
        # A parameter at its bound ran away: the likelihood was still rising.
        if found.fun < 1e299 and bool(np.all(np.abs(found.x) < bound - 1e-3)):
            return np.exp(found.x)
    raise NotConverged("no maximum of the likelihood within bounds")
