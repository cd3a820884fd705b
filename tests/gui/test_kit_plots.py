"""Plots: long series thinned out, a closer look by mouse and key, the page's wheel left alone."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.views.kit import theme
from desktop.views.kit.chart_base import SMALL
from desktop.views.kit.chart_out import picture, save
from desktop.views.kit.charts import BarChart, LineChart, Series
from desktop.views.kit.plot_stroke import Stroke
from desktop.views.kit.warm_up import WarmUp
from desktop.views.kit.widgets import Card

ROOT = Path(__file__).resolve().parents[2]


def shown(qtbot: QtBot, chart: LineChart | BarChart, width: int = 480, height: int = 260) -> None:
    qtbot.addWidget(chart)
    chart.resize(width, height)
    chart.show()
    QApplication.processEvents()


def year(qtbot: QtBot) -> LineChart:
    chart = LineChart("Repeat purchase")
    rates = [0.30, 0.31, 0.29, 0.33, None, 0.35, 0.34, 0.36, 0.37, 0.36, 0.39, 0.41]
    chart.set_data(
        [f"{month}月" for month in range(1, 13)],
        [
            Series("90 天", rates, low=[0.25] * 12, high=[0.45] * 12, counts=list(range(100, 112))),
            Series("30 天", [0.40] * 12, dashed=True),
        ],
        kind="percent",
    )
    shown(qtbot, chart)
    return chart


def drawn(chart: LineChart, kind: type) -> list[object]:
    return [item for item in chart.view.scene().items() if type(item) is kind]


def pixel(chart: LineChart, step: float) -> QPoint:
    return QPoint(round(chart.pixel_of(step, 0.0).x()), round(chart.plot_rect().center().y()))


def drag(chart: LineChart, start: float, end: float) -> None:
    """From the pixel of one step to that of another, seen as they are before the drag."""
    here, there = pixel(chart, start), pixel(chart, end)
    QTest.mousePress(chart, Qt.MouseButton.LeftButton, pos=here)
    QTest.mouseMove(chart, (here + there) / 2)
    QTest.mouseMove(chart, there)
    QTest.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=there)


def test_a_long_series_is_thinned_out_and_keeps_its_peaks(qtbot: QtBot) -> None:
    count = 200_000
    values = np.random.default_rng(5).normal(size=count)
    values[123_456] = 40.0
    chart = LineChart("Readings")
    band = (values - 1).tolist(), (values + 1).tolist()
    chart.set_data([str(n) for n in range(count)], [Series("", values.tolist(), *band)])
    shown(qtbot, chart)
    curves = [item for item in chart.view.scene().items() if isinstance(item, pg.PlotDataItem)]
    assert len(curves) == 3
    for curve in curves:
        assert curve.opts["autoDownsample"]
        assert curve.opts["clipToView"]
        x, y = curve.curve.getData()
        assert x is not None
        assert y is not None
        assert len(x) <= 2.2 * chart.plot_rect().width()
    peak = next(curve for curve in curves if curve.opts["downsampleMethod"] == "peak")
    x, y = peak.curve.getData()
    assert y is not None
    assert y.max() == 40.0
    # A closer look draws what is seen, no more, and finer.
    chart.look_at(123_400, 123_500)
    x, y = peak.curve.getData()
    assert x is not None
    assert 95 <= len(x) <= 110
    chart.resize(900, 260)
    chart.look_at_all()
    x, y = peak.curve.getData()
    assert x is not None
    assert len(x) > 900


def test_a_gap_is_a_gap_in_line_and_band(qtbot: QtBot) -> None:
    chart = year(qtbot)
    strokes = [item for item in chart.view.scene().items() if isinstance(item, Stroke)]
    curves = [item for item in chart.view.scene().items() if isinstance(item, pg.PlotDataItem)]
    assert len(strokes) == 2
    pieces = sorted(len(curve.curve.getPath().toSubpathPolygons()) for curve in curves)
    assert pieces == [1, 1, 1, 2]
    assert len(drawn(chart, pg.FillBetweenItem)) == 1


def test_names_stand_at_the_ends_and_apart(qtbot: QtBot) -> None:
    chart = LineChart("Lines")
    chart.set_data(["a", "b"], [Series("One", [1, 2]), Series("Two", [2, 2]), Series("Three", [0, 2])])
    shown(qtbot, chart)
    items = [item for item in chart.view.scene().items() if isinstance(item, pg.TextItem)]
    assert {item.textItem.toPlainText() for item in items} == {"One", "Two", "Three"}
    tops = sorted(item.pos().y() for item in items)
    height = QFontMetricsF(theme.font(SMALL)).height()
    assert all(below - above >= height - 0.01 for above, below in itertools.pairwise(tops))
    assert all(item.pos().x() > chart.plot_rect().right() for item in items)


def test_what_is_pointed_at_is_told_with_its_number(qtbot: QtBot) -> None:
    chart = year(qtbot)
    QTest.mouseMove(chart, pixel(chart, 6))
    assert chart.pointed == 6
    assert chart.told(6) == [
        "7月",
        "90 天  34\xa0%  (25\xa0%–45\xa0%)  n = 106",
        "30 天  40\xa0%",
    ]
    assert "n = 106" in chart.accessibleDescription()
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.accessibleDescription().startswith("8月")


def test_what_is_pointed_at_has_a_hairline_not_a_bar(qtbot: QtBot) -> None:
    chart = year(qtbot)
    before = chart.grab().toImage()
    chart._point(6)
    after = chart.grab().toImage()
    low = round(chart.plot_rect().bottom()) - 4
    changed = [x for x in range(after.width()) if after.pixel(x, low) != before.pixel(x, low)]
    assert 1 <= len(changed) <= 3
    assert abs(changed[0] - chart.pixel_of(6, 0.0).x()) < 2


def test_dragging_looks_closer_and_a_double_click_at_the_whole(qtbot: QtBot) -> None:
    chart = year(qtbot)
    drag(chart, 3.1, 6.8)
    assert chart.seen() == (3, 7)
    assert chart.zoomed
    assert not [item for item in chart.view.scene().items() if isinstance(item, pg.LinearRegionItem)]
    assert "Show the whole period" in [action.text() for action in chart.chart_menu().actions()]
    drag(chart, 5, 4)
    assert chart.seen() == pytest.approx((4, 8), abs=0.1)
    drag(chart, 8, 4)
    drag(chart, 8, 4)
    assert chart.seen()[1] == 11
    QTest.mouseDClick(chart, Qt.MouseButton.LeftButton, pos=pixel(chart, 9))
    assert chart.seen() == (0, 11)
    assert "Show the whole period" not in [action.text() for action in chart.chart_menu().actions()]


def test_keys_look_closer_and_take_the_view_along(qtbot: QtBot) -> None:
    chart = year(qtbot)
    QTest.keyClick(chart, Qt.Key.Key_Plus)
    low, high = chart.seen()
    assert high - low == pytest.approx(5.5)
    for _ in range(12):
        QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.pointed == 11
    assert chart.seen()[1] == 11
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert not chart.zoomed


def test_the_wheel_scrolls_the_page_and_a_click_is_the_cards(qtbot: QtBot) -> None:
    card = Card("Repeat purchase", clickable=True)
    chart = LineChart("Repeat purchase")
    chart.set_data(["Oct", "Nov"], [Series("", [0.3, 0.4])])
    card.body.addWidget(chart, 1)
    qtbot.addWidget(card)
    card.resize(400, 260)
    card.show()
    middle = QPointF(chart.rect().center())
    wheel = QWheelEvent(
        middle,
        chart.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(chart, wheel)
    assert not wheel.isAccepted()
    assert chart.seen() == (0, 1)
    with qtbot.waitSignal(card.clicked, timeout=1000):
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.rect().center())
    assert chart.childAt(chart.rect().center()) is None


def test_months_without_room_are_left_out_from_the_last_on(qtbot: QtBot) -> None:
    chart = year(qtbot)
    wide = chart.step_axis.tickValues(0, 11, 900)[0][1]
    narrow = chart.step_axis.tickValues(0, 11, 200)[0][1]
    assert chart.step_axis.tickStrings(wide, 1, 1) == [f"{month}月" for month in range(1, 13)]
    assert len(narrow) < 7
    assert narrow[-1] == 11


def test_the_look_is_followed_and_pictures_for_paper_are_light(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    worn = theme.current()
    try:
        theme.apply(qapp, theme.DARK)
        chart = year(qtbot)
        assert chart.tokens == theme.DARK
        save(chart, tmp_path / "chart.svg")
        svg = (tmp_path / "chart.svg").read_text(encoding="utf-8").lower()
        assert theme.LIGHT.accent.lower() in svg
        assert theme.DARK.accent.lower() not in svg
        assert "<image" not in svg
        assert chart.tokens == theme.DARK
        theme.apply(qapp, theme.LIGHT)
        QApplication.processEvents()
        assert chart.tokens == theme.LIGHT
    finally:
        theme.apply(qapp, worn)


def test_a_chart_that_was_never_shown_can_be_saved(qtbot: QtBot, tmp_path: Path) -> None:
    chart = BarChart("Gaps")
    qtbot.addWidget(chart)
    chart.resize(420, 200)
    chart.set_data(["0", "7", "14"], [2, 9, 0], marked=1)
    save(chart, tmp_path / "bars.svg")
    assert theme.LIGHT.accent.lower() in (tmp_path / "bars.svg").read_text(encoding="utf-8").lower()
    assert picture(chart).width() == 840


def test_bars_tell_the_marked_and_the_pointed(qtbot: QtBot) -> None:
    chart = BarChart("Gaps")
    chart.set_data(["0", "7", "14"], [2, 9, 4], marked=1, long_labels=["0–6 d", "7–13 d", "14–20 d"])
    shown(qtbot, chart)
    bars = next(item for item in chart.view.scene().items() if isinstance(item, pg.BarGraphItem))
    assert [brush.color().alphaF() == 1 for brush in bars.opts["brushes"]] == [False, True, False]
    QTest.mouseMove(chart, QPoint(round(chart.pixel_of(2, 0).x()), 100))
    assert chart.pointed == 2
    assert [brush.color().alphaF() == 1 for brush in bars.opts["brushes"]] == [False, True, True]
    assert chart.accessibleDescription() == "14–20 d; 4"


def test_other_data_may_be_longer_or_none(qtbot: QtBot) -> None:
    bars, lines = BarChart("Gaps"), LineChart("Lines")
    for chart in (bars, lines):
        shown(qtbot, chart)
    for count in (3, 40, 0, 7):
        words = [str(number) for number in range(count)]
        bars.set_data(words, [1.0 + number for number in range(count)])
        lines.set_data(words, [Series("", [1.0 + number for number in range(count)])])
        QApplication.processEvents()
        for chart in (bars, lines):
            assert chart.view.isVisible() == bool(count)
            assert chart.is_empty() == (not count)
            assert chart.point_count() == count


def test_the_window_stands_before_numpy_and_pyqtgraph_are_loaded() -> None:
    look = (
        "import sys, desktop.app, desktop.views.today.view, desktop.views.today.tiles;"
        "import desktop.views.kit.charts;"
        "from desktop.views.kit.warm_up import WarmUp;"
        "from PySide6.QtCore import QCoreApplication, QObject;"
        "app = QCoreApplication([]); owner = QObject(); warm = WarmUp(owner);"
        "print(sorted({'numpy', 'pyqtgraph'} & set(sys.modules)));"
        "[app.processEvents() for _ in range(2000) if warm.busy];"
        "print(warm.busy, 'decimal' in sys.modules, sorted({'numpy', 'pyqtgraph'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.splitlines() == ["[]", "False True []"]


def test_nothing_is_warmed_up_twice(qtbot: QtBot, qapp: QApplication) -> None:
    assert not WarmUp(qapp).busy
