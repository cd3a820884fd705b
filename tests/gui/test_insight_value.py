"""The value screen: tiles, charts that open, the list by four values, the horizon, and thin data."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from desktop.models.customers import Customer
from desktop.models.service import Rating
from desktop.queries.insight_value import RANKINGS, value_report
from desktop.queries.lifetime import NoModel, ShopModel
from desktop.queries.prospects import Prospects
from desktop.views.insights.drifting.words import basis_words
from desktop.views.insights.value.screen import ValueScreen
from desktop.views.kit.context import Context
from tests.gui.test_insight_drifting import Opened, frame_of
from tests.gui.told import Told
from tests.unit.queries.leaving_shops import TODAY, Sale, regular_shop, scope_of, sell


@pytest.fixture
def opened() -> Opened:
    return Opened()


def shown(qtbot: QtBot, ctx: Context, opened: Opened, kept: Mapping[str, Any] | None = None) -> ValueScreen:
    """The screen with its answer."""
    screen = ValueScreen(frame_of(ctx, opened), kept or {})
    qtbot.addWidget(screen)
    ask(screen)
    screen.resize(1000, 700)
    screen.show()
    return screen


def ask(screen: ValueScreen) -> None:
    scope = scope_of(screen.frame.ctx.book)
    screen.show_answer(screen.ask(scope, screen.kept()), scope)


@pytest.fixture
def screen(qtbot: QtBot, ctx: Context, opened: Opened) -> ValueScreen:
    sell(ctx.book, 160, regular_shop(random.Random(2)))
    with ctx.book.step("Tell") as step:
        step.update(Customer, 9, referred_by=4)
        for customer, score in ((5, 10), (6, 3)):
            at = f"{TODAY} 10:00:00"
            step.insert(
                Rating, customer_id=customer, ended_at=at, rated_at=at, perceived=5, recommend=score, public=1
            )
    return shown(qtbot, ctx, opened)


def test_tiles_say_what_all_are_worth(screen: ValueScreen, opened: Opened) -> None:
    report = screen.report
    assert report is not None
    tiles = screen.tiles.tiles
    assert tiles["alive"].figure() == f"{report.still_customers:,.0f}"
    assert tiles["crowd"].figure() == "1"
    assert tiles["information"].figure() == "2"
    for key in ("total", "best", "crowd", "information"):
        tiles[key].clicked.emit()
    assert [len(ids) for _, ids in opened.rows] == [report.ids.size, report.tenths[0].customers, 1, 2]
    assert opened.rows[2][1] == [4]


def test_bars_and_groups_open_their_customers(screen: ValueScreen, opened: Opened) -> None:
    report = screen.report
    assert report is not None
    for chart in (screen.tenths.chart, screen.alive.chart):
        chart.setFocus()
        chart._point(0)
        QTest.keyClick(chart, Qt.Key.Key_Return)
    screen.parts._list.chosen.emit("0")
    sizes = [len(ids) for _, ids in opened.rows]
    assert sizes == [
        report.tenths[0].customers, report.alive_counts[0], report.parts["segment"][0].customers
    ]  # fmt: skip
    assert "%" in "\n".join(screen.tenths.chart.told(0))


def test_groups_are_chosen_by_chips(screen: ValueScreen) -> None:
    assert screen.parts.group == "segment"
    screen.parts.chips.chip("channel").click()
    assert screen.kept()["group"] == "channel"
    names = screen.parts.chart.chart_data().steps.values
    assert len(names) == 2


@pytest.mark.parametrize("ranking", RANKINGS)
def test_a_click_on_a_title_ranks_by_it(screen: ValueScreen, ranking: str) -> None:
    people = screen.people
    QAbstractItemModelTester(people.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    people._sort_by("spent", True)
    people._sort_by(ranking, ranking != "spent")
    report = screen.report
    assert report is not None
    wanted = report.ids[report.ranked(people.ranking)].tolist()
    assert list(people.ids()) == (wanted[::-1] if ranking == "spent" else wanted)
    assert screen.kept()["ranking"] == ranking


def test_rows_say_all_four_values(screen: ValueScreen, told: Told) -> None:
    rows = screen.people.rows([4, 5, 6])
    assert rows[4].crowd == 1
    assert (rows[5].mouth, rows[5].public, rows[5].public_mean) == (10, 1, 5)
    assert rows[6].ratings == 1
    screen.people.table.select_id(5)
    QTest.keyClick(screen.people.table, Qt.Key.Key_Return)
    assert told.places[-1] == ("profile", {"customer": 5})


def test_the_horizon_is_kept_and_undone(screen: ValueScreen, ctx: Context) -> None:
    before = screen.report.total if screen.report else 0
    screen.horizon.months.setValue(24)
    screen.horizon.discount.setValue(0.5)
    assert ctx.book.setting("value.months") == 12
    screen.horizon.commit()
    assert (ctx.book.setting("value.months"), ctx.book.setting("value.discount")) == (24, 0.5)
    ask(screen)
    assert screen.report is not None
    assert screen.report.total > before
    assert "24 months" in screen.horizon.note.text()
    assert screen.horizon.back_button.isVisibleTo(screen)
    screen.horizon.back_button.click()
    assert (ctx.book.setting("value.months"), ctx.book.setting("value.discount")) == (12, 1.0)
    ctx.book.undo()
    assert (ctx.book.setting("value.months"), ctx.book.setting("value.discount")) == (24, 0.5)


def test_resting_hands_keep_the_horizon(screen: ValueScreen, ctx: Context, qtbot: QtBot) -> None:
    screen.horizon.months.setValue(6)
    qtbot.waitUntil(lambda: ctx.book.setting("value.months") == 6, timeout=3000)


def test_what_goes_out(screen: ValueScreen) -> None:
    out = screen.shown()
    assert out is not None
    assert len(out.lines) == 6
    assert not any(chart.is_empty() for chart in out.charts)
    assert len(out.tables[0].steps.values) == len(screen.people.ids())


def test_kept_choices_that_make_no_sense_are_left(qtbot: QtBot, ctx: Context, opened: Opened) -> None:
    sell(ctx.book, 1, [(1, 5, 100, "shop")])
    screen = shown(qtbot, ctx, opened, {"group": "planet", "ranking": 7})
    assert screen.kept() == {"group": "segment", "ranking": "expected"}


@pytest.mark.parametrize(
    "sales",
    [
        [(1, 10, 5000, "shop")],
        [(1, 10, 5000, "shop"), (2, 10, 700, "")],
        [(1, 300, 5000, "shop"), (1, 200, -9000, "shop")],
        [(1, 900, 0, "shop")],
    ],
    ids=["one order", "one day", "negative", "nothing paid"],
)
def test_thin_data_says_what_is_missing(
    qtbot: QtBot, ctx: Context, opened: Opened, sales: list[Sale]
) -> None:
    sell(ctx.book, 2, sales)
    screen = shown(qtbot, ctx, opened)
    assert screen.missing == ""
    assert screen.tenths.chart.is_empty()
    assert screen.alive.chart.is_empty()
    assert "365 days" in screen.horizon.note.text()
    assert screen.tiles.tiles["alive"].figure() == "—"
    assert screen.tiles.tiles["best"].figure() == "—"
    screen.shown()


def test_nobody_is_said(qtbot: QtBot, ctx: Context, opened: Opened) -> None:
    assert "Nobody" in shown(qtbot, ctx, opened).missing
    sell(ctx.book, 1, [(1, 5, 100, "shop")], outside=(1,))
    assert "marked" in shown(qtbot, ctx, opened).missing


def test_a_model_of_spend_that_fails_is_said_in_plain_words(ctx: Context) -> None:
    sell(ctx.book, 160, regular_shop(random.Random(2)))
    hopes = value_report(scope_of(ctx.book)).expectations
    assert isinstance(hopes.model, ShopModel)

    def said(**changes: Any) -> str:
        values = {name: getattr(hopes, name) for name in Prospects.__dataclass_fields__} | changes
        return basis_words(Prospects(**values))

    for why, words in (("dependent", "come more often"), ("unconverged", "no pattern"), ("few", "too few")):
        model = ShopModel(hopes.model.model, None, why, 160, hopes.model.day)  # type: ignore[arg-type]
        assert words in said(basis="average", model=model)
    for why, words in (("unconverged", "found no end"), ("one-day", "one single day"), ("few", "needs 50")):
        assert words in said(basis="year", model=NoModel(3, 50, why))  # type: ignore[arg-type]
