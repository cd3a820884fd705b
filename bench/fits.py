"""Fitting the model of the shop's customers, beside the library that people use for it, in the same run."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import numpy as np

from bench.results import Options, Result, median
from desktop.analytics.lifetime import Histories, histories
from desktop.analytics.lifetime_fit import fit_mbgnbd, mbgnbd_log_likelihood
from desktop.analytics.occasions import occasions

CDNOW = Path(__file__).resolve().parents[2] / "shared" / "data" / "cdnow" / "CDNOW_master.txt"
TIMES = 20
_NAME = "MBG/NBD of CDNOW's 23,570 customers"
_PEER = """
import sys, time, warnings
warnings.simplefilter("ignore")
import numpy
from lifetimes import ModifiedBetaGeoFitter
x, t, age = numpy.load(sys.argv[1])
taken = []
for _ in range(3):
    begun = time.perf_counter()
    fitted = ModifiedBetaGeoFitter().fit(x, t, age)
    taken.append(time.perf_counter() - begun)
print(sorted(taken)[1], *(float(fitted.params_[name]) for name in ("r", "alpha", "a", "b")))
"""


def measure(options: Options) -> Iterator[Result]:
    """The fit and the library's; then a drawn-up shop of 100,000 customers, cold."""
    if not CDNOW.exists():
        yield Result(_NAME, 0, "ms", note="no data")
    else:
        yield from _beside_the_library(options)
    size = 100_000
    shop = _made_up(size)
    yield Result(f"MBG/NBD of {size:,} customers, once", 1000 * _time(lambda: fit_mbgnbd(shop), 3), "ms", 300)


def _beside_the_library(options: Options) -> Iterator[Result]:
    customers = _cdnow()
    ours = 1000 * _time(lambda: fit_mbgnbd(customers), TIMES)
    python = _python(options.folder)
    if python is None:
        yield Result(_NAME, ours, "ms")
        yield Result("  peer: lifetimes 0.11.3", 0, "ms", note="not installed")
        return
    file = options.folder / "cdnow.npy"
    np.save(file, np.stack((customers.x, customers.t, customers.age)))
    said = subprocess.run([python, "-c", _PEER, str(file)], check=True, capture_output=True, text=True).stdout
    seconds, r, alpha, a, b = (float(part) for part in said.split())
    yield Result(_NAME, ours, "ms", 1 / 20, 1000 * seconds)
    best = fit_mbgnbd(customers)
    theirs = mbgnbd_log_likelihood((r, alpha, a, b), customers)
    # No worse: what the library's likelihood is above ours, which may not be anything.
    behind = max(0.0, theirs - best.log_likelihood)
    yield Result(f"  ln L {best.log_likelihood:.4f}, the library's {theirs:.4f}", behind, "ln L", 1e-6)


def _python(folder: Path) -> str | None:
    """A Python that has the library: this one, or one of a folder of its own made by hand.

    `python -m venv build/bench/peers` and `build/bench/peers/bin/pip install lifetimes==0.11.3` make it.
    """
    if importlib.util.find_spec("lifetimes"):
        return sys.executable
    own = folder / "peers" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not own.exists():
        return None
    has = subprocess.run([own, "-c", "import lifetimes"], capture_output=True, check=False)
    return str(own) if has.returncode == 0 else None


def _time(work: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return median(taken)


def _cdnow() -> Histories:
    rows = [line.split() for line in CDNOW.read_text(encoding="utf-8").splitlines()[1:]]
    customer = np.array([int(row[0]) for row in rows])
    day = np.array([date.fromisoformat(row[1]).toordinal() for row in rows])
    return histories(occasions(customer, day), int(day.max()) + 1)


def _made_up(size: int) -> Histories:
    """Customers who buy and leave as the model says, over three years; the same ones each time."""
    dice = np.random.default_rng(6)
    age = dice.integers(0, 1096, size).astype(np.float64)
    rate = dice.gamma(0.7, 1 / 70, size)
    leaving = dice.beta(0.5, 1.2, size)
    x, t, now = np.zeros(size), np.zeros(size), np.zeros(size)
    staying = dice.random(size) >= leaving
    while staying.any():
        now += np.where(staying, np.ceil(dice.exponential(1 / rate)), 0)
        staying &= now <= age
        x += staying
        t = np.where(staying, now, t)
        staying &= dice.random(size) >= leaving
    return Histories(x, t, age)
