"""The forecast screen: what is chosen, what is drawn and written, the rows behind, thin books."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from desktop.core.figures import short_money
from desktop.core.progress import SILENT
from desktop.exchange.writers.chart_book import Sheet
from desktop.queries.insight_forecast import month_rows
from desktop.queries.insight_scope import Narrowing
from desktop.views.figures.point_chart import PointChart
from desktop.views.insights.forecast.screen import ForecastScreen
from desktop.views.insights.screen import Frame
from desktop.views.kit.chart_out import write_workbook
from desktop.views.kit.chips import Chip
from desktop.views.kit.context import Context
from tests.unit.queries.leaving_shops import Sale, regular_shop, scope_of, sell


class Opened:
    """The lists that a screen opened."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, list[int]]] = []

    def __call__(self, title: str, ids: Any) -> None:
        self.rows.append((title, ids.tolist()))


@pytest.fixture
def orders() -> Opened:
    return Opened()


@pytest.fixture
def customers() -> Opened:
    return Opened()


def shown(
    qtbot: QtBot,
    ctx: Context,
    orders: Opened,
    customers: Opened,
    kept: Mapping[str, Any] | None = None,
    only: Narrowing | None = None,
) -> ForecastScreen:
    """The screen with its answer."""
    frame = Frame(
        ctx=ctx, currency="CNY", open_customers=customers, open_ratings=orders, open_orders=orders,
        open_complaints=orders, reload=lambda: None, narrow=lambda _: None, go=lambda _: None,
    )  # fmt: skip
    screen = ForecastScreen(frame, kept or {})
    qtbot.addWidget(screen)
    scope = scope_of(ctx.book, only=only)
    screen.show_answer(screen.ask(scope, screen.kept()), scope)
    screen.resize(1000, 900)
    screen.show()
    return screen


@pytest.fixture
def screen(qtbot: QtBot, ctx: Context, orders: Opened, customers: Opened) -> ForecastScreen:
    sell(ctx.book, 160, regular_shop(random.Random(2)))
    return shown(qtbot, ctx, orders, customers)


def chip(screen: ForecastScreen, key: str) -> None:
    row = screen.horizons if key.isdecimal() else screen.courses
    next(one for one in row.findChildren(Chip) if one.key == key).click()


def test_the_chart_goes_on_where_the_past_ends(screen: ForecastScreen) -> None:
    assert screen._asked is not None
    report = screen._asked.report
    course = report.courses["orders"]
    data = screen.ahead.chart.chart_data()
    past = min(24, course.past.size)
    assert len(data.steps.values) == past + 6
    came, so_far, inner, outer = data.lines
    assert list(came.values) == course.past[-24:].tolist()
    assert so_far.at(past) == course.so_far
    assert inner.at(past - 1) is None
    for place in range(6):
        low, high = round(course.next.low80[place]), round(course.next.high80[place])
        assert inner.interval(past + place) == (low, high)
        assert outer.interval(past + place) == (
            round(course.next.low95[place]),
            round(course.next.high95[place]),
        )
        assert inner.at(past + place) == round(course.next.middle[place])
    assert str(round(course.next.middle[1])) in " ".join(screen.ahead.chart.told(past + 1))


def test_choosing_says_it_of_something_else(screen: ForecastScreen) -> None:
    assert screen._asked is not None
    revenue = screen._asked.report.courses["revenue"]
    chip(screen, "revenue")
    chip(screen, "12")
    assert screen.kept() == {"told": "revenue", "horizon": 12}
    assert screen.ahead.chart.chart_data().kind == "money"
    total = short_money(round(float(revenue.next.middle.sum())), "CNY")
    assert total in screen.words.text()
    assert screen.tiles.tiles["whole"].figure() == total
    model = screen.table.table.model()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.rowCount() == 12
    assert model.data(model.index(0, 0)) == "2026-11"
    assert model.data(model.index(3, 1)) == short_money(round(float(revenue.next.middle[3])), "CNY")
    seen = revenue.looked_back
    assert seen is not None
    assert screen.tiles.tiles["inside"].figure() == f"{100 * seen.inside80.hits / 12:.0f}\N{NO-BREAK SPACE}%"
    assert f"{seen.inside80.hits} of 12 months" in screen.back.good.text()


def test_what_was_kept_is_chosen_again(qtbot: QtBot, ctx: Context, orders: Opened, customers: Opened) -> None:
    sell(ctx.book, 160, regular_shop(random.Random(2)))
    again = shown(qtbot, ctx, orders, customers, {"told": "new", "horizon": 3})
    assert (again.told, again.horizon) == ("new", 3)
    strange = shown(qtbot, ctx, orders, customers, {"told": 7, "horizon": "x"})
    assert (strange.told, strange.horizon) == ("orders", 6)


def test_months_open_the_rows_behind_them(
    screen: ForecastScreen, ctx: Context, orders: Opened, customers: Opened
) -> None:
    assert screen._asked is not None
    report, scope = screen._asked.report, scope_of(ctx.book)
    last, begun = int(report.months[-1]), int(report.ahead[0])
    chart = screen.ahead.chart
    assert isinstance(chart, PointChart)
    past = min(24, report.months.size)
    # Nothing stands behind what hasn't come.
    chart._point(past + 2)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert not orders.rows
    chart._point(past - 1)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert orders.rows == [("Orders, October 2026", month_rows(scope, "orders", last, begun).tolist())]
    chip(screen, "new")
    screen.tiles.tiles["next"].clicked.emit()
    assert customers.rows[0][0] == "New customers, November 2026"
    screen.table.table.opened.emit(2)
    assert customers.rows[1][0] == "New customers, January 2026"


def test_figures_charts_and_table_leave_as_a_workbook(screen: ForecastScreen, tmp_path: Path) -> None:
    found = screen.shown()
    assert found is not None
    assert len(found.lines) == 6
    assert [chart.is_empty() for chart in found.charts] == [False, False]
    assert len(found.paper_tables[0].rows) == 6
    assert write_workbook(tmp_path / "months.xlsx", [Sheet(found.tables[0])], SILENT) == 6


def test_filters_of_customers_come_with_a_warning(
    qtbot: QtBot, ctx: Context, orders: Opened, customers: Opened
) -> None:
    sell(ctx.book, 160, regular_shop(random.Random(2)))
    assert not shown(qtbot, ctx, orders, customers).note.isVisible()
    assert shown(qtbot, ctx, orders, customers, only=Narrowing(segment="champions")).note.isVisible()


@pytest.mark.parametrize(
    ("sales", "said"),
    [
        ([], "there is none"),
        ([(1, 9, 100, "shop")], "there is none"),
        ([(n, 80, 100, "shop") for n in range(1, 9)], "there are 2 "),
        ([(1, -40, 100, "shop")], "there is none"),
    ],
)
def test_thin_books_say_what_is_missing(
    qtbot: QtBot, ctx: Context, orders: Opened, customers: Opened, sales: list[Sale], said: str
) -> None:
    sell(ctx.book, 9, sales)
    screen = shown(qtbot, ctx, orders, customers)
    assert said in screen.missing
    assert screen.shown() is None


def test_a_year_is_needed_to_look_back(qtbot: QtBot, ctx: Context, orders: Opened, customers: Opened) -> None:
    sell(ctx.book, 9, [(1 + ago % 9, ago, -100 if ago % 5 else 100, "shop") for ago in range(230)])
    screen = shown(qtbot, ctx, orders, customers, {"told": "revenue"})
    assert not screen.missing
    assert screen.back.chart.is_empty()
    assert screen.tiles.tiles["year"].figure() == "—"
    assert "Too few months" in screen.back.good.text()
    assert screen.words.text().count(";") == 0
