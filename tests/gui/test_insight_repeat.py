"""Repeat purchase, cohorts and segments on the screen: what opens what, the keyboard, and thin data."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop.core.progress import Progress
from desktop.core.translation import set_language
from desktop.exchange.writers.chart_book import Sheet
from desktop.exchange.writers.chart_data import ChartData
from desktop.queries.customer_filter import CustomerFilter
from desktop.queries.customers import customer_ids, segments
from desktop.queries.insight_scope import Narrowing, Scope
from desktop.views.insights.cohorts.screen import CohortsScreen
from desktop.views.insights.repeat.screen import RepeatScreen
from desktop.views.insights.screen import Frame, InsightScreen
from desktop.views.insights.segments.screen import SegmentsScreen
from desktop.views.kit.chart_out import sheet_of, svg, write_workbook
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from tests.gui.told import Told
from tests.unit.queries.leaving_shops import TODAY, Sale, regular_shop, scope_of, sell

S = TypeVar("S", bound=InsightScreen)


class Asked:
    """What a screen asked of the window around it."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, list[int]]] = []
        self.narrowed: list[Narrowing] = []
        self.reloads = 0

    def frame(self, ctx: Context) -> Frame:
        """The window."""

        def count() -> None:
            self.reloads += 1

        def opened(title: str, ids: Any) -> None:
            self.rows.append((title, ids.tolist()))

        return Frame(
            ctx=ctx, currency="CNY", open_customers=opened, open_ratings=opened, open_orders=opened,
            open_complaints=opened, reload=count, narrow=self.narrowed.append, go=lambda _: None,
        )  # fmt: skip


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def make(qtbot: QtBot, ctx: Context, asked: Asked) -> Callable[..., Any]:
    """Shows a screen over the book of `ctx`, with its answer."""

    def shown(kind: type[S], scope: Scope | None = None, **kept: object) -> S:
        screen = kind(asked.frame(ctx), kept)
        qtbot.addWidget(screen)
        looked = scope or scope_of(ctx.book, days=365)
        screen.show_answer(screen.ask(looked, screen.kept()), looked)
        screen.resize(1040, 800)
        screen.show()
        return screen

    return shown


@pytest.fixture
def shop(ctx: Context) -> list[Sale]:
    """A shop of regulars."""
    sales = regular_shop(random.Random(3), 120)
    sell(ctx.book, 120, sales)
    return sales


def _column(data: ChartData, title: str) -> list[Any]:
    return list(next(one.values for one in data.columns() if one.title == title))


# -- repeat purchase


def test_tiles_and_points_open_their_customers(
    make: Callable[..., RepeatScreen], shop: list[Sale], asked: Asked
) -> None:
    screen = make(RepeatScreen)
    assert list(screen.tiles.tiles) == ["b", "a", "c", "d", "e", "gaps"]
    report = screen.report
    assert report is not None
    for key, line in zip(screen.tiles.tiles, screen.lines, strict=True):
        screen.tiles.tiles[key].clicked.emit()
        assert line.interval
    sizes = [len(ids) for _, ids in asked.rows]
    hits = [getattr(figure.now, "hits", -1) for figure in report.figures]
    assert sizes[0] == hits[0]
    assert sizes[1] == hits[1]
    assert sizes[2] == sizes[1]
    assert sizes[3] == hits[3]
    assert sizes[4] == hits[4]
    asked.rows.clear()
    screen.open_month(11)
    month = report.trend[11].month
    assert month is not None
    assert len(asked.rows[0][1]) == getattr(month, "hits", -1)
    screen.open_buyers(11)
    assert len(asked.rows[1][1]) == report.months[11].new + report.months[11].returning


def test_the_chart_holds_value_interval_and_n(make: Callable[..., RepeatScreen], shop: list[Sale]) -> None:
    screen = make(RepeatScreen)
    data = screen.trend.chart.chart_data()
    assert [one.title for one in data.columns()][1:5] == [
        "One month",
        "One month: from",
        "One month: to",
        "One month: number",
    ]
    said = screen.trend.chart.told(11)
    assert "n = " in said[1]
    assert said[2].startswith("3 months")
    curve = screen.curve.chart.chart_data()
    assert _column(curve, "All")[0] == 0
    assert all(
        low <= high
        for low, high in zip(_column(curve, "All: from")[2:], _column(curve, "All: to")[2:], strict=True)
    )


def test_another_definition_is_asked_for_and_kept(
    make: Callable[..., RepeatScreen], shop: list[Sale], asked: Asked
) -> None:
    screen = make(RepeatScreen)
    for definition in ("a", "c", "d", "e"):
        screen.chips.choose(definition)
        screen.chips.chosen.emit(definition)
        assert screen.kept() == {"definition": definition}
        scope = scope_of(screen.frame.ctx.book, days=365)
        screen.show_answer(screen.ask(scope, screen.kept()), scope)
        assert screen.report is not None
        assert screen.report.definition == definition
        assert not screen.trend.chart.is_empty()
    assert asked.reloads == 4
    assert make(RepeatScreen, definition="nonsense").definition == "b"


def test_a_bar_opens_who_came_back_after_so_long(
    make: Callable[..., RepeatScreen], shop: list[Sale], asked: Asked
) -> None:
    screen = make(RepeatScreen)
    bars = screen.gaps.chart
    bars.setFocus()
    QTest.keyClick(bars, Qt.Key.Key_Right)
    QTest.keyClick(bars, Qt.Key.Key_Return)
    title, ids = asked.rows[-1]
    assert "0–6 d" in title
    assert 0 < len(ids) <= int(_column(bars.chart_data(), "Number")[0])
    screen.open_seconds(175, None)
    assert "175 d and more" in asked.rows[-1][0]
    assert len(screen.shown().charts) == 5  # type: ignore[union-attr]


# -- cohorts


def test_cells_are_walked_and_open_their_customers(
    make: Callable[..., CohortsScreen], shop: list[Sale], asked: Asked
) -> None:
    screen = make(CohortsScreen)
    report = screen.report
    assert report is not None
    screen.heat.grab()
    screen.heat.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(screen.heat, key)
    assert len(asked.rows[0][1]) == report.retention.size[0]
    cell = report.cell(0, 1)
    assert cell is not None
    assert len(asked.rows[-1][1]) == getattr(cell, "hits", -1) or cell.value == 0
    said = screen.heat.told(1)
    assert said[0].endswith("M1")
    assert "%" in said[1]
    assert "customers" in said[2]
    growing = screen.heat.cell(0, report.retention.start.size - 1)
    assert growing is not None
    assert growing.growing
    place = next(QPointF(x, 36) for x in range(0, 1000, 4) if screen.heat.index_at(QPointF(x, 36)) == 0)
    QTest.mouseClick(screen.heat, Qt.MouseButton.LeftButton, pos=(place + QPointF(4, 0)).toPoint())
    assert asked.rows[-1][1] == asked.rows[0][1]


def test_money_and_quarters(make: Callable[..., CohortsScreen], shop: list[Sale], asked: Asked) -> None:
    screen = make(CohortsScreen, by="quarter", measure="net")
    report = screen.report
    assert report is not None
    assert report.by == "quarter"
    assert screen.kept() == {"by": "quarter", "measure": "net"}
    first = next(row for row in range(report.retention.start.size) if report.retention.size[row])
    assert report.money is not None
    data = screen.heat.chart_data()
    assert data.kind == "money"
    each = report.money.net[first, 0] / report.retention.size[first]
    assert _column(data, "Q0")[first] == pytest.approx(each)
    said = screen.heat.told(first * report.retention.start.size)
    assert any("in all" in one for one in said)
    screen.bys.chosen.emit("month")
    assert asked.reloads == 1
    screen.open_second(0)
    assert "within 90 days" in asked.rows[-1][0]


# -- segments


def test_the_square_and_the_list_open_customers(
    make: Callable[..., SegmentsScreen], shop: list[Sale], asked: Asked
) -> None:
    screen = make(SegmentsScreen)
    report = screen.report
    assert report is not None
    row, column = next(
        (row, column) for row in range(5) for column in range(5) if screen.grid.cell(row, column) is not None
    )
    screen.grid.chosen.emit(row, column)
    title, ids = asked.rows[-1]
    assert title == f"R{5 - row} · F{column + 1}"
    assert len(ids) == report.grid.customers[4 - row, column]
    screen.bars.setFocus()
    QTest.keyClick(screen.bars, Qt.Key.Key_Down)
    QTest.keyClick(screen.bars, Qt.Key.Key_Return)
    net = dict(zip(report.ids.tolist(), report.year_net.tolist(), strict=True))
    ids = asked.rows[-1][1]
    assert ids == report.members("segments", "champions").tolist()
    assert [net[one] for one in ids] == sorted((net[one] for one in ids), reverse=True)
    assert sum(_column(screen.bars.chart_data(), "Customers")) == report.ids.size
    moved = screen.moves.chart_data().columns()
    assert sum(moved[-1].values) == report.ids.size  # type: ignore[arg-type]


def test_ten_segments_or_eight_classes(make: Callable[..., SegmentsScreen], shop: list[Sale]) -> None:
    screen = make(SegmentsScreen)
    assert screen.bars.point_count() == 10
    screen.chips.choose("classes")
    screen.chips.chosen.emit("classes")
    assert screen.bars.point_count() == 8
    assert screen.kept() == {"table": "classes"}
    assert len(screen.moves.chart_data().lines) == 8


def test_a_move_opens_who_made_it(
    make: Callable[..., SegmentsScreen], shop: list[Sale], asked: Asked
) -> None:
    screen = make(SegmentsScreen)
    report = screen.report
    assert report is not None
    counts = report.moved("segments")
    row, column = (int(one[0]) for one in np.nonzero(counts))
    screen.moves.chosen.emit(row, column)
    assert len(asked.rows[-1][1]) == counts[row, column]
    screen.moves.chosen.emit(row, 10)
    assert len(asked.rows[-1][1]) == counts[row].sum()
    if counts[-1].any():
        screen.moves.chosen.emit(10, int(np.flatnonzero(counts[-1])[0]))
        assert "New customers" in asked.rows[-1][0]


def test_a_segment_becomes_a_filter(
    make: Callable[..., SegmentsScreen], shop: list[Sale], ctx: Context, told: Told, asked: Asked
) -> None:
    screen = make(SegmentsScreen)
    report = screen.report
    assert report is not None
    members = sorted(report.members("segments", "loyal").tolist())
    menu = QMenu(screen)
    screen.acts.fill_all(menu, "segments")
    names = [action.text() for action in menu.actions()]
    assert names[:2] == ["Champions", "Loyal"]
    inner = menu.actions()[1].menu()
    assert isinstance(inner, QMenu)
    show, open_in, save, look = inner.actions()
    show.trigger()
    assert sorted(asked.rows[-1][1]) == members
    open_in.trigger()
    place, params = told.places[-1]
    assert place == "customers"
    wanted = CustomerFilter.from_json(str(params["condition"]))
    assert sorted(customer_ids(ctx.book, view=wanted, today=TODAY)) == members
    save.trigger()
    (form,) = screen.window().findChildren(FormDialog)
    form.fields["name"].set_value("My loyal ones")
    form.save()
    saved = segments(ctx.book)[-1]
    assert saved.name == "My loyal ones"
    assert sorted(customer_ids(ctx.book, view=saved.view, today=TODAY)) == members
    look.trigger()
    assert asked.narrowed == [Narrowing(segment="loyal")]


# -- thin data


THIN: dict[str, list[Sale]] = {
    "nothing": [],
    "one order": [(1, 30, 500, "shop")],
    "one customer": [(1, 3, 500, "shop"), (1, 90, 800, "shop")],
    "one day": [(number, 7, 500, "shop") for number in range(1, 6)],
    "future": [(1, -5, 500, "shop"), (2, -400, 500, "shop")],
    "returns": [(1, 5, -500, "shop"), (2, 8, -900, "shop")],
    "negative": [(1, 5, 100, "shop"), (1, 4, -900, "shop"), (2, 3, 200, "shop")],
    "long ago": [(1, 4_000, 500, "shop"), (2, 4_100, 500, "shop")],
}
SAID: dict[str, tuple[str, str, str]] = {
    "nothing": ("Nobody bought", "Nobody bought", "Nobody bought"),
    "one order": ("one customer only", "one new customer only", "1 customer only"),
    "one customer": ("one customer only", "one new customer only", "1 customer only"),
    "one day": ("All purchases are of one day", "No month after the first", "second time yet"),
    "future": ("Nobody bought", "Nobody bought", "Nobody bought"),
    "returns": ("Nobody bought", "Nobody bought", "Nobody bought"),
    "negative": ("second time yet", "No month after the first", "2 customers only"),
    "long ago": ("Nobody bought anything in this period", "for the first time in these", "2 customers only"),
}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("thin", THIN)
def test_thin_data_is_said_not_drawn(
    make: Callable[..., Any], ctx: Context, thin: str, language: str
) -> None:
    sell(ctx.book, 5, THIN[thin])
    set_language(language)
    kinds: tuple[type[Any], ...] = (RepeatScreen, CohortsScreen, SegmentsScreen)
    try:
        for kind, words in zip(kinds, SAID[thin], strict=True):
            screen = make(kind)
            said = screen.missing or screen.thin.text()
            assert said
            if language == "en":
                assert words in said
            assert (screen.shown() is None) == bool(screen.missing)
            screen.grab()
    finally:
        set_language("en")


@pytest.mark.parametrize("kind", [RepeatScreen, CohortsScreen, SegmentsScreen])
def test_everything_goes_out_as_a_workbook_and_a_picture(
    make: Callable[..., Any], shop: list[Sale], tmp_path: Path, kind: type[Any]
) -> None:
    shown = make(kind).shown()
    assert shown is not None
    sheets = [*(sheet_of(chart) for chart in shown.charts), *(Sheet(table) for table in shown.tables)]
    path = tmp_path / "shown.xlsx"
    write_workbook(path, sheets, Progress())
    book = load_workbook(path)
    assert len(book.sheetnames) == len(sheets)
    assert all(sheet.max_row > 1 for sheet in book.worksheets)
    for chart in shown.charts:
        assert b"<svg" in svg(chart)[:400]
