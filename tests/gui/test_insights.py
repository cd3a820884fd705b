"""The insights through their own widgets: figures as counted, periods, definitions, the rows behind."""

from __future__ import annotations

import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.core.figures import percent
from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.orders import Order
from desktop.models.service import Rating
from desktop.queries.insights import insights, span
from desktop.queries.purchases import first_day
from desktop.views.exchange.export_dialog import ExportDialog
from desktop.views.insights.rows_dialog import RowsDialog
from desktop.views.insights.view import InsightsView
from desktop.views.kit.charts import LineChart
from desktop.views.kit.context import Context
from tests.gui.told import Told

DAY = date(2026, 11, 22)


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


def months(chart: LineChart) -> list[str]:
    return [row[0] for row in chart.data_table()[1]]


def line(view: InsightsView) -> LineChart:
    chart = view.repeat.chart
    assert isinstance(chart, LineChart)
    return chart


def test_the_strip_says_what_the_query_counts(ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    view = shown(ctx, qtbot)
    found = insights(ctx.book, period=span(12, DAY, first_day(ctx.book)))
    now = found.satisfaction.now
    assert view.strip.perceived.figure() == f"{now.perceived.value:.2f}"
    assert view.strip.csat.figure() == percent(now.csat.value)
    assert view.strip.answered.figure() == percent(1.0)
    assert view.strip.repeat.figure() == percent(found.repeat.returning.value)
    assert f"n {now.perceived.n}" in view.strip.perceived.accessibleName()
    table = view.value.chart.data_table()[1]
    assert sum(int(row[1]) for row in table) == 60


def test_another_period_counts_anew(ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    view = shown(ctx, qtbot)
    assert len(months(line(view))) == 12
    assert months(line(view))[-1] == "November 2026"
    view.set_period(3)
    settle(ctx, qtbot)
    assert len(months(line(view))) == 3
    assert view.period_button.text() == "Last 3 months"
    assert view.route_params()["months"] == 3


def test_a_channel_narrows_everything_and_stays_visible(ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    view = shown(ctx, qtbot)
    view.set_channel("wechat")
    settle(ctx, qtbot)
    assert view.found is not None
    assert view.found.value.ids.tolist() == list(range(3, 61, 3))
    assert view.channel_button.text() == "WeChat"


def test_each_definition_draws_its_own_line(ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    view = shown(ctx, qtbot)
    drawn = {"b": line(view).data_table()[1]}
    for definition in ("a", "c", "d", "e"):
        view.set_definition(definition)
        settle(ctx, qtbot)
        drawn[definition] = line(view).data_table()[1]
        assert view.repeat.menu_button.text().strip() == f"({definition})"
    assert len({str(rows) for rows in drawn.values()}) == 5


def test_every_card_says_how_it_is_counted(ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    view = shown(ctx, qtbot)
    for card in view.cards:
        card.open_explanation()
        assert card.popover is not None
        assert card.popover.isVisible()
        assert card.explanation().sentences
        card.popover.close()
        assert card.chart.data_table()[1]
    for tile in view.strip.tiles:
        tile.open_explanation()
        assert tile.popover is not None
        tile.popover.close()


def test_a_segment_opens_its_customers_and_they_their_profile(ctx: Context, qtbot: QtBot, told: Told) -> None:
    fill(ctx.book)
    view = shown(ctx, qtbot)
    view.value.show_table("classes")
    code = "important_value"
    view.value.show_members(code)
    dialog = view.findChild(RowsDialog)
    assert isinstance(dialog, RowsDialog)
    assert view.found is not None
    members = view.found.value.members("classes", code)
    assert dialog.table.model().rowCount() == members.size > 0
    dialog.table.opened.emit(int(members[0]))
    assert told.places == [("profile", {"customer": int(members[0])})]


def test_the_ratings_behind_can_be_seen_and_written(ctx: Context, qtbot: QtBot, tmp_path: Path) -> None:
    fill(ctx.book)
    ctx.settings.set("ui.folder.export", str(tmp_path))
    view = shown(ctx, qtbot)
    view.behind.ratings()
    dialog = view.findChild(RowsDialog)
    assert isinstance(dialog, RowsDialog)
    dialog.export()
    asking = dialog.findChild(ExportDialog)
    assert isinstance(asking, ExportDialog)
    asking.fields["columns"].set_value("every")
    asking.name.set_value("ratings")
    asking.save_button.click()
    settle(ctx, qtbot)
    dialog.accept()
    assert view.found is not None
    (sheet,) = load_workbook(tmp_path / "ratings.xlsx").worksheets
    assert sheet.max_row - 1 == view.found.satisfaction.now.n
    assert sheet["B1"].value == "Customer"


def test_the_whole_page_goes_into_one_workbook(
    ctx: Context, qtbot: QtBot, told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(ctx.book)
    view = shown(ctx, qtbot)
    path = tmp_path / "page.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    view.export(*view.cards)
    settle(ctx, qtbot)
    sheets = load_workbook(path).worksheets
    assert [sheet.title for sheet in sheets] == [card.name.rstrip("?") for card in view.cards]
    for sheet, card in zip(sheets, view.cards, strict=True):
        data = card.chart.chart_data()
        assert sheet.max_row >= len(data.steps.values) + 1
        assert [sheet.cell(1, 1 + at).value for at in range(len(data.columns()))] == [
            column.title for column in data.columns()
        ]
    with zipfile.ZipFile(path) as parts:
        names = parts.namelist()
    assert sum(name.startswith("xl/media/") for name in names) == 6
    assert sum(name.startswith("xl/charts/") for name in names) == 5
    assert sheets[0]["A2"].is_date
    assert sheets[2].conditional_formatting
    assert sheets[3]["E2"].number_format.startswith('"¥"')
    assert "rows saved in “page.xlsx”. [Open]" in told.notices[-1]


def test_new_figures_follow_a_change_of_the_book(ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    view = shown(ctx, qtbot)
    with ctx.book.step("Another") as step:
        step.insert(Customer, id=99, name="新客", created_at="2026-11-22 09:00:00")
        step.insert(Order, customer_id=99, placed_at=f"{DAY} 12:00:00", total=500, paid=500)
    ctx.changed(step.changes, quiet=True)
    settle(ctx, qtbot)
    assert view.found is not None
    assert 99 in view.found.value.ids.tolist()


def test_an_empty_book_says_what_is_missing(ctx: Context, qtbot: QtBot, told: Told) -> None:
    view = shown(ctx, qtbot)
    assert view.empty.isVisible()
    assert not view.excel_button.isEnabled()
    view.empty.button.click()
    assert told.places == [("exchange", {"mode": "import"})]


def test_an_old_export_is_shown_whole(ctx: Context, qtbot: QtBot) -> None:
    with ctx.book.step("Fill") as step:
        step.insert(Customer, id=1, name="甲", created_at="2011-01-01 09:00:00")
        for day in ("2010-12-03", "2011-02-10", "2011-11-30"):
            step.insert(Order, customer_id=1, placed_at=f"{day} 12:00:00", total=500, paid=500)
    view = shown(ctx, qtbot)
    assert view.period_button.text() == "All months"
    assert months(line(view))[0] == "December 2010"
    assert months(line(view))[-1] == "November 2011"
    assert view.strip.repeat.figure() == percent(1.0)
    view.set_period(12)
    settle(ctx, qtbot)
    assert view.period_button.text() == "Last 12 months"
    assert view.strip.repeat.figure() == "—"


def test_orders_of_nobody_say_so(ctx: Context, qtbot: QtBot) -> None:
    with ctx.book.step("Fill") as step:
        step.insert(Order, placed_at=f"{DAY} 12:00:00", total=500, paid=500)
    view = shown(ctx, qtbot)
    assert view.nameless.isVisible()
    assert not view.empty.isVisible()


def test_a_shop_without_ratings_has_its_other_cards(ctx: Context, qtbot: QtBot) -> None:
    with ctx.book.step("Fill") as step:
        step.insert(Customer, id=1, name="客", created_at="2026-01-01 09:00:00")
        step.insert(Order, customer_id=1, placed_at=f"{DAY} 12:00:00", total=500, paid=500)
    view = shown(ctx, qtbot)
    assert not view.empty.isVisible()
    assert view.satisfaction.chart.is_empty()
    assert view.strip.perceived.figure() == "—"
    assert "No ratings yet" in view.strip.perceived.accessibleName()


def test_a_view_may_go_while_its_figures_are_counted(ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    view = InsightsView(ctx, today=lambda: DAY)
    view.show()
    view.reload()
    assert not ctx.tasks.idle
    view.deleteLater()
    settle(ctx, qtbot)
    assert ctx.tasks.idle


def test_the_whole_page_makes_one_picture(ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    view = shown(ctx, qtbot)
    picture = view.page_picture()
    assert picture.height() > view.column.viewport().height()
