"""The satisfaction and channels screens: what they show of a small shop, what opens, and thin data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.core.progress import SILENT
from desktop.core.translation import set_language
from desktop.models.book import Book
from desktop.models.complaints import Complaint
from desktop.models.customers import Customer
from desktop.models.leads import Lead
from desktop.models.orders import Order, OrderLine, Product
from desktop.models.service import Rating
from desktop.models.shop import Staff
from desktop.queries.insight_scope import Narrowing, insight_scope
from desktop.views.insights.channels.screen import ChannelsScreen
from desktop.views.insights.satisfaction.screen import SatisfactionScreen
from desktop.views.insights.screen import Frame, InsightScreen
from desktop.views.kit.chart_out import sheet_of, svg, write_workbook
from desktop.views.kit.charts import HBarList, HeatTable
from desktop.views.kit.context import Context
from desktop.views.kit.data_dialog import DataDialog
from desktop.views.kit.interval_list import IntervalList

TODAY = date(2026, 11, 22)
START, END = date(2026, 6, 1).toordinal(), TODAY.toordinal() + 1


class Window:
    """What a screen asked of the window around it."""

    def __init__(self, ctx: Context) -> None:
        self.opened: list[tuple[str, str, list[int]]] = []
        self.narrowed: list[Narrowing] = []
        self.reloads = 0
        self.frame = Frame(
            ctx=ctx, currency="CNY", open_customers=self._opener("customers"),
            open_ratings=self._opener("ratings"), open_orders=self._opener("orders"),
            open_complaints=self._opener("complaints"), reload=self._reload, narrow=self.narrowed.append,
            go=lambda _: None,
        )  # fmt: skip

    def _opener(self, kind: str) -> Any:
        return lambda title, ids: self.opened.append((kind, title, ids.tolist()))

    def _reload(self) -> None:
        self.reloads += 1


@pytest.fixture
def window(ctx: Context) -> Window:
    return Window(ctx)


def answer(screen: InsightScreen, book: Book, only: Narrowing | None = None) -> None:
    """Ask and show, as the window does."""
    scope = insight_scope(book, start=START, end=END, today=TODAY, only=only or Narrowing())
    screen.show_answer(screen.ask(scope, screen.kept()), scope)


def shown(
    qtbot: QtBot, window: Window, kind: type[InsightScreen], kept: Mapping[str, Any] | None = None
) -> Any:
    screen = kind(window.frame, kept or {})
    qtbot.addWidget(screen)
    answer(screen, window.frame.ctx.book)
    screen.resize(1000, 700)
    screen.show()
    return screen


def at(day: int, month: int = 10) -> str:
    return f"2026-{month:02}-{day:02} 10:00:00"


def rate_something(book: Book, *rows: Mapping[str, Any]) -> None:
    with book.step("Rate") as step:
        for row in rows:
            step.insert(Rating, **({"ended_at": at(5), "rated_at": at(6)} | dict(row)))


@pytest.fixture
def shop(ctx: Context) -> Book:
    """Forty customers of two channels, with ratings by two clerks, complaints and leads."""
    book = ctx.book
    with book.step("Fill") as step:
        step.insert(Product, id=1, name="Longjing")
        for number, name in ((1, "Zoe"), (2, "Marco")):
            step.insert(Staff, id=number, name=name)
        for number in range(1, 41):
            source = "Tea fair" if number % 2 else ""
            step.insert(
                Customer, id=number, name=f"C{number}", created_at="2026-01-01 09:00:00", source=source
            )
            via, clerk = ("wechat", 1) if number <= 25 else ("shop", 2)
            for days in (0, 20) if number % 3 else (0,):
                order = step.insert(
                    Order, customer=number, channel=via, status="completed", paid=10_000 + number,
                    placed_at=f"{date(2026, 7, 1) + timedelta(days=days + number)} 10:00:00", staff=clerk,
                )  # fmt: skip
                step.insert(OrderLine, order=order, product=1, title="Longjing", amount=10_000)
            stars = 5 if clerk == 1 else 2
            step.insert(
                Rating, customer=number, order=order, asked_at=at(1), rated_at=at(2), ended_at=at(1),
                perceived=stars, expected=4, effort=5, recommend=9 if clerk == 1 else 3,
                reasons="" if clerk == 1 else "Slow delivery\nUnfriendly",
                text="" if clerk == 1 else f"Words of C{number}",
            )  # fmt: skip
        step.insert(Rating, customer=1, asked_at=at(3), ended_at=at(3))
        step.insert(
            Complaint, number="C-1", customer=30, order=order, channel="phone", received_at=at(9),
            replied_at=at(10), status="acknowledged", subject="quality", nature="valid", severity="low",
            title="T",
        )  # fmt: skip
        step.insert(
            Lead, customer=2, method="Leaflet", status="converted", cost=900, found_at=at(1, 7),
            converted_at=at(3, 7),
        )  # fmt: skip
    return book


def test_satisfaction_shows_its_figures_and_their_ratings(qtbot: QtBot, window: Window, shop: Book) -> None:
    screen = shown(qtbot, window, SatisfactionScreen)
    assert isinstance(screen, SatisfactionScreen)
    assert screen.missing == ""
    tiles = {key: tile.figure() for key, tile in screen.tiles.tiles.items()}
    assert tiles == {
        "perceived": "3.88", "gap": "−0.12", "csat": "62\xa0%", "nps": "+25", "effort": "5.00",
        "response": "98\xa0%",
    }  # fmt: skip
    assert "expected 4.00" in screen.tiles.tiles["perceived"].line.beside
    QTest.mouseClick(screen.tiles.tiles["csat"], Qt.MouseButton.LeftButton)
    QTest.keyClick(screen.tiles.tiles["response"], Qt.Key.Key_Return)
    (_, title, happy), (_, _, asked) = window.opened
    assert (title, len(happy), len(asked)) == ("CSAT", 25, 41)


def test_what_is_pointed_at_opens(qtbot: QtBot, window: Window, shop: Book) -> None:
    screen: SatisfactionScreen = shown(qtbot, window, SatisfactionScreen)
    trend = screen.trend.chart
    trend.setFocus()
    QTest.keyClick(trend, Qt.Key.Key_Left)
    QTest.keyClick(trend, Qt.Key.Key_Left)
    QTest.keyClick(trend, Qt.Key.Key_Return)
    assert [(kind, title, len(ids)) for kind, title, ids in window.opened] == [("ratings", "Oct 2026", 40)]
    said = trend.told(4)
    assert any("40" in line for line in said), said
    stars = screen.stars.chart
    stars.setFocus()
    QTest.keyClick(stars, Qt.Key.Key_Down)
    QTest.keyClick(stars, Qt.Key.Key_Return)
    assert window.opened[-1][1] == "5 stars"
    assert stars.told(0) == ("★★★★★", "25", "62\xa0%  (47–76\xa0%)", "n = 40")
    stars.repaint()
    assert len(window.opened[-1][2]) == 25
    pareto = screen.reasons.chart
    pareto.setFocus()
    QTest.keyClick(pareto, Qt.Key.Key_Down)
    QTest.keyClick(pareto, Qt.Key.Key_Return)
    assert window.opened[-1][1] in ("Slow delivery", "Unfriendly")
    assert len(window.opened[-1][2]) == 15
    screen.reasons.explain()
    assert screen.reasons.popover is not None
    screen.reasons.popover.close()
    heat = screen.against.findChildren(HeatTable)[0]
    heat.setFocus()
    heat.chosen.emit(1, 1)
    assert window.opened[-1][1:2] == ("Expected 4 ★, got 2 ★",)
    assert len(window.opened[-1][2]) == 15
    screen.words.lines[0].click()
    assert len(window.opened[-1][2]) == 1
    screen.words.more.click()
    assert len(window.opened[-1][2]) == 15
    assert "Show all 15" in screen.words.more.text()


def test_parts_stand_side_by_side(qtbot: QtBot, window: Window, shop: Book) -> None:
    screen: SatisfactionScreen = shown(qtbot, window, SatisfactionScreen, {"part": "clerk", "by": "week"})
    assert screen.kept() == {"by": "week", "part": "clerk", "mood": "unhappy"}
    parts = screen.parts.findChildren(IntervalList)[0]
    assert [(row.name, row.value, row.n) for row in parts.rows()] == [("Zoe", 5.0, 25), ("Marco", 2.0, 15)]
    assert parts.told(0)[:2] == ("Zoe", "5.00  (5.00–5.00)")
    QTest.mouseMove(parts, QPointF(200, 40).toPoint())
    QTest.mouseClick(parts, Qt.MouseButton.LeftButton, pos=QPointF(200, 40).toPoint())
    assert (window.opened[-1][1], len(window.opened[-1][2])) == ("Marco", 15)
    parts.setFocus()
    QTest.keyClick(parts, Qt.Key.Key_Up)
    QTest.keyClick(parts, Qt.Key.Key_Return)
    assert window.opened[-1][1] == "Zoe"
    assert QAccessible.queryAccessibleInterface(parts) is not None
    screen.parts.chips.choose("product")
    screen.parts.chips.chosen.emit("product")
    assert window.reloads == 1
    answer(screen, shop)
    assert [row.name for row in parts.rows()] == ["Longjing"]
    assert screen.trend.chart.chart_data().steps.values[0] == date(2026, 6, 1).toordinal()


def test_every_chart_and_table_can_be_taken_away(qtbot: QtBot, window: Window, shop: Book) -> None:
    screen: SatisfactionScreen = shown(qtbot, window, SatisfactionScreen)
    out = screen.shown()
    assert out is not None
    assert [line.key for line in out.lines][:2] == ["perceived", "gap"]
    assert not any(chart.is_empty() for chart in out.charts)
    channels: ChannelsScreen = shown(qtbot, window, ChannelsScreen)
    out = channels.shown()
    assert out is not None
    table = out.tables[0]
    assert table.steps.values == ["WeChat", "Shop", "Phone"]
    assert [column.title for column in table.columns()][:3] == ["Channel", "Gained", "Gained: from"]
    assert out.paper_tables[0].rows[0][:2] == ["WeChat", "25"]


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ((), "No ratings in this period: ask for one"),
        (({"rated_at": None, "asked_at": at(1)},), "1 rating was asked for in this period"),
        (({"rated_at": None, "expected_at": at(1), "expected": 5},), "No ratings in this period: ask"),
    ],
)
def test_without_ratings_it_is_said_what_is_missing(
    qtbot: QtBot, window: Window, rows: tuple[Mapping[str, Any], ...], missing: str
) -> None:
    rate_something(window.frame.ctx.book, *rows)
    screen = shown(qtbot, window, SatisfactionScreen)
    assert screen.missing.startswith(missing)


def test_one_rating_has_no_interval_and_no_expectation(qtbot: QtBot, window: Window) -> None:
    rate_something(window.frame.ctx.book, {"perceived": 1})
    screen: SatisfactionScreen = shown(qtbot, window, SatisfactionScreen)
    assert screen.missing == ""
    told = screen.tiles.tiles["perceived"].line
    assert (told.value, told.interval, told.counted) == ("1.00", "", "n 1")
    gap = screen.tiles.tiles["gap"].line
    assert (gap.value, gap.counted) == ("—", "No rating has both")
    assert screen.against.chart.is_empty()
    assert screen.reasons.chart.is_empty()
    assert len(screen.trend.chart.chart_data().lines) == 1
    screen.repaint()


def test_channels_show_what_each_brings(qtbot: QtBot, window: Window, shop: Book) -> None:
    screen: ChannelsScreen = shown(qtbot, window, ChannelsScreen)
    model = screen.table.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    wechat, inshop, phone = screen.table.rows()
    assert [row.channel for row in (wechat, inshop, phone)] == ["wechat", "shop", "phone"]
    assert model.data(model.index(0, 1)) == "25"
    assert wechat.now.returning.hits == 17
    tip = model.data(model.index(0, 4), Qt.ItemDataRole.ToolTipRole)
    assert "95 % interval" in tip
    assert "n 25" in tip
    assert "Nothing to count here." in model.data(model.index(2, 4), Qt.ItemDataRole.ToolTipRole)
    screen.table._sort_by("perceived", False)
    assert [row.channel for row in screen.table.rows()] == ["shop", "wechat", "phone"]
    QTest.mouseClick(screen.tiles.tiles["gained"], Qt.MouseButton.LeftButton)
    assert (window.opened[-1][0], len(window.opened[-1][2])) == ("customers", 40)
    screen.gained.findChildren(HBarList)[0].chosen.emit("shop")
    assert window.opened[-1][:2] == ("customers", "Customers gained: Shop")
    assert len(window.opened[-1][2]) == 15


def test_a_cell_opens_what_is_behind_it_and_the_menu_the_rest(
    qtbot: QtBot, window: Window, shop: Book
) -> None:
    screen: ChannelsScreen = shown(qtbot, window, ChannelsScreen)
    table = screen.table.table
    keys = [column.key for column in screen.table.model.columns]
    table.setCurrentIndex(screen.table.model.index(1, keys.index("per_hundred")))
    QTest.keyClick(table, Qt.Key.Key_Return)
    kind, title, ids = window.opened[-1]
    assert (kind, title, len(ids)) == ("complaints", "Complaints about orders: Shop", 1)
    row = screen.table.rows()[0]
    menu = screen.table.menu(row)
    words = [action.text() for action in menu.actions()]
    assert words[0] == "Customers gained: WeChat"
    assert not any("Complaints" in one for one in words)
    menu.actions()[-1].trigger()
    assert window.narrowed == [Narrowing(channel="wechat")]
    menu.close()
    table.setCurrentIndex(screen.table.model.index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    popped = QApplication.activePopupWidget()
    assert isinstance(popped, QMenu)
    assert [action.text() for action in popped.actions()] == words
    popped.close()
    answer(screen, shop, Narrowing(channel="wechat"))
    assert [one.channel for one in screen.table.rows()] == ["wechat"]
    assert "Look at this channel only" not in [words for words, *_ in screen._deeds(row)]


def test_finding_methods_show_leads_and_customers(qtbot: QtBot, window: Window, shop: Book) -> None:
    screen: ChannelsScreen = shown(qtbot, window, ChannelsScreen)
    told = {row.method: row for row in screen.methods.rows()}
    # The odd come from the fair; the second by a lead; of the others nobody noted it.
    assert {name: row.customers for name, row in told.items()} == {"Tea fair": 20, "": 19, "Leaflet": 1}
    assert told["Leaflet"].leads.each == 900
    keys = [column.key for column in screen.methods.model.columns]
    place = screen.methods.rows().index(told["Leaflet"])
    table = screen.methods.table
    for key, title in (
        ("converted", "Leads that converted: Leaflet"), ("customers", "Customers gained: Leaflet"),
        ("leads", "Leads: Leaflet"),
    ):  # fmt: skip
        table.setCurrentIndex(screen.methods.model.index(place, keys.index(key)))
        QTest.keyClick(table, Qt.Key.Key_Return)
        assert window.opened[-1] == ("customers", title, [2])
    assert len(screen._method_deeds(told["Leaflet"])) == 3
    assert len(screen._method_deeds(told["Tea fair"])) == 1


def test_without_anything_the_channels_say_what_is_missing(qtbot: QtBot, window: Window) -> None:
    screen = shown(qtbot, window, ChannelsScreen)
    assert screen.missing.startswith("No orders, ratings")


def test_one_order_and_a_negative_total_are_no_nonsense(qtbot: QtBot, window: Window) -> None:
    with window.frame.ctx.book.step("One") as step:
        step.insert(Order, channel="shop", status="completed", paid=-500, placed_at=at(1))
    screen: ChannelsScreen = shown(qtbot, window, ChannelsScreen)
    (row,) = screen.table.rows()
    assert (row.now.net.value, row.now.net.low, row.share) == (-500, None, None)
    assert screen.gained.chart.is_empty()
    assert row.now.returning.value is None


def test_the_data_of_a_table_can_be_seen(qtbot: QtBot, window: Window, shop: Book) -> None:
    screen: ChannelsScreen = shown(qtbot, window, ChannelsScreen)
    screen._data(screen.table)
    dialog = screen.window().findChild(DataDialog)
    assert dialog is not None
    qtbot.addWidget(dialog)
    dialog.close()


def test_the_trend_is_drawn_by_what_can_be_told_apart(qtbot: QtBot, window: Window, shop: Book) -> None:
    book = window.frame.ctx.book
    long: SatisfactionScreen = shown(qtbot, window, SatisfactionScreen, {"by": "day"})
    # Half a year has too many days to be told apart: weeks are drawn, and days are wanted still.
    assert long.report is not None
    assert (long.report.by, long.trend.chips.chosen_key(), long.kept()["by"]) == ("week", "week", "day")
    assert not long.trend.chips.has("day")
    scope = insight_scope(book, start=END - 60, end=END, today=TODAY)
    long.show_answer(long.ask(scope, long.kept()), scope)
    assert (long.report.by, long.trend.chips.chosen_key()) == ("day", "day")
    long.trend.chips.chip("month").click()
    assert (long.kept()["by"], window.reloads) == ("month", 1)
    set_language("zh_CN")
    screen: SatisfactionScreen = shown(qtbot, window, SatisfactionScreen, {"by": "quarter"})
    assert screen.trend.chart.chart_data().steps.values[0] != ""
    assert len(screen.report.trend if screen.report else ()) == 3


def test_workbook_and_paper_take_all_of_it(qtbot: QtBot, window: Window, shop: Book, tmp_path: Path) -> None:
    charts = []
    for kind in (SatisfactionScreen, ChannelsScreen):
        out = shown(qtbot, window, kind).shown()
        assert out is not None
        charts += out.charts
    path = tmp_path / "all.xlsx"
    write_workbook(path, [sheet_of(chart) for chart in charts], SILENT)
    book = load_workbook(path)
    assert len(book.sheetnames) >= len(charts)
    said = [[cell.value for cell in row] for row in book["Satisfaction side by side"].iter_rows()]
    assert ["WeChat", 5, 5, 5, 25] in [row[:5] for row in said]
    assert all(svg(chart) for chart in charts)
