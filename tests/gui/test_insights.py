"""The room of the insights: its tabs, filters, route, what is asked when, and the rows behind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QVBoxLayout
from pytestqt.qtbot import QtBot

from desktop.analytics.intervals import rate
from desktop.core.translation import tr
from desktop.models.book import Book
from desktop.models.complaints import Complaint
from desktop.models.customers import Customer
from desktop.models.orders import Order, OrderLine, Product
from desktop.models.service import Rating
from desktop.operations.segments import save_segment
from desktop.queries.customer_filter import CustomerFilter
from desktop.queries.insight_scope import Narrowing, Scope
from desktop.views.exchange.export_dialog import ExportDialog
from desktop.views.figures.lines import FigureLine
from desktop.views.figures.out import Shown
from desktop.views.figures.tiles import TileGrid
from desktop.views.insights import sheets
from desktop.views.insights import view as insights_view
from desktop.views.insights.rows_dialog import RowsDialog
from desktop.views.insights.screen import Frame, InsightScreen
from desktop.views.insights.tabs import TABS, Tab
from desktop.views.insights.view import InsightsView
from desktop.views.insights.wanted import Wanted
from desktop.views.kit.context import Context
from tests.gui.told import Told

DAY = date(2026, 11, 22)


class Counting(InsightScreen):
    """A screen that counts buyers, and remembers what it was asked."""

    def __init__(self, frame: Frame, kept: Mapping[str, Any]) -> None:
        super().__init__(frame, kept)
        self.scopes: list[Scope] = []
        self.asked: list[Mapping[str, Any]] = []
        self.own = kept.get("own", "first")
        self.buyers = -1
        self.tiles = TileGrid()
        layout = QVBoxLayout(self)
        layout.addWidget(self.tiles)

    def ask(self, scope: Scope, now_kept: Mapping[str, Any]) -> int:
        self.asked.append(now_kept)
        return len({*scope.moment.orders.customer[scope.orders_in(scope.start, scope.end)].tolist()})

    def show_answer(self, answer: int, scope: Scope) -> None:
        self.buyers = answer
        self.scopes.append(scope)
        self.missing = "" if answer else "Nobody bought anything."
        now = rate(answer, 100)
        self.lines = [FigureLine("buyers", "Buyers", "share", now, None, None, "How.", "none", "CNY")]
        self.tiles.show_lines(self.lines)

    def kept(self) -> dict[str, Any]:
        return {"own": self.own}

    def shown(self) -> Shown:
        return Shown("", lines=self.lines)


NAMES = {key: Tab(name, "x:X") for key, name in (("one", "First"), ("two", "Second"), ("three", "Third"))}


@pytest.fixture(autouse=True)
def simple(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three tabs that count buyers stand for those of the program, unless a test is marked "real"."""
    if "real" not in request.fixturenames:
        monkeypatch.setattr(insights_view, "TABS", NAMES)
        monkeypatch.setattr(sheets, "make", lambda _tab, frame, kept: Counting(frame, kept))


@pytest.fixture
def real() -> None:
    """The program's own tabs."""


def fill(book: Book) -> None:
    """Sixty customers of two channels over a year and a half, each order rated."""
    with book.step("Fill") as step:
        for number in range(1, 61):
            step.insert(Customer, id=number, name=f"客{number}", created_at="2025-01-01 09:00:00")
            for nth in range(number % 7 + 1):
                day = DAY - timedelta(days=number % 30 + 37 * nth)
                order = step.insert(
                    Order,
                    customer_id=number,
                    channel="shop" if number % 3 else "wechat",
                    placed_at=f"{day} 10:00:00",
                    total=100 * number,
                    paid=100 * number,
                )
                step.insert(
                    Rating, customer_id=number, order_id=order, asked_at=f"{day} 10:00:00",
                    rated_at=f"{day} 11:00:00", ended_at=f"{day} 10:00:00", perceived=3 + (number + nth) % 3,
                    expected=4, recommend=number % 11, effort=1 + number % 7,
                )  # fmt: skip


def more(book: Book) -> None:
    """A product, a complaint, and a second channel's newest customer."""
    with book.step("More") as step:
        for number in range(1, 46):
            step.insert(Product, id=number, name=f"茶{number:02}")
        order = step.insert(
            Order, customer_id=7, channel="wechat", placed_at=f"{DAY} 09:00:00", total=900, paid=900
        )
        step.insert(OrderLine, order_id=order, product_id=3, title="茶03", quantity=1, amount=900)
        step.insert(
            Complaint, id=1, customer_id=7, number="C1", title="压扁", subject="quality", severity="low",
            status="received", received_at=f"{DAY} 10:00:00",
        )  # fmt: skip


def shown(ctx: Context, qtbot: QtBot, **params: Any) -> InsightsView:
    made = InsightsView(ctx, today=lambda: DAY, **params)
    qtbot.addWidget(made)
    made.resize(1180, 840)
    made.show()
    settle(ctx, qtbot)
    return made


def settle(ctx: Context, qtbot: QtBot) -> None:
    qtbot.wait(20)
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    qtbot.wait(5)


def front(view: InsightsView) -> Counting:
    screen = view.front
    assert isinstance(screen, Counting)
    return screen


def pick(view: InsightsView, name: str, text: str) -> None:
    """Choose an entry of a filter's menu."""
    menu = view.bar.buttons[name].menu()
    assert menu is not None
    next(action for action in menu.actions() if action.text() == text).trigger()


def dialog_of(view: InsightsView) -> RowsDialog:
    found = view.window().findChild(RowsDialog)
    assert isinstance(found, RowsDialog)
    return found


def test_every_tab_of_the_program_has_its_screen(real: None, ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    more(ctx.book)
    view = shown(ctx, qtbot)
    assert next(iter(TABS)) == "overview"
    for key, tab in TABS.items():
        view.show_tab(key)
        settle(ctx, qtbot)
        assert isinstance(view.front, InsightScreen)
        assert view.strip.tabText(view.strip.currentIndex()) == tr(tab.name)
        assert view.sheets.currentWidget() is view.front or view.front.missing
        assert isinstance(view.front.kept(), dict)


def test_a_tab_is_asked_when_it_is_shown_and_shares_what_was_read(ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    view = shown(ctx, qtbot)
    assert list(view.sheets.screens) == ["one"]
    assert front(view).buyers == 60
    first = front(view).scopes[-1]
    view.show_tab("two")
    settle(ctx, qtbot)
    assert front(view).scopes[-1] is first
    view.show_tab("one")
    settle(ctx, qtbot)
    assert len(front(view).asked) == 1


def test_the_keyboard_goes_from_tab_to_tab(ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    view = shown(ctx, qtbot)
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    for modifier, key, tab in (
        (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_PageDown, "two"),
        (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_PageDown, "three"),
        (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_PageDown, "one"),
        (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_PageUp, "three"),
    ):
        QTest.keyClick(view, key, modifier | Qt.KeyboardModifier.ControlModifier)
        assert view.key == tab
    QTest.keyClick(view, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert view.key == "one"
    view.strip.setFocus()
    QTest.keyClick(view.strip, Qt.Key.Key_Right)
    assert view.key == "two"
    settle(ctx, qtbot)


def test_each_filter_narrows_has_a_chip_and_stays_in_the_route(ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    more(ctx.book)
    view = shown(ctx, qtbot)
    for name, text, buyers in (
        ("channel", "WeChat", 21),
        ("product", "茶03", 1),
        ("segment", "Champions", 0),
    ):
        pick(view, name, text)
        settle(ctx, qtbot)
        assert front(view).buyers == buyers or name == "segment"
    pick(view, "tier", "Regular member")
    settle(ctx, qtbot)
    assert view.bar.named() == [
        "Channel: WeChat",
        "Product: 茶03",
        "Tier: Regular member",
        "Segment: Champions",
    ]
    assert view.bar.wanted.narrowing() == Narrowing("wechat", 3, 0, "champions")
    again = shown(ctx, qtbot, **view.route_params())
    assert again.bar.wanted == view.bar.wanted
    view.bar.chips.chip("segment").click()
    view.bar.chips.chip("tier").click()
    view.bar.chips.chip("product").click()
    settle(ctx, qtbot)
    assert front(view).buyers == 21
    view.show_tab("three")
    settle(ctx, qtbot)
    assert front(view).buyers == 21
    view.bar.chips.chip("channel").click()
    settle(ctx, qtbot)
    assert front(view).buyers == 60
    assert view.bar.chips.isHidden()


def test_a_saved_filter_is_one_of_the_segments(ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    save_segment(ctx.book, name="常来", view=CustomerFilter(states=("regular",)))
    row = int(ctx.book.value("SELECT id FROM segment WHERE name = '常来'"))
    view = shown(ctx, qtbot)
    pick(view, "segment", "常来")
    settle(ctx, qtbot)
    assert view.bar.wanted.narrowing() == Narrowing(saved=row)
    assert view.bar.named() == ["Segment: 常来"]
    again = shown(ctx, qtbot, **view.route_params())
    assert again.bar.named() == ["Segment: 常来"]


def test_another_product_is_asked_for(ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    more(ctx.book)
    view = shown(ctx, qtbot)
    menu = view.bar.buttons["product"].menu()
    assert menu is not None
    assert menu.actions()[-1].text() == "Another product…"
    dialog = view.bar.ask_value("product")
    assert dialog is not None
    dialog.fields["value"].set_value(44)
    dialog.save()
    settle(ctx, qtbot)
    assert view.bar.named() == ["Product: 茶44"]
    assert view.sheets.missing() == "Nobody bought anything."
    view.bar.chips.chip("product").click()
    settle(ctx, qtbot)
    assert view.sheets.missing() == ""


def test_periods_look_at_their_days(ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    view = shown(ctx, qtbot)
    days = {
        "month": (date(2026, 11, 1), DAY), "last_month": (date(2026, 10, 1), date(2026, 10, 31)),
        "quarter": (date(2026, 10, 1), DAY), "year": (date(2026, 1, 1), DAY),
        "twelve": (date(2025, 12, 1), DAY), "twenty_four": (date(2024, 12, 1), DAY),
    }  # fmt: skip
    for kind, (first, last) in days.items():
        view.bar.choose_period(kind)  # type: ignore[arg-type]  # the keys of a table of kinds
        settle(ctx, qtbot)
        scope = front(view).scopes[-1]
        assert (scope.start, scope.end) == (first.toordinal(), last.toordinal() + 1), kind
    view.bar.choose_period("all")
    settle(ctx, qtbot)
    assert date.fromordinal(front(view).scopes[-1].start) == date(2026, 3, 1)
    assert view.bar.period_button.text() == "All months"


def test_older_links_still_lead_where_they_did(ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    view = shown(ctx, qtbot, months=24, channel="wechat", chosen=True, tab="two")
    assert view.key == "two"
    assert view.bar.period_button.text() == "Last 24 months"
    assert view.bar.wanted.channel == "wechat"
    view = shown(ctx, qtbot, months=3, channel="")
    assert view.bar.wanted.channel is None
    assert date.fromordinal(view.bar.wanted.period.first) == date(2026, 9, 1)
    for nonsense in ({"looked": {"channel": 7, "period": "x"}}, {"tab": "nowhere"}, {"months": "many"}):
        assert shown(ctx, qtbot, **nonsense).bar.wanted == Wanted()


def test_an_own_chooser_is_kept_and_asked_with(ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    view = shown(ctx, qtbot)
    front(view).own = "second"
    front(view).frame.reload()
    settle(ctx, qtbot)
    assert front(view).asked[-1] == {"own": "second"}
    view.show_tab("two")
    settle(ctx, qtbot)
    again = shown(ctx, qtbot, **view.route_params())
    assert again.key == "two"
    again.show_tab("one")
    settle(ctx, qtbot)
    assert front(again).own == "second"


def test_a_screen_narrows_and_leads_to_another(ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    view = shown(ctx, qtbot)
    front(view).frame.narrow(Narrowing(channel="wechat"))
    settle(ctx, qtbot)
    assert front(view).buyers == 20
    front(view).frame.go("three")
    settle(ctx, qtbot)
    assert view.key == "three"
    assert front(view).buyers == 20


def test_new_figures_follow_a_change_of_the_book(ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    view = shown(ctx, qtbot)
    view.show_tab("two")
    settle(ctx, qtbot)
    with ctx.book.step("Another") as step:
        step.insert(Customer, id=99, name="新客", created_at="2026-11-22 09:00:00")
        step.insert(Order, customer_id=99, placed_at=f"{DAY} 12:00:00", total=500, paid=500)
    ctx.changed(step.changes, quiet=True)
    settle(ctx, qtbot)
    assert front(view).buyers == 61
    view.show_tab("one")
    settle(ctx, qtbot)
    assert front(view).buyers == 61


def test_the_rows_behind_open_and_lead_on(ctx: Context, qtbot: QtBot, told: Told) -> None:
    fill(ctx.book)
    more(ctx.book)
    view = shown(ctx, qtbot)
    frame = front(view).frame
    order = int(ctx.book.value("SELECT max(id) FROM orders"))
    rating = int(ctx.book.value("SELECT min(id) FROM rating WHERE customer_id = 4"))
    for opened, row, place in (
        (frame.open_customers, 7, ("profile", {"customer": 7})),
        (frame.open_ratings, rating, ("profile", {"customer": 4})),
        (frame.open_orders, order, ("profile", {"customer": 7, "tab": "orders", "order": order})),
        (frame.open_complaints, 1, ("complaints", {"complaint": 1})),
    ):
        opened("These", np.array([row]))
        dialog = dialog_of(view)
        model = dialog.table.model()
        assert model.rowCount() == 1
        assert any(model.index(0, column).data() for column in range(model.columnCount()))
        dialog.table.opened.emit(row)
        assert told.places[-1] == place
        qtbot.wait(5)


@pytest.mark.parametrize("kind", ["ratings", "orders", "customers", "complaints"])
def test_the_rows_behind_go_to_a_file(ctx: Context, qtbot: QtBot, tmp_path: Path, kind: str) -> None:
    fill(ctx.book)
    more(ctx.book)
    ctx.settings.set("ui.folder.export", str(tmp_path))
    view = shown(ctx, qtbot)
    many = 1 if kind == "complaints" else 5
    getattr(front(view).frame, f"open_{kind}")("These", np.arange(1, many + 1))
    dialog = dialog_of(view)
    dialog.export()
    asking = dialog.findChild(ExportDialog)
    assert isinstance(asking, ExportDialog)
    asking.name.set_value("rows")
    asking.save_button.click()
    settle(ctx, qtbot)
    dialog.accept()
    (sheet,) = load_workbook(tmp_path / "rows.xlsx").worksheets
    assert sheet.max_row - 1 == many
    heads = [cell.value for cell in sheet[1]]
    assert "Customer" in heads or "Name" in heads


def test_the_tab_in_front_goes_to_a_workbook(
    ctx: Context, qtbot: QtBot, told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(ctx.book)
    view = shown(ctx, qtbot)
    pick(view, "channel", "WeChat")
    settle(ctx, qtbot)
    path = tmp_path / "tab.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    view.out.save_workbook()
    settle(ctx, qtbot)
    (sheet,) = load_workbook(path).worksheets
    said = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert {"Buyers", "Channel: WeChat", "1 Dec 2025 – 22 Nov 2026"} <= said
    assert "saved in “tab.xlsx”. [Open]" in told.notices[-1]


def test_an_empty_book_says_what_is_missing(ctx: Context, qtbot: QtBot, told: Told) -> None:
    view = shown(ctx, qtbot)
    assert view.sheets.empty.isVisible()
    assert not view.excel_button.isEnabled()
    view.out.save_workbook()
    view.sheets.empty.button.click()
    assert told.places == [("exchange", {"mode": "import"})]


def test_orders_of_nobody_say_so(ctx: Context, qtbot: QtBot) -> None:
    with ctx.book.step("Fill") as step:
        step.insert(Order, placed_at=f"{DAY} 12:00:00", total=500, paid=500)
    view = shown(ctx, qtbot)
    assert view.sheets.nameless.isVisible()
    assert not view.sheets.empty.isVisible()


def test_orders_that_are_no_purchases_say_so(ctx: Context, qtbot: QtBot) -> None:
    with ctx.book.step("Fill") as step:
        step.insert(Customer, id=1, name="客1", created_at="2025-01-01 09:00:00")
        step.insert(Order, customer_id=1, placed_at="2026-05-01 09:00:00", total=900, paid=900, refunded=900)
    view = shown(ctx, qtbot)
    assert view.sheets.refunded.isVisible()
    assert not view.pdf_button.isEnabled()


def test_an_old_export_is_shown_whole(ctx: Context, qtbot: QtBot) -> None:
    with ctx.book.step("Fill") as step:
        step.insert(Customer, id=1, name="甲", created_at="2011-01-01 09:00:00")
        for day in ("2010-12-03", "2011-02-10", "2011-11-30"):
            step.insert(Order, customer_id=1, placed_at=f"{day} 12:00:00", total=500, paid=500)
    view = shown(ctx, qtbot)
    assert view.bar.period_button.text() == "All months"
    scope = front(view).scopes[-1]
    assert date.fromordinal(scope.start) == date(2010, 12, 1)
    assert date.fromordinal(scope.end) == date(2011, 12, 1)
    view.bar.choose_period("twelve")
    settle(ctx, qtbot)
    assert view.bar.period_button.text() == "Last 12 months"
    assert view.sheets.missing()
    assert not view.pdf_button.isEnabled()
    again = shown(ctx, qtbot, **view.route_params())
    assert again.bar.period_button.text() == "Last 12 months"


def test_who_waits_is_told_that_it_is_counted(ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    view = InsightsView(ctx, today=lambda: DAY)
    qtbot.addWidget(view)
    view.sheets.show_blank()
    view.sheets.show_counting()
    assert view.sheets.currentWidget() is view.sheets._counting
    view.show()
    settle(ctx, qtbot)
    assert view.sheets.currentWidget() is view.front
    view.sheets.show_counting()
    assert view.sheets.currentWidget() is view.front


def test_a_view_may_go_while_its_figures_are_counted(ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    view = InsightsView(ctx, today=lambda: DAY)
    view.show()
    view.reload()
    assert not ctx.tasks.idle
    view.deleteLater()
    settle(ctx, qtbot)
    assert ctx.tasks.idle
