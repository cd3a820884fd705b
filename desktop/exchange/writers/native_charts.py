"""Charts of the spreadsheet's own over a sheet's figures: lines with their intervals, bars up and across."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from desktop.analytics.ticks import nice_ticks
from desktop.exchange.writers.chart_data import ChartData, Column
from desktop.exchange.writers.looks import number_formats

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

COLOURS = ("0F6E5F", "2F5F9E", "B7791F", "B4412F", "6B665E")
"""Of the lines in their order, as in the light look."""
_SOFT = ("9FC5BF", "ACBFD8", "E2C9A5", "E1B3AC", "C4C2BF")
"""Of their intervals."""
_MARKS: tuple[Literal["circle", "square", "triangle", "diamond"], ...] = (
    "circle",
    "square",
    "triangle",
    "diamond",
)
_GRID = "E6E3DC"
_WIDTH, _HEIGHT = 17.5, 8.8
"""Centimetres."""
_MOST_MARKS = 40
_POINT = 12_700
"""A point in the measure of drawings."""


def native_chart(sheet: Worksheet, data: ChartData, columns: Sequence[Column]) -> Any:
    """The chart of a sheet with these columns from A1 on. Not for heat maps, which are coloured cells."""
    chart = _lines(sheet, data, columns) if data.shape == "line" else _bars(sheet, data, columns)
    chart.title = data.title
    chart.width, chart.height = _WIDTH, _HEIGHT
    # Left to itself openpyxl says that axes are deleted, and newer spreadsheets believe it.
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format = {"percent": "0%"}.get(data.kind, number_formats(data.currency)[data.kind])
    chart.y_axis.majorGridlines.spPr = _line(_GRID, 0.75)
    if data.running is not None:
        _add_running(chart, sheet, data, columns)
    return chart


def _lines(sheet: Worksheet, data: ChartData, columns: Sequence[Column]) -> Any:
    from openpyxl.chart import LineChart
    from openpyxl.chart.axis import DateAxis
    from openpyxl.chart.legend import Legend

    chart = LineChart()
    rows = len(data.steps.values)
    for place, column in enumerate(columns, 1):
        if column.role not in ("value", "low", "high"):
            continue
        series = _series(sheet, place, rows)
        one = data.lines[column.line]
        colour = (column.line if one.colour is None else one.colour) % len(COLOURS)
        series.smooth = False
        if column.role == "value":
            series.spPr = _line(COLOURS[colour], 2.25, dashed=one.dashed)
            _mark(series, colour, column.line, shown=rows <= _MOST_MARKS and not one.dashed)
        else:
            series.spPr = _line(_SOFT[colour], 1, dashed=True)
            _mark(series, colour, column.line, shown=False)
        chart.series.append(series)
    chart.set_categories(_steps(sheet, rows))
    if data.steps.kind == "date":
        chart.x_axis = DateAxis(crossAx=chart.y_axis.axId)
        chart.x_axis.number_format = "yyyy-mm" if data.monthly else "yyyy-mm-dd"
        chart.x_axis.baseTimeUnit = "months" if data.monthly else "days"
        chart.y_axis.crossAx = chart.x_axis.axId
    _scale(chart.y_axis, columns)
    many = sum(column.role in ("value", "low") for column in columns) > 1
    chart.legend = Legend(legendPos="b") if many else None
    return chart


def _scale(axis: Any, columns: Sequence[Column]) -> None:
    """Let the axis reach from below the lowest value to above the highest: a line may begin anywhere."""
    drawn = [column for column in columns if column.role in ("value", "low", "high")]
    values = [v for column in drawn for v in column.values if isinstance(v, (int, float))]
    if values:
        ticks = nice_ticks(min(values), max(values))
        axis.scaling.min, axis.scaling.max = ticks[0], ticks[-1]
        axis.majorUnit = ticks[1] - ticks[0]


def _bars(sheet: Worksheet, data: ChartData, columns: Sequence[Column]) -> Any:
    from openpyxl.chart import BarChart
    from openpyxl.chart.marker import DataPoint
    from openpyxl.chart.shapes import GraphicalProperties

    chart = BarChart()
    chart.type = "bar" if data.shape == "parts" else "col"
    chart.gapWidth = 45
    rows = len(data.steps.values)
    for place, column in enumerate(columns, 1):
        if column.role == "value":
            series = _series(sheet, place, rows)
            strong = data.marked is None
            series.spPr = GraphicalProperties(solidFill=COLOURS[0] if strong else _SOFT[0])
            if data.marked is not None:
                point = DataPoint(idx=data.marked)
                point.spPr = GraphicalProperties(solidFill=COLOURS[0])
                series.dPt.append(point)
            chart.series.append(series)
    chart.set_categories(_steps(sheet, rows))
    chart.legend = None
    if data.shape == "parts":
        # The first part stands on top, as in the table.
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.crosses = "max"
    return chart


def _add_running(chart: Any, sheet: Worksheet, data: ChartData, columns: Sequence[Column]) -> None:
    """The shares that the bars add up to: a line on a scale of its own at the right."""
    from openpyxl.chart import LineChart

    rows = len(data.steps.values)
    place = next(place for place, column in enumerate(columns, 1) if column.role == "running")
    line = LineChart()
    series = _series(sheet, place, rows)
    series.smooth = False
    series.spPr = _line(COLOURS[1], 2.25)
    _mark(series, 1, 1, shown=rows <= _MOST_MARKS)
    line.series.append(series)
    line.set_categories(_steps(sheet, rows))
    line.y_axis.axId = 200
    line.y_axis.delete = False
    line.y_axis.number_format = "0%"
    line.y_axis.scaling.min, line.y_axis.scaling.max = 0, 1
    line.y_axis.majorGridlines = None
    line.y_axis.crosses = "max"
    chart += line


def _series(sheet: Worksheet, place: int, rows: int) -> Any:
    from openpyxl.chart import Reference, Series

    values = Reference(sheet, min_col=place, min_row=1, max_row=rows + 1)
    return Series(values, title_from_data=True)


def _steps(sheet: Worksheet, rows: int) -> Any:
    from openpyxl.chart import Reference

    return Reference(sheet, min_col=1, min_row=2, max_row=rows + 1)


def _mark(series: Any, colour: int, place: int, *, shown: bool) -> None:
    from openpyxl.chart.marker import Marker
    from openpyxl.chart.shapes import GraphicalProperties

    if not shown:
        series.marker = Marker(symbol="none")
        return
    series.marker = Marker(symbol=_MARKS[place % len(_MARKS)], size=6)
    series.marker.spPr = GraphicalProperties(solidFill=COLOURS[colour])
    series.marker.spPr.line.solidFill = COLOURS[colour]


def _line(colour: str, points: float, *, dashed: bool = False) -> Any:
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    made = GraphicalProperties()
    made.line = LineProperties(
        solidFill=colour, w=int(points * _POINT), prstDash="sysDash" if dashed else None
    )
    return made
