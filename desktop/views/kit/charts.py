"""One door to the charts: `from desktop.views.kit.charts import LineChart, Series`.

Each is imported when first asked for: the window opens on two line charts and need not wait for the rest.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.exchange.writers.chart_data import ChartData, Figures, Series
    from desktop.views.kit.bar_chart import BarChart
    from desktop.views.kit.bar_list import HBarList, Part
    from desktop.views.kit.chart_base import ChartWidget
    from desktop.views.kit.heat_cells import HeatCell, HeatCells
    from desktop.views.kit.heat_table import HeatTable
    from desktop.views.kit.line_chart import LineChart
    from desktop.views.kit.pareto import ParetoBar, ParetoChart, ParetoTitles

__all__ = [
    "BarChart", "ChartData", "ChartWidget", "Figures", "HBarList", "HeatCell", "HeatCells",
    "HeatTable", "LineChart", "ParetoBar", "ParetoChart", "ParetoTitles", "Part", "Series",
]  # fmt: skip

_HOMES = {
    "BarChart": "desktop.views.kit.bar_chart",
    "HBarList": "desktop.views.kit.bar_list",
    "Part": "desktop.views.kit.bar_list",
    "ChartWidget": "desktop.views.kit.chart_base",
    "HeatTable": "desktop.views.kit.heat_table",
    **dict.fromkeys(("HeatCell", "HeatCells"), "desktop.views.kit.heat_cells"),
    "LineChart": "desktop.views.kit.line_chart",
    **dict.fromkeys(("ParetoBar", "ParetoChart", "ParetoTitles"), "desktop.views.kit.pareto"),
    **dict.fromkeys(("ChartData", "Figures", "Series"), "desktop.exchange.writers.chart_data"),
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        msg = f"{__name__} has no {name}"
        raise AttributeError(msg)
    return getattr(importlib.import_module(_HOMES[name]), name)
