"""The CDNOW purchases, Fader and Hardie's public research data, on which the published figures rest."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop.analytics.lifetime import Histories, histories
from desktop.analytics.occasions import Occasions, occasions

CDNOW = Path(__file__).resolve().parents[4] / "shared" / "data" / "cdnow"


@pytest.fixture(scope="session")
def cdnow() -> Histories:
    """The published summary of the first 39 weeks of 2,357 customers: x, and t_x and T in weeks."""
    return Histories(*(_summary(name) for name in ("x", "t_x", "T")))


@pytest.fixture(scope="session")
def cdnow_summary() -> Histories:
    """The same once more, from lifetimes' other file."""
    file = "cdnow_customers_summary.csv"
    return Histories(*(_summary(name, file) for name in ("frequency", "recency", "T")))


@pytest.fixture(scope="session")
def cdnow_master() -> Histories:
    """All 23,570 customers over all 78 weeks, in days."""
    rows = [line.split() for line in _file("CDNOW_master.txt").read_text(encoding="utf-8").splitlines()[1:]]
    customer = np.array([int(row[0]) for row in rows])
    day = np.array([date.fromisoformat(row[1]).toordinal() for row in rows])
    return histories(occasions(customer, day), int(day.max()) + 1)


@pytest.fixture(scope="session")
def cdnow_spend() -> NDArray[np.float64]:
    """Mean spend of the same customers on their repeat purchases, in dollars."""
    return _summary("zbar")


@pytest.fixture(scope="session")
def cdnow_purchases() -> Occasions:
    """All 78 weeks of the 2,357 sampled customers."""
    rows = [line.split() for line in _file("CDNOW_sample.txt").read_text(encoding="utf-8").splitlines()]
    customer = np.array([int(row[1]) for row in rows])
    day = np.array([date.fromisoformat(row[2]).toordinal() for row in rows])
    return occasions(customer, day)


def _summary(column: str, file: str = "cdnow_customers_summary_with_transactions.csv") -> NDArray[np.float64]:
    with _file(file).open(encoding="utf-8") as lines:
        return np.array([float(row[column]) for row in csv.DictReader(lines)])


def _file(name: str) -> Path:
    path = CDNOW / name
    if not path.exists():
        pytest.skip("the CDNOW data are not beside this checkout")
    return path
