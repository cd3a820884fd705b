"""One door to the charts: `from desktop.views.kit.charts import LineChart, Series`."""

from desktop.views.kit.bar_charts import BarChart, HBarList, Part
from desktop.views.kit.chart_base import ChartWidget
from desktop.views.kit.heat_triangle import HeatTriangle
from desktop.views.kit.line_chart import LineChart, Series

__all__ = ["BarChart", "ChartWidget", "HBarList", "HeatTriangle", "LineChart", "Part", "Series"]
