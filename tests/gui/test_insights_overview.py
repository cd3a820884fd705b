"""The overview through its own widgets: figures, trends and findings, the rows behind, the ways on."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.analytics.intervals import Mean
from desktop.core.figures import percent
from desktop.core.money import format_money
from desktop.models.book import Book
from desktop.views.figures.lines import interval_of
from desktop.views.figures.point_chart import PointChart
from desktop.views.insights.overview.screen import KEYS, OverviewScreen
from desktop.views.insights.rows_dialog import RowsDialog
from desktop.views.insights.view import InsightsView
from desktop.views.kit.context import Context
from tests.gui.test_insights import DAY, dialog_of, fill, more, settle
from tests.gui.told import Told


@pytest.fixture
def view(ctx: Context, qtbot: QtBot) -> InsightsView:
    fill(ctx.book)
    more(ctx.book)
    made = InsightsView(ctx, today=lambda: DAY)
    qtbot.addWidget(made)
    made.resize(1180, 840)
    made.show()
    settle(ctx, qtbot)
    return made


def screen_of(view: InsightsView) -> OverviewScreen:
    screen = view.front
    assert isinstance(screen, OverviewScreen)
    return screen


def value(book: Book, sql: str) -> int:
    return int(book.value(sql))


def test_the_figures_are_those_of_the_book(ctx: Context, view: InsightsView) -> None:
    tiles = screen_of(view).tiles.tiles
    assert tuple(tiles) == KEYS
    assert tiles["buyers"].figure() == "60"
    net = value(ctx.book, "SELECT sum(net) FROM orders")
    assert tiles["net"].figure() == format_money(net, "CNY", decimals=0)
    mean = ctx.book.value("SELECT avg(perceived) FROM rating")
    assert tiles["perceived"].figure() == f"{mean:.2f}"
    report = screen_of(view).report
    assert report is not None
    assert tiles["returning"].figure() == percent(report.now.returning.value)
    assert "95 % interval" in tiles["returning"].accessibleDescription()


def test_each_tile_opens_its_rows(ctx: Context, qtbot: QtBot, view: InsightsView) -> None:
    report = screen_of(view).report
    assert report is not None
    for key, rows in (
        ("buyers", 60), ("net", value(ctx.book, "SELECT count(*) FROM orders")), ("gained", 60),
        ("returning", report.now.returning.hits),
        ("perceived", value(ctx.book, "SELECT count(*) FROM rating")),
    ):  # fmt: skip
        screen_of(view).tiles.tiles[key].clicked.emit()
        dialog = dialog_of(view)
        assert dialog.table.model().rowCount() == rows
        dialog.accept()
        qtbot.wait(5)


def test_an_interval_of_stars_stays_between_one_and_five() -> None:
    assert interval_of("stars", Mean(4.0, 2, -8.71, 16.71), "") == "1.00–5.00"
    assert interval_of("score", Mean(6.0, 2, 5.5, 6.5), "") == "5.50–6.50"


def test_a_figure_without_rows_says_so(ctx: Context, qtbot: QtBot, view: InsightsView, told: Told) -> None:
    screen_of(view).tiles.tiles["per_hundred"].clicked.emit()
    assert told.notices == ["Nothing stands behind this figure. []"]
    assert not view.findChildren(RowsDialog)


def test_months_and_segments_open_their_rows(ctx: Context, qtbot: QtBot, view: InsightsView) -> None:
    screen = screen_of(view)
    report = screen.report
    assert report is not None
    chart = screen.repeat.chart
    assert isinstance(chart, PointChart)
    for _ in range(len(report.repeat)):
        QTest.keyClick(chart, Qt.Key.Key_Right)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    last = report.repeat[-1].month
    assert last is not None
    assert dialog_of(view).table.model().rowCount() == last.hits  # type: ignore[union-attr]  # (b) is a share
    dialog_of(view).accept()
    qtbot.wait(5)
    largest = max(report.segments, key=lambda part: part.customers)
    screen._open_segment(largest.code)
    assert dialog_of(view).table.model().rowCount() == largest.customers
    dialog_of(view).accept()


def test_every_card_leads_to_its_tab_and_says_how_it_counts(
    ctx: Context, qtbot: QtBot, view: InsightsView
) -> None:
    for card in screen_of(view).cards:
        card.explain()
        assert card.popover is not None
        card.popover.close()
        assert card.chart.data_table()[1]
        menu = card.menu_button.menu()
        assert menu is not None
        menu.aboutToShow.emit()
        assert len([action for action in menu.actions() if action.text()]) >= 6
    for tab in ("satisfaction", "repeat", "segments"):
        if tab in view.tabs:
            screen_of(view).frame.go(tab)
            settle(ctx, qtbot)
            assert view.key == tab
            view.show_tab("overview")
            settle(ctx, qtbot)


def test_the_overview_goes_to_a_workbook(
    ctx: Context, qtbot: QtBot, view: InsightsView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "overview.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    view.excel_button.click()
    settle(ctx, qtbot)
    names = load_workbook(path).sheetnames
    assert names[:4] == ["Figures", "Satisfaction", "Repeat purchase", "Who keeps the shop"]


def test_in_a_narrow_window_cards_stand_below_each_other(
    ctx: Context, qtbot: QtBot, view: InsightsView
) -> None:
    screen = screen_of(view)
    assert screen.satisfaction.y() == screen.repeat.y()
    view.resize(640, 700)
    settle(ctx, qtbot)
    assert screen.satisfaction.y() < screen.repeat.y()
