"""Every kind of chart painted again at the size of a small window, with figures such as the insights show."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from bench.books import DAY
from bench.results import Options, Result, percentile

if TYPE_CHECKING:
    from desktop.views.kit.charts import ChartWidget

FRAME = 16.0
WIDE, HIGH = 1280, 720
_MONTHS, _DAYS, _BARS, _COHORTS, _PRODUCTS = 36, 730, 52, 24, 12
_REPAINTS, _QUICK = 40, 10


def measure(options: Options) -> Iterator[Result]:
    """Each chart drawn to the screen's pixels, at rest and pointed at."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from desktop.views.kit import theme

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, theme.resolve("light"))
    for name, chart in _charts().items():
        chart.resize(WIDE, HIGH)
        chart.show()
        app.processEvents()
        taken = [_repaint(chart, step) for step in range(_QUICK if options.quick else _REPAINTS)]
        yield Result(f"{name} painted again, p95", percentile(taken), "ms", FRAME)
        chart.close()
        chart.deleteLater()
    app.processEvents()


def _repaint(chart: ChartWidget, step: int) -> float:
    """Milliseconds of a whole repaint, every second one after the mouse has moved on."""
    if step % 2:
        chart.pointed = step % max(1, chart.point_count())
    begun = time.perf_counter()
    chart.repaint()
    return 1000 * (time.perf_counter() - begun)


def _charts() -> Mapping[str, ChartWidget]:
    """One of each kind, filled."""
    return {
        "lines with intervals, 36 months": _lines(_MONTHS),
        "lines with intervals, 730 days": _lines(_DAYS),
        "histogram, 52 bars": _histogram(),
        "parts, 12 bars": _parts(),
        "cohorts, 24 × 24 cells": _cells(),
        "products by subjects, 24 × 24": _heat(),
        "Pareto, 12 bars": _pareto(),
        "intervals, 12 rows": _intervals(),
    }


def _lines(steps: int) -> ChartWidget:
    from desktop.views.kit.charts import LineChart, Series

    dice, chart = np.random.default_rng(1), LineChart("Repeat purchase")
    series = []
    for number in range(3):
        values = 0.3 + 0.1 * number + np.cumsum(dice.normal(0, 0.004, steps))
        low, high = (values - 0.03).tolist(), (values + 0.03).tolist()
        series.append(Series(f"Line {number}", values.tolist(), low, high, [400] * steps))
    days = [DAY.toordinal() - steps + at for at in range(steps)] if steps > _MONTHS else ()
    chart.set_data([str(at) for at in range(steps)], series, kind="percent", days=days)
    return chart


def _histogram() -> ChartWidget:
    from desktop.views.kit.charts import BarChart

    chart = BarChart("Days until the next purchase")
    counts = (4000 * np.exp(-np.arange(_BARS) / 9) + 50).round()
    chart.set_data([f"{7 * at}" if at % 4 == 0 else "" for at in range(_BARS)], counts.tolist(), marked=4)
    return chart


def _parts() -> ChartWidget:
    from desktop.views.kit.charts import HBarList, Part

    chart = HBarList("Segments", clickable=True)
    chart.set_parts([Part(str(at), f"Segment {at}", 9000 - 700 * at, 0.24 - 0.018 * at) for at in range(12)])
    return chart


def _cells() -> ChartWidget:
    from desktop.exchange.writers.chart_data import ChartData, Figures
    from desktop.views.kit.charts import HeatCell, HeatCells, Series

    chart = HeatCells("Cohorts")
    size = _COHORTS
    cells = [
        [HeatCell(f"{60 / (at + 1):.0f} %", 1 / (at + 1), ("cohort",)) if at < size - row else None
         for at in range(size)]
        for row in range(size)
    ]  # fmt: skip
    names = [f"20{24 + at // 12}-{at % 12 + 1:02}" for at in range(size)]
    columns = [Series(str(at), [0.5] * size) for at in range(size)]
    data = ChartData("Cohorts", "heat", Figures("Month", "text", names), columns, "percent")
    chart.set_cells(names, [str(at) for at in range(size)], cells, data, beside=["9,999"] * size, head="New")
    return chart


def _heat() -> ChartWidget:
    from desktop.views.kit.charts import HeatTable

    chart, size = HeatTable("Products by subjects"), _COHORTS
    values = np.random.default_rng(2).poisson(9, (size, size)).tolist()
    chart.set_data("Product", [f"Tea {at}" for at in range(size)], [f"S{at}" for at in range(size)], values)
    return chart


def _pareto() -> ChartWidget:
    from desktop.views.kit.charts import ParetoBar, ParetoChart

    chart = ParetoChart("Revenue")
    counts = [int(90_000 / (at + 1)) for at in range(_PRODUCTS)]
    chart.set_bars([ParetoBar(str(at), f"Tea {at}", n, 0.01, 0.2) for at, n in enumerate(counts)])
    return chart


def _intervals() -> ChartWidget:
    from desktop.views.kit.interval_list import IntervalList, IntervalRow

    chart = IntervalList("Satisfaction by channel")
    values = [4.2 + 0.05 * at for at in range(_PRODUCTS)]
    rows = [
        IntervalRow(str(at), f"Channel {at}", value, value - 0.1, value + 0.1, 800, "+0.1", good=at % 2 == 0)
        for at, value in enumerate(values)
    ]
    chart.set_rows(rows, lambda value: f"{value:.1f}", titles=("Channel", "Satisfaction"), whole=4.5)
    return chart
