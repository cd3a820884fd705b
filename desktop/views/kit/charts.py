"""One door to the charts: `from desktop.views.kit.charts import LineChart, Series`.

Each is imported when first asked for: the window opens on two line charts and need not wait for the rest.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.views.kit.bar_chart import BarChart
    from desktop.views.kit.bar_list import HBarList, Part
    from desktop.views.kit.chart_base import ChartWidget
    from desktop.views.kit.heat_triangle import HeatTriangle
    from desktop.views.kit.line_chart import LineChart
    from desktop.views.kit.series import Series

__all__ = ["BarChart", "ChartWidget", "HBarList", "HeatTriangle", "LineChart", "Part", "Series"]

_HOMES = {
    "BarChart": "bar_chart",
    "HBarList": "bar_list",
    "Part": "bar_list",
    "ChartWidget": "chart_base",
    "HeatTriangle": "heat_triangle",
    "LineChart": "line_chart",
    "Series": "series",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        msg = f"{__name__} has no {name}"
        raise AttributeError(msg)
    return getattr(importlib.import_module(f"desktop.views.kit.{_HOMES[name]}"), name)
