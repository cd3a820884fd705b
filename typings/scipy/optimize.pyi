from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

class OptimizeResult:
    x: NDArray[np.float64]
    fun: float
    success: bool
    message: str
    nit: int

def minimize(
    fun: Callable[[NDArray[np.float64]], float],
    x0: NDArray[np.float64] | Sequence[float],
    *,
    method: str | None = None,
    bounds: Sequence[tuple[float, float]] | None = None,
    options: dict[str, float | int | bool] | None = None,
    tol: float | None = None,
) -> OptimizeResult: ...
