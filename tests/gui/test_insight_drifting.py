"""The drifting screen: the ranked list, the slider with its replay, what is done with rows, and thin data."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop.operations.settings import set_book_setting
from desktop.queries.customers import count_customers, segments
from desktop.queries.insight_drifting import Leaving, drifting_report
from desktop.queries.insight_scope import Narrowing
from desktop.views.insights.drifting.acts import filter_of
from desktop.views.insights.drifting.screen import DriftingScreen
from desktop.views.insights.screen import Frame
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from desktop.views.tasks.task_form import TaskForm
from tests.gui.told import Told
from tests.unit.queries.leaving_shops import TODAY, Sale, regular_shop, scope_of, sell


class Opened:
    """The lists that a screen opened."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, list[int]]] = []

    def __call__(self, title: str, ids: Any) -> None:
        self.rows.append((title, ids.tolist()))


def frame_of(ctx: Context, opened: Opened, reload: Callable[[], None] = lambda: None) -> Frame:
    """A window around a screen that only notes what it is asked."""
    return Frame(
        ctx=ctx, currency="CNY", open_customers=opened, open_ratings=opened, open_orders=opened,
        open_complaints=opened, reload=reload, narrow=lambda _: None, go=lambda _: None,
    )  # fmt: skip


@pytest.fixture
def opened() -> Opened:
    return Opened()


def shown(
    qtbot: QtBot,
    ctx: Context,
    opened: Opened,
    kept: Mapping[str, Any] | None = None,
    only: Narrowing | None = None,
) -> DriftingScreen:
    """The screen with its answer."""
    screen = DriftingScreen(frame_of(ctx, opened), kept or {})
    qtbot.addWidget(screen)
    scope = scope_of(ctx.book, only=only)
    screen.show_answer(screen.ask(scope, screen.kept()), scope)
    screen.resize(1000, 700)
    screen.show()
    return screen


@pytest.fixture
def screen(qtbot: QtBot, ctx: Context, opened: Opened) -> DriftingScreen:
    sell(ctx.book, 160, regular_shop(random.Random(2)))
    return shown(qtbot, ctx, opened)


def test_the_list_begins_with_most_at_stake(screen: DriftingScreen, ctx: Context) -> None:
    report = drifting_report(scope_of(ctx.book))
    listed = report.listed(1.5).only(("drifting", "alarming", "lost"))
    assert list(screen.leavers.ids()) == report.people.ids[listed.places].tolist()
    model = screen.leavers.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    row = model.row_at(0)
    assert row is not None
    assert row.name == f"Customer {row.id}"
    assert row.at_stake == round(report.people.at_stake[listed.places[0]])
    assert model.data(model.index(0, 0)) == row.name


def test_the_slider_moves_list_and_replay_at_once(screen: DriftingScreen) -> None:
    before = len(screen.leavers.ids())
    cell = screen.warning.replay._cells[0, 1].text()
    screen.warning.slider.setFocus()
    QTest.keyClick(screen.warning.slider, Qt.Key.Key_End)
    assert screen.warning.value == 4.0
    assert screen.kept()["multiplier"] == 4.0
    assert len(screen.leavers.ids()) < before
    assert screen.warning.replay._cells[0, 1].text() != cell
    QTest.keyClick(screen.warning.slider, Qt.Key.Key_Left)
    assert screen.warning.value == 3.95
    screen.warning.back_button.click()
    assert screen.warning.value == 1.5
    assert len(screen.leavers.ids()) == before
    assert screen.kept()["multiplier"] is None


def test_a_multiplier_is_kept_and_undone(screen: DriftingScreen, ctx: Context, told: Told) -> None:
    assert not screen.warning.keep_button.isEnabled()
    screen.warning.set_value(2.5)
    screen.warning.keep_button.click()
    settings = [ctx.book.setting(f"rhythm.{name}") for name in ("drifting", "alarming", "lost")]
    assert settings == [2.5, 2.5, 3.0]
    ctx.book.undo()
    settings = [ctx.book.setting(f"rhythm.{name}") for name in ("drifting", "alarming", "lost")]
    assert settings == [1.5, 2.0, 3.0]


def test_a_point_of_the_chart_chooses_its_multiplier(screen: DriftingScreen) -> None:
    chart = screen.replays.chart
    assert not chart.is_empty()
    screen.replays._chosen(20)
    assert screen.warning.value == 3.0
    said = "\n".join(chart.told(20))
    assert "n" in said
    assert "%" in said


def test_chips_choose_who_is_listed(screen: DriftingScreen) -> None:
    report, leavers = screen.report, screen.leavers
    assert report is not None
    for kind in ("drifting", "alarming", "lost"):
        leavers.chips.chip(kind).click()
    leavers.chips.chip("once").click()
    assert len(leavers.ids()) == report.listed(1.5).count("once")
    assert screen.kept()["kinds"] == ["once"]


@pytest.mark.parametrize("key", ["silent", "rhythm", "alive", "expected", "at_stake", "leaving"])
def test_the_list_sorts_by_every_figure(screen: DriftingScreen, key: str) -> None:
    leavers = screen.leavers
    for descending in (True, False):
        leavers._sort_by(key, descending)
        rows = [leavers.model.row_at(line) for line in range(len(leavers.ids()))]
        if key == "leaving":
            continue
        values = [getattr(row, key) for row in rows if getattr(row, key) is not None]
        assert values == sorted(values, reverse=descending)


def test_rows_open_profiles_and_can_be_called(screen: DriftingScreen, ctx: Context, told: Told) -> None:
    table = screen.leavers.table
    first = screen.leavers.ids()[0]
    assert not screen.leavers.call_button.isEnabled()
    table.select_id(first)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert told.places[-1] == ("profile", {"customer": first})
    screen.leavers.acts.call()
    (form,) = screen.findChildren(TaskForm)
    assert f"Customer {first}" in form.fields["title"].value()
    form.reject()
    table.selectAll()
    screen.leavers.acts.call()
    found = ctx.book.rows("SELECT customer_id, due_day, title FROM task ORDER BY id")
    assert {customer for customer, _, _ in found} == set(screen.leavers.ids())
    assert all(str(customer) in title for customer, _, title in found)
    ctx.book.undo()
    assert ctx.book.value("SELECT count(*) FROM task") == 0


def test_tiles_open_the_customers_behind_them(screen: DriftingScreen, opened: Opened) -> None:
    report = screen.report
    assert report is not None
    for key in ("drifting", "alarming", "at_stake", "once"):
        screen.tiles.tiles[key].clicked.emit()
    sizes = {title: len(ids) for title, ids in opened.rows}
    listed = report.listed(1.5)
    assert sizes["Drifting"] == report.moved["drifting"].now.hits
    assert sizes["Alarming"] == listed.count("alarming")
    assert sizes["Came once, late"] == listed.count("once")


def test_a_filter_leaves_whom_the_list_shows(screen: DriftingScreen, ctx: Context) -> None:
    report = drifting_report(scope_of(ctx.book))
    several: list[tuple[Leaving, ...]] = [
        ("drifting", "alarming", "lost"), ("once",), ("gone", "once"), ("lost", "gone"), ("gone",)
    ]  # fmt: skip
    for kinds in several:
        view = filter_of(kinds)
        assert view is not None
        listed = report.listed(1.5).only(kinds)
        assert count_customers(ctx.book, view=view, today=TODAY) == listed.places.size
    alone: tuple[Leaving, ...] = ("drifting",)
    assert filter_of(alone) is None
    assert filter_of(()) is None


def test_what_cannot_be_a_filter_says_why(screen: DriftingScreen) -> None:
    acts = screen.leavers.acts
    assert acts.no_filter() == ""
    screen.warning.set_value(2.0)
    assert "multiplier" in acts.no_filter()
    menu = QMenu()
    acts.fill_list_menu(menu)
    assert [action.isEnabled() for action in menu.actions()] == [True, False, False]


def test_a_filter_is_saved(screen: DriftingScreen, ctx: Context, qtbot: QtBot) -> None:
    screen.leavers.acts.save_filter()
    (form,) = screen.findChildren(FormDialog)
    form.fields["name"].set_value("Leaving")
    form.save()
    assert [one.name for one in segments(ctx.book)] == ["Leaving"]


def test_what_goes_out(screen: DriftingScreen) -> None:
    out = screen.shown()
    assert out is not None
    (table,) = out.tables
    assert len(table.steps.values) == len(screen.leavers.ids())
    assert len(out.paper_tables[0].rows) == min(50, len(screen.leavers.ids()))
    assert len(out.paper_tables[0].heads) == len(out.paper_tables[0].rows[0])


def test_filters_say_so_to_the_customer_list(qtbot: QtBot, ctx: Context, opened: Opened) -> None:
    sell(ctx.book, 160, regular_shop(random.Random(2)))
    screen = shown(qtbot, ctx, opened, only=Narrowing(channel="shop"))
    assert "filters above" in screen.leavers.acts.no_filter()


def test_a_multiplier_between_the_slider_s_steps_is_gone_by(
    qtbot: QtBot, ctx: Context, opened: Opened
) -> None:
    sell(ctx.book, 160, regular_shop(random.Random(2)))
    set_book_setting(ctx.book, key="rhythm.drifting", value=1.43)
    screen = shown(qtbot, ctx, opened)
    assert screen.leavers.by_kept_multiplier
    assert screen.kept()["multiplier"] is None


@pytest.mark.parametrize(
    ("sales", "said"),
    [
        ([], "Nobody whom the filters leave"),
        ([(1, -5, 500, "shop")], "Nobody whom the filters leave"),
    ],
)
def test_nobody_to_look_at_is_said(
    qtbot: QtBot, ctx: Context, opened: Opened, sales: list[Sale], said: str
) -> None:
    sell(ctx.book, 2, sales)
    screen = shown(qtbot, ctx, opened)
    assert said in screen.missing


@pytest.mark.parametrize(
    "sales",
    [
        [(1, 10, 5000, "shop")],
        [(1, 10, 5000, "shop"), (2, 10, 700, "shop")],
        [(1, 300, 5000, "shop"), (1, 200, -9000, "shop"), (1, 250, 5000, "shop")],
    ],
    ids=["one order", "one day", "negative"],
)
def test_thin_data_says_what_is_missing(
    qtbot: QtBot, ctx: Context, opened: Opened, sales: list[Sale]
) -> None:
    sell(ctx.book, 2, sales)
    screen = shown(qtbot, ctx, opened)
    assert screen.missing == ""
    assert screen.warning.none.isVisibleTo(screen)
    assert screen.warning.none.text().startswith("No replay yet")
    assert "365 days" in screen.note.text()
    assert "alive" not in {column.key for column in screen.leavers.model.columns}
    assert screen.replays.chart.is_empty()
    screen.shown()


def test_the_money_is_read_whole_where_no_model_stands_beside_it(
    qtbot: QtBot, ctx: Context, opened: Opened
) -> None:
    sell(ctx.book, 1, [(1, 10, 27_089_345, "shop")])
    table = shown(qtbot, ctx, opened).leavers.table
    said = {one.key: table.columnWidth(at) for at, one in enumerate(table.rows.columns)}
    wanted = table.fontMetrics().horizontalAdvance("¥270,893.45") + 24
    assert min(said["expected"], said["at_stake"]) >= wanted
    assert said["leaving"] == 92
    assert sum(said.values()) <= table.viewport().width() + 1


def test_all_marked_as_no_customers(qtbot: QtBot, ctx: Context, opened: Opened) -> None:
    sell(ctx.book, 1, [(1, 10, 500, "shop")], outside=(1,))
    assert "marked" in shown(qtbot, ctx, opened).missing
