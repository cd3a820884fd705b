"""Charts: round scales, the same strokes on screen and paper, figures to read by key and to copy."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.analytics.ticks import nice_ticks
from desktop.views.kit import theme
from desktop.views.kit.chart_base import ChartWidget
from desktop.views.kit.chart_out import show_data
from desktop.views.kit.charts import (
    BarChart,
    ChartData,
    Figures,
    HBarList,
    HeatCell,
    HeatCells,
    HeatTable,
    LineChart,
    ParetoBar,
    ParetoChart,
    Part,
    Series,
)
from desktop.views.kit.data_dialog import DataDialog

MONTHS = ["Jun", "Jul", "Aug", "Sep"]


def line_chart() -> LineChart:
    chart = LineChart("Repeat purchase")
    chart.set_data(
        MONTHS,
        [
            Series("90 days", [0.31, None, 0.35, 0.41], counts=[10, 20, 30, 40]),
            Series("30 days", [0.2, 0.21, math.nan, 0.3], [0.1] * 4, [0.35] * 4, dashed=True),
        ],
        kind="percent",
        least=0,
    )
    return chart


def every_chart() -> list[ChartWidget]:
    bars = BarChart("Gaps")
    bars.set_data(["<7", "7–14"], [3, 9], marked=1)
    heat = heat_cells()
    parts = HBarList("Groups", clickable=True)
    parts.set_parts([Part("a", "Core", 412, 0.41), Part("b", "Once", 8_850, 0.0)])
    return [line_chart(), bars, heat, parts, pareto_chart(), heat_table()]


def heat_cells() -> HeatCells:
    heat = HeatCells("Cohorts")
    lines = [Series("M0", [1.0, 1.0]), Series("M1", [0.4, None])]
    rows = ["2026-01", "2026-02"]
    data = ChartData("Cohorts", "heat", Figures("First bought", "text", rows), lines, "percent")
    cells: list[list[HeatCell | None]] = [
        [
            HeatCell("100", 1.0, ("2026-01 · M0",)),
            HeatCell("40", 0.4, ("2026-01 · M1", "40 %"), growing=True),
        ],
        [HeatCell("100", 1.0, ("2026-02 · M0",), with_rows=False), None],
    ]
    heat.set_cells(rows, ["M0", "M1"], cells, data, beside=["50", "60"], head="New")
    return heat


def pareto_chart() -> ParetoChart:
    chart = ParetoChart("Subjects")
    bars = [
        ParetoBar("delivery", "Delivery", 12, 0.45, 0.74),
        ParetoBar("quality", "Product quality", 5, 0.11, 0.45),
        ParetoBar("", "No subject noted", 3, 0.05, 0.36),
    ]
    chart.set_bars(bars)
    return chart


def heat_table() -> HeatTable:
    table = HeatTable("Products and subjects")
    table.set_data(
        "Product", ["Tea", "Cup & saucer"], ["Quality", "Delivery", "Attitude"], [[4, 0, 1], [0, 7, 0]]
    )
    return table


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9), st.integers(2, 6))
def test_scales_reach_round_the_values(one: float, other: float, wanted: int) -> None:
    low, high = min(one, other), max(one, other)
    if high - low < 1e-6 * max(1.0, abs(low), abs(high)):
        high = low
    ticks = nice_ticks(low, high, wanted)
    slack = 1e-6 * max(1.0, abs(low), abs(high))
    assert ticks[0] <= low + slack
    assert ticks[-1] >= high - slack
    assert 2 <= len(ticks) <= 2 * wanted + 3


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(2, 6))
def test_whole_things_have_a_whole_scale(one: int, other: int, wanted: int) -> None:
    ticks = nice_ticks(min(one, other), max(one, other), wanted, whole=True)
    assert all(tick == int(tick) for tick in ticks)
    assert ticks[0] <= min(one, other)
    assert ticks[-1] >= max(one, other)
    assert len(ticks) >= 2


def test_the_figures_of_a_line(qtbot: QtBot) -> None:
    chart = line_chart()
    qtbot.addWidget(chart)
    titles, rows = chart.data_table()
    assert titles == ["Period", "90 days", "90 days: number", "30 days", "30 days: from", "30 days: to"]
    assert rows[1] == ("Jul", "", "20", "21\xa0%", "10\xa0%", "35\xa0%")


@pytest.mark.parametrize("number", range(6))
def test_charts_are_drawn_and_read_by_key(qtbot: QtBot, number: int) -> None:
    chart = every_chart()[number]
    qtbot.addWidget(chart)
    chart.resize(420, 240)
    chart.show()
    plain = chart.grab().toImage()
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.pointed == 0
    assert chart.grab().toImage() != plain or isinstance(chart, HBarList)


def test_a_chart_without_data_says_so(qtbot: QtBot) -> None:
    empty = (
        *(LineChart("A", empty_text="No ratings yet"), BarChart("B"), HeatCells("C"), HBarList("D")),
        *(ParetoChart("E"), HeatTable("F")),
    )
    for chart in empty:
        qtbot.addWidget(chart)
        chart.resize(300, 200)
        assert chart.is_empty()
        image: QImage = chart.grab().toImage()
        assert len({image.pixel(x, y) for x in range(0, 300, 2) for y in range(80, 120)}) > 1


def test_one_value_alone_is_a_chart_too(qtbot: QtBot) -> None:
    chart = LineChart("A")
    chart.set_data(["Nov"], [Series("", [5.0])])
    qtbot.addWidget(chart)
    chart.resize(300, 200)
    assert not chart.grab().isNull()
    assert chart.index_at(QPointF(150, 100)) == 0


def test_a_part_can_be_chosen(qtbot: QtBot) -> None:
    parts = every_chart()[3]
    assert isinstance(parts, HBarList)
    qtbot.addWidget(parts)
    parts.show()
    keys: list[str] = []
    parts.chosen.connect(keys.append)
    QTest.mouseClick(parts, Qt.MouseButton.LeftButton, pos=QPointF(20, 50).toPoint())
    QTest.keyClick(parts, Qt.Key.Key_Down)
    QTest.keyClick(parts, Qt.Key.Key_Return)
    assert keys == ["b", "a"]


def test_a_pareto_says_what_its_bars_add_up_to(qtbot: QtBot) -> None:
    chart = pareto_chart()
    qtbot.addWidget(chart)
    chart.resize(420, 240)
    chart.show()
    assert chart.data_table()[0][:4] == ["Group", "Number", "Added up", "Share"]
    assert chart.data_table()[1][1] == ("Product quality", "5", "85\xa0%", "25\xa0%", "11\xa0%", "45\xa0%")
    assert "60\xa0%  (45\xa0%–74\xa0%)" in chart.told(0)[2]
    keys: list[str] = []
    chart.chosen.connect(keys.append)
    for _ in range(3):
        QTest.keyClick(chart, Qt.Key.Key_Down)
        QTest.keyClick(chart, Qt.Key.Key_Return)
    assert keys == ["delivery", "quality"], "what has no key cannot be chosen"
    assert "added up" in chart.accessibleDescription().lower()
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPointF(30, 40).toPoint())
    assert keys[-1] == "delivery"


def test_cells_are_reached_by_key_and_mouse(qtbot: QtBot) -> None:
    table = heat_table()
    qtbot.addWidget(table)
    table.resize(520, 200)
    table.show()
    table.grab()
    cells: list[tuple[int, int]] = []
    table.chosen.connect(lambda row, column: cells.append((row, column)))
    presses = (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Down)
    for key in (*presses, Qt.Key.Key_Return, *[Qt.Key.Key_Right] * 3, Qt.Key.Key_Return):
        QTest.keyClick(table, key)
    assert cells == [(0, 0), (1, 1), (1, 3)], "an empty cell has nothing behind it; the last is the sum"
    assert table.told(0) == ("Tea · Quality", "4 of 5: 80\xa0%")
    assert table.told(3) == ("Tea", "5 in all")
    assert table.data_table()[1][1] == ("Cup & saucer", "0", "7", "0", "7")


def test_heat_cells_are_walked_over_and_chosen(qtbot: QtBot) -> None:
    heat = heat_cells()
    qtbot.addWidget(heat)
    heat.resize(400, 120)
    heat.show()
    heat.grab()
    cells: list[tuple[int, int]] = []
    heat.chosen.connect(lambda row, column: cells.append((row, column)))
    presses = (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Down)
    for key in (*presses, Qt.Key.Key_Return, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(heat, key)
    assert cells == [(0, 0), (0, 1), (0, 1)], "below it is nothing, and the last one has no rows"
    assert heat.pointed == 2
    assert heat.accessibleDescription() == "2026-02 · M0"
    place = next(QPointF(x, 40.0) for x in range(0, 400, 4) if heat.index_at(QPointF(x, 30.0)) == 1)
    QTest.mouseClick(heat, Qt.MouseButton.LeftButton, pos=QPointF(place.x() + 4, 30).toPoint())
    assert cells[-1] == (0, 1)
    assert heat.index_at(QPointF(398, 118)) is None


def test_the_data_can_be_shown_and_copied(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    chart = line_chart()
    chart.setParent(window)
    show_data(chart)
    dialog = window.findChildren(DataDialog)[0]
    dialog.copy()
    assert QGuiApplication.clipboard().text().splitlines()[1].startswith("Jun\t31%\t10")
    dialog.close()


def test_who_listens_hears_the_whole_chart_first(qtbot: QtBot) -> None:
    line, bars, heat, parts, *_ = every_chart()
    for chart in (line, bars, heat, parts):
        qtbot.addWidget(chart)
    assert line.accessibleDescription() == (
        "4 rows, Jun to Sep. "
        "90 days: 31\xa0% at first, 41\xa0% at last; lowest 31\xa0% (Jun), highest 41\xa0% (Sep). "
        "30 days: 20\xa0% at first, 30\xa0% at last; lowest 20\xa0% (Jun), highest 30\xa0% (Sep)."
    )
    assert bars.accessibleDescription() == "2 groups; the largest is 7–14 with 9."
    assert heat.accessibleDescription() == "2 rows, 2026-01 to 2026-02."
    assert parts.accessibleDescription() == "2 groups; the largest is Core with 41\xa0%."


def test_long_names_of_parts_take_some_room_of_the_bars(qapp: object) -> None:
    parts = HBarList("Channels")
    parts.set_parts([Part("", "Channel not noted", 23_798, 1.0)])
    needed = QFontMetricsF(theme.font()).horizontalAdvance("Channel not noted")
    assert needed + 6 <= parts.name_width(457) <= 0.36 * 457
    parts.set_parts([Part("", "Shop", 23_798, 1.0)])
    assert parts.name_width(457) == 0.27 * 457
    parts.set_parts([Part("", "W" * 200, 23_798, 1.0)])
    assert parts.name_width(457) == 0.36 * 457
    parts.deleteLater()


def test_names_of_lines_that_end_at_the_foot_leave_the_axis_free(qtbot: QtBot) -> None:
    chart = LineChart("Orders")
    qtbot.addWidget(chart)
    lines = [
        Series(name, [9000.0, 1.0, 2.0, end]) for name, end in (("A", 1), ("B", 0), ("C", 2), ("D", 9000))
    ]
    chart.set_data(MONTHS, lines, least=0)
    chart.resize(600, 300)
    chart.show()
    chart.grab()
    heights = {item.textItem.toPlainText(): item.pos().y() for item in chart._end_items if item.isVisible()}
    assert set(heights) == set("ABCD")
    assert max(heights.values()) <= chart.plot_rect().bottom() + 0.5
    low = sorted(heights[name] for name in "ABC")
    assert min(after - before for before, after in itertools.pairwise(low)) >= 12
    assert abs(heights["D"] - chart.pixel_of(3, 9000.0).y()) < 1
