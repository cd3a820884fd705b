"""The figures of complaints through their own widgets: what they say, the rows behind, filters, ways out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.analytics.intervals import Change, Mean, change, rate
from desktop.core.figures import percent
from desktop.core.words import SUBJECTS
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.complaints import Complaint, Promise, Remedy
from desktop.models.customers import Customer
from desktop.models.orders import Order, Product
from desktop.models.service import Rating
from desktop.models.shop import Staff
from desktop.operations.complaints import delete_complaints
from desktop.queries.complaint_figures import complaint_report
from desktop.queries.complaint_figures_cohorts import ComplaintSlice
from desktop.views.complaints.figures.filters import Wanted
from desktop.views.complaints.figures.pane import FiguresPane
from desktop.views.figures.lines import FigureLine, Unit
from desktop.views.figures.pages import write_figures
from desktop.views.figures.period import Period
from desktop.views.kit.context import Context
from tests.gui.told import Told

NOW = datetime(2026, 11, 22, 15, 0)
TODAY = NOW.date()
DETAILS = ("Late parcel", "Own words", "")
CAUSES = ("The courier", "the  COURIER", "Wet tins", "")


def fill(book: Book, count: int = 90) -> None:
    """Complaints over half a year about three products, half of the year before with fewer."""
    with book.step("Fill") as step:
        for number in range(1, 4):
            step.insert(Product, id=number, name=f"Tea {number}")
            step.insert(Staff, id=number, name=f"Clerk {number}")
        for number in range(1, 31):
            step.insert(Customer, id=number, name=f"C{number}", created_at="2025-01-01 09:00:00")
        for number in range(400):
            at = f"{TODAY - timedelta(days=number)} 10:00:00"
            step.insert(
                Order, id=number + 1, customer_id=1 + number % 30, channel="shop", placed_at=at, paid=100
            )
        for number in range(1, count + 1):
            add(step, number)


def add(step: Any, number: int) -> None:
    received = NOW - timedelta(days=2 * number, hours=number % 5)
    subject = list(SUBJECTS)[0 if number % 2 else number % 7]
    ended = number > 6

    def later(hours: float) -> str:
        return (received + timedelta(hours=hours)).isoformat(" ", "seconds")

    step.insert(
        Complaint, id=number, number=f"C-{number:04}", customer_id=1 + number % 30, order_id=2 * number,
        product_id=None if number % 10 == 0 else 1 + number % 3, staff_id=1 + number % 3,
        channel="wechat" if number % 4 else "phone", received_at=later(0), title=f"Complaint {number}",
        subject=subject, detail=DETAILS[number % 3], severity="high" if number % 5 == 0 else "medium",
        status="closed" if ended else "received", reply_due_at=later(4), settle_due_at=later(48),
        replied_at=later(1 + number % 7) if ended else None,
        settled_at=later(30 + number % 40) if ended else None,
        closed_at=later(90) if ended else None, reopened=int(number % 9 == 0),
        cause=CAUSES[number % 4] if ended else "",
    )  # fmt: skip
    if ended and number % 3 == 0:
        step.insert(Remedy, complaint_id=number, kind="refund", cost=500, given_at=later(30), text="")
        step.insert(
            Promise, complaint_id=number, customer_id=1 + number % 30, text="Call", made_at=later(1),
            due_at=later(9), outcome="kept" if number % 2 else "broken", ended_at=later(8),
        )  # fmt: skip
        step.insert(
            Rating, complaint_id=number, customer_id=1 + number % 30, asked_at=later(90), rated_at=later(91),
            ended_at=later(89), perceived=2 + number % 4,
        )  # fmt: skip


class Opened:
    """The lists that were opened: the ids and the title of each."""

    def __init__(self) -> None:
        self.lists: list[tuple[list[int], str]] = []

    def __call__(self, ids: Sequence[int], title: str) -> None:
        self.lists.append((list(ids), title))


@pytest.fixture
def opened() -> Opened:
    """What the pane asked to be opened."""
    return Opened()


def shown(ctx: Context, qtbot: QtBot, opened: Opened, wanted: Wanted | None = None) -> FiguresPane:
    kept = wanted.kept() if wanted else None
    made = FiguresPane(ctx, open_rows=opened, kept=kept, now=lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1016, 640)
    made.show()
    qtbot.waitUntil(lambda: made.answer is not None)
    settle(ctx, qtbot)
    return made


def settle(ctx: Context, qtbot: QtBot) -> None:
    qtbot.wait(20)
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    qtbot.wait(5)


def rows(book: Book, where: str) -> set[int]:
    return {row for (row,) in book.rows(f"SELECT id FROM complaint WHERE {where}")}


def test_tiles_say_what_the_query_counts_and_open_its_rows(
    ctx: Context, qtbot: QtBot, opened: Opened
) -> None:
    fill(ctx.book)
    pane = shown(ctx, qtbot, opened)
    start, end = Period().days(TODAY)
    report = complaint_report(ctx.book, start=start, end=end, now=NOW)
    tiles = pane.tiles.tiles
    assert len(tiles) == 12
    assert tiles["received"].figure() == "90"
    assert tiles["replies_in_time"].figure() == percent(report.handling.replies_in_time.value)
    assert tiles["promises"].figure() == percent(report.handling.promises.value)
    assert tiles["cost"].figure() == "¥140"
    described = tiles["settled_in_time"].accessibleDescription()
    assert f"n {report.handling.settled_in_time.n}" in described
    assert "95 % interval" in described
    assert "÷" in described
    for key in tiles:
        opened.lists.clear()
        QTest.keyClick(tiles[key], Qt.Key.Key_Return)
        behind = list(report.rows_behind(key))
        assert [ids for ids, _ in opened.lists] == ([behind] if behind else [])
    QTest.mouseClick(tiles["open"], Qt.MouseButton.LeftButton)
    assert set(opened.lists[-1][0]) == rows(ctx.book, "open = 1")
    assert opened.lists[-1][1] == "Still open"


def test_a_tile_explains_itself(ctx: Context, qtbot: QtBot, opened: Opened) -> None:
    fill(ctx.book, 40)
    tile = shown(ctx, qtbot, opened).tiles.tiles["reopened"]
    tile.explain()
    assert tile.popover is not None
    assert [link.text() for link in tile.popover.links] == ["Show the complaints"]
    tile.popover.links[0].click()
    assert opened.lists[-1][1] == "Reopened"


def line(unit: Unit, now: Any, before: Any, moved: Change) -> FigureLine:
    return FigureLine("key", "Name", unit, now, before, moved, "How.", "nothing", "CNY")


@pytest.mark.parametrize(
    ("now", "before", "wanted", "said", "role"),
    [
        ((90, 100), (40, 100), 1, "50 pts more", "accent"),
        ((90, 100), (40, 100), -1, "50 pts more", "red"),
        ((90, 100), (40, 100), 0, "50 pts more", "text"),
        ((50, 100), (47, 100), 1, "3 pts more", "muted"),
        ((47, 100), (50, 100), 1, "3 pts less", "muted"),
        ((50, 100), (50, 100), 1, "as before", "muted"),
        ((20, 20), (1, 20), 1, "too few to compare", "muted"),
        ((20, 40), (0, 0), 1, "nothing before", "muted"),
        ((0, 0), (20, 40), 1, "", "muted"),
    ],
)
def test_a_change_is_said_in_words_and_coloured_only_where_it_is_clear(
    now: tuple[int, int], before: tuple[int, int], wanted: int, said: str, role: str
) -> None:
    one, other = rate(*now), rate(*before)
    made = line("share", one, other, change(one, other, wanted))
    assert (made.change, made.role) == (said, role)
    assert made.clear == (role not in ("muted",))
    assert made.verdict == "" if not (now[1] and before[1]) else made.verdict


def test_each_unit_has_its_words() -> None:
    def moved(unit: Unit, now: float, before: float) -> str:
        one, other = Mean(now, 50, now - 1, now + 1), Mean(before, 50, before - 1, before + 1)
        return line(unit, one, other, change(one, other, -1)).change

    assert moved("minutes", 120, 270) == "2.5 h shorter"
    assert moved("minutes", 90, 30) == "1 h longer"
    assert moved("count", 12, 9) == "3 more"
    assert moved("count", 9, 12) == "3 fewer"
    assert moved("money", 1250, 1000) == "¥2.50 more"
    assert moved("score", 4.5, 4.25) == "0.25 more"
    nothing = Mean(None, 0, None, None)
    assert line("minutes", Mean(90, 50, 60, 120), nothing, Change(nothing)).interval == "1 h–2 h"


def test_filters_narrow_everything_and_close_again(ctx: Context, qtbot: QtBot, opened: Opened) -> None:
    fill(ctx.book)
    pane = shown(ctx, qtbot, opened)
    wanted = {"subject": "quality", "product": 2, "channel": "wechat", "clerk": 2, "severity": "medium"}
    for name, value in wanted.items():
        menu = pane.bar.buttons[name].menu()
        assert menu is not None
        before = pane.bar.wanted
        said = {"subject": "Product quality", "product": "Tea 2", "channel": "WeChat", "clerk": "Clerk 2",
                "severity": "Medium"}[name]  # fmt: skip
        next(action for action in menu.actions() if action.text() == said).trigger()
        assert getattr(pane.bar.wanted, name) == value
        assert pane.bar.wanted != before
    settle(ctx, qtbot)
    left = rows(
        ctx.book,
        "subject = 'quality' AND product_id = 2 AND channel = 'wechat' AND staff_id = 2 "
        "AND severity = 'medium'",
    )
    assert left
    assert pane.tiles.tiles["received"].figure() == str(len(left))
    pane.open_figure("received")
    assert set(opened.lists[-1][0]) == left
    assert pane.bar.named()[:2] == ["Subject: Product quality", "Product: Tea 2"]
    assert not pane.bar.chips.isHidden()
    pane.bar.chips.chip("channel").click()
    settle(ctx, qtbot)
    assert pane.bar.wanted.on == ["subject", "product", "clerk", "severity"]
    assert Wanted.of(pane.route_params()) == pane.bar.wanted
    pane.bar.chips.chip("all").click()
    settle(ctx, qtbot)
    assert pane.bar.wanted == Wanted()
    assert pane.bar.chips.isHidden()
    assert pane.tiles.tiles["received"].figure() == "90"


def test_periods_are_chosen_and_own_dates_asked_for(ctx: Context, qtbot: QtBot, opened: Opened) -> None:
    fill(ctx.book)
    pane = shown(ctx, qtbot, opened)
    pane.bar.choose_period("month")
    settle(ctx, qtbot)
    assert pane.tiles.tiles["received"].figure() == str(
        len(rows(ctx.book, "received_at >= '2026-11-01' AND received_at < '2026-11-23'"))
    )
    dialog = pane.bar.ask_dates()
    # The wrong way round is put right.
    dialog.fields["first"].set_value(date(2026, 9, 30))
    dialog.fields["last"].set_value(date(2026, 9, 1))
    dialog.save()
    settle(ctx, qtbot)
    assert pane.bar.period_button.text() == "1 Sep 2026 – 30 Sep 2026"
    pane.open_figure("received")
    assert set(opened.lists[-1][0]) == rows(
        ctx.book, "received_at >= '2026-09-01' AND received_at < '2026-10-01'"
    )
    assert Wanted.of(pane.route_params()).period == pane.bar.wanted.period


def test_the_months_open_their_complaints(ctx: Context, qtbot: QtBot, opened: Opened) -> None:
    fill(ctx.book)
    pane = shown(ctx, qtbot, opened)
    chart = pane.trend.chart
    assert chart.point_count() == 12
    QTest.keyClick(chart, Qt.Key.Key_Right)
    for _ in range(11):
        QTest.keyClick(chart, Qt.Key.Key_Right)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert set(opened.lists[-1][0]) == rows(ctx.book, "received_at >= '2026-11-01'")
    assert opened.lists[-1][1] == "1 Nov 2026 – 22 Nov 2026"
    at = chart.pixel_of(11, 0.0)  # type: ignore[attr-defined]  # a line chart
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPointF(at.x(), 60).toPoint())
    assert opened.lists[-1] == opened.lists[-2]
    assert sum(int(row[1]) for row in chart.data_table()[1]) == 90


def test_a_subject_shows_its_details_and_a_detail_its_complaints(
    ctx: Context, qtbot: QtBot, opened: Opened
) -> None:
    fill(ctx.book)
    card = shown(ctx, qtbot, opened).subjects
    chart = card.chart
    assert chart.data_table()[1][0][0] == "Product quality"
    assert sum(int(row[1]) for row in chart.data_table()[1]) == 90
    QTest.keyClick(chart, Qt.Key.Key_Down)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert card.subject == "quality"
    quality = rows(ctx.book, "subject = 'quality'")
    assert sum(int(row[1]) for row in chart.data_table()[1]) == len(quality)
    assert {row[0] for row in chart.data_table()[1]} == {"Late parcel", "Own words", "No detail noted"}
    first = chart.data_table()[1][0][0]
    QTest.keyClick(chart, Qt.Key.Key_Down)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    kept = "" if first == "No detail noted" else first
    assert set(opened.lists[-1][0]) == rows(ctx.book, f"subject = 'quality' AND detail = '{kept}'")
    card.rows.click()
    assert set(opened.lists[-1][0]) == quality
    card.back.click()
    assert card.subject == ""
    assert card.back.isHidden()


def test_cells_and_sums_of_products_open_their_complaints(ctx: Context, qtbot: QtBot, opened: Opened) -> None:
    fill(ctx.book)
    card = shown(ctx, qtbot, opened).heat
    titles, table = card.chart.data_table()
    assert titles[0] == "Product"
    for row, line_ in enumerate(table):
        product = int(line_[0][-1])
        card.chart.chosen.emit(row, 0)  # type: ignore[attr-defined]  # a heat table
        found = rows(ctx.book, f"product_id = {product} AND subject = 'quality'")
        assert set(opened.lists[-1][0]) == found
        assert int(line_[1]) == len(found)
        card.chart.chosen.emit(row, len(SUBJECTS))  # type: ignore[attr-defined]
        assert set(opened.lists[-1][0]) == rows(ctx.book, f"product_id = {product}")
    assert card.left_out.whole() == "Not in the table: 9 without a product noted."


def test_the_table_sorts_by_every_ratio_and_opens_its_rows(
    ctx: Context, qtbot: QtBot, opened: Opened
) -> None:
    fill(ctx.book)
    table = shown(ctx, qtbot, opened).table
    tester = QAbstractItemModelTester(
        table.table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, table
    )
    for by, column in (("subject", "subject"), ("product", "product_id"), ("channel", "channel")):
        table.chips.chip(by).click()
        ids = list(table.table.rows.ids())
        counts = [table.group(row).handling.n for row in ids]
        assert counts == sorted(counts, reverse=True)
        assert sum(counts) == 90
        table.table.opened.emit(ids[0])
        key = table.group(ids[0]).group.key
        assert set(opened.lists[-1][0]) == rows(ctx.book, f"{column} = '{key}'")
    table.chips.chip("subject").click()
    for key in ("replies", "settling", "recovery", "cost", "per_hundred"):
        for descending in (True, False):
            table.table.sort_requested.emit(key, descending)
            values = [ratio(table, key, row) for row in table.table.rows.ids()]
            known = [value for value in values if value is not None]
            assert known == sorted(known, reverse=descending)
            assert values[: len(known)] == known, "what has no figure stands at the end"
    assert tester.model() is table.table.rows
    table.table.sort_requested.emit("name", False)
    names = [table.table.rows.index(at, 0).data() for at in range(len(table.table.rows.ids()))]
    assert names == sorted(names)
    assert len(table.chart_data("clerk").columns()) == 42
    cell = table.table.rows.index(0, 3)
    assert cell.data(Qt.ItemDataRole.ToolTipRole).startswith("95 % interval ")
    assert table.table.rows.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) is None


def ratio(table: Any, key: str, row: int) -> float | None:
    from desktop.views.complaints.figures.table import RATIOS

    found = next(one for one in RATIOS if one.key == key).of(table.group(row)).value
    return None if found is None else float(found)


def test_what_to_prevent_counts_notes_and_what_has_none(ctx: Context, qtbot: QtBot, opened: Opened) -> None:
    fill(ctx.book)
    card = shown(ctx, qtbot, opened).prevention
    noted = {row[0]: int(row[1]) for row in card.chart.data_table()[1]}
    couriers = rows(ctx.book, "cause IN ('The courier', 'the  COURIER')")
    assert noted["The courier"] == len(couriers)
    assert len(noted) == 2
    QTest.keyClick(card.chart, Qt.Key.Key_Down)
    QTest.keyClick(card.chart, Qt.Key.Key_Return)
    assert set(opened.lists[-1][0]) == couriers
    card.missing.click()
    assert set(opened.lists[-1][0]) == rows(ctx.book, "open = 0 AND cause = ''")
    card.kinds.chip("prevention").click()
    assert card.chart.is_empty()


def test_a_change_of_the_book_is_counted_at_once(ctx: Context, qtbot: QtBot, opened: Opened) -> None:
    fill(ctx.book, 40)
    pane = shown(ctx, qtbot, opened)
    tile = pane.tiles.tiles["received"]
    ctx.do(lambda: delete_complaints(ctx.book, complaint_ids=[10, 11]))
    settle(ctx, qtbot)
    assert pane.tiles.tiles["received"] is tile, "the tiles stay, so that nothing flickers"
    assert tile.figure() == "38"
    ctx.undo()
    settle(ctx, qtbot)
    assert tile.figure() == "40"


def test_an_empty_book_says_what_to_do(ctx: Context, qtbot: QtBot, opened: Opened, told: Told) -> None:
    pane = shown(ctx, qtbot, opened)
    assert not pane.column.isVisible()
    assert not pane.excel_button.isEnabled()
    pane.out.save_pdf()
    pane.open_figure("received")
    assert not opened.lists
    fill(ctx.book, 3)
    ctx.changes.changed.emit(ctx.book.undo())
    settle(ctx, qtbot)
    assert not pane.column.isVisible()


def test_where_nothing_is_left_every_chart_says_so(
    ctx: Context, qtbot: QtBot, opened: Opened, told: Told
) -> None:
    fill(ctx.book)
    early = date(2020, 1, 1).toordinal()
    pane = shown(ctx, qtbot, opened, Wanted(Period("own", early, early + 90)))
    assert pane.column.isVisible()
    for card in (pane.trend, pane.ratio, pane.subjects, pane.prevention, pane.heat):
        assert card.chart.is_empty(), card.name
        assert card.chart.accessibleDescription()
    tile = pane.tiles.tiles["promises"]
    assert tile.figure() == "—"
    QTest.keyClick(tile, Qt.Key.Key_Return)
    assert not opened.lists
    assert told.notices == ["No complaint stands behind this figure. []"]
    assert pane.out._sheet(pane._shown()).charts == []  # type: ignore[arg-type]


def test_the_workbook_has_a_sheet_for_everything(
    ctx: Context, qtbot: QtBot, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(ctx.book)
    pane = shown(ctx, qtbot, opened, Wanted(severity="medium"))
    path = tmp_path / "figures.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    pane.excel_button.click()
    qtbot.waitUntil(lambda: path.is_file() and ctx.tasks.idle)
    book = load_workbook(path)
    assert book.sheetnames == [
        "Figures", "Received and settled", "Complaints per 100 orders", "What they are about",
        "Products and subjects", "By subject", "By product", "By channel", "By clerk",
    ]  # fmt: skip
    figures = {row[0]: row for row in book["Figures"].iter_rows(values_only=True)}
    assert figures["Days"][1] == "1 Dec 2025 – 22 Nov 2026"
    assert figures["Filter"][1] == "Severity: Medium"
    assert figures["Complaints"][1] == len(rows(ctx.book, "severity = 'medium'"))
    cost = next(
        cell
        for cell in book["Figures"]["B"]
        if cell.row and book["Figures"][f"A{cell.row}"].value == "Cost of remedies"
    )
    assert "¥" in cost.number_format
    about: Any = book["What they are about"]
    assert len(about._charts) == 1
    assert len(about._charts[0]._charts) == 2, "bars, and the line they add up to"
    table: Any = book["By subject"]
    assert not table._charts
    assert not list(tmp_path.glob("*.part*"))


def test_the_pages_hold_every_figure_and_chart(ctx: Context, qtbot: QtBot, opened: Opened) -> None:
    fill(ctx.book)
    pane = shown(ctx, qtbot, opened, Wanted(subject="quality"))
    found = pane._shown()
    assert found is not None
    sheet = pane.out._sheet(found)
    written = write_figures(sheet)
    said = [line.text for page in written.pages for placed in page.placed for line in placed.row.lines]
    assert "Subject: Product quality" in said
    assert {tile.line.name for tile in pane.tiles.tiles.values()} <= set(said)
    assert {"By subject", "By product", "By channel", "By clerk", "Causes"} <= set(said)
    pictures = [placed for page in written.pages for placed in page.placed if placed.row.drawing]
    assert len(pictures) == len(sheet.charts) == 4


def test_the_pdf_is_written_and_can_be_searched(
    ctx: Context, qtbot: QtBot, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: Told
) -> None:
    fill(ctx.book, 40)
    pane = shown(ctx, qtbot, opened)
    path = tmp_path / "figures.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    pane.pdf_button.click()
    qtbot.waitUntil(lambda: path.is_file() and ctx.tasks.idle)
    assert path.read_bytes().startswith(b"%PDF")
    assert "pages saved in “figures.pdf”" in told.notices[-1]


def test_what_a_route_kept_may_be_nonsense() -> None:
    assert Period.of(None) == Period()
    assert Period.of(["own", 5, 2]) == Period()
    assert Period.of(["century", 1, 2]) == Period()
    assert Period.of(["own", "a", 2]) == Period()
    assert Wanted.of({"subject": 7, "product": "x", "period": ["month", 0, 0]}) == Wanted(Period("month"))


@pytest.mark.parametrize(
    ("kind", "start"),
    [("month", date(2026, 11, 1)), ("quarter", date(2026, 10, 1)), ("year", date(2026, 1, 1)),
     ("twelve", date(2025, 12, 1))],
)  # fmt: skip
def test_periods_begin_where_they_say_and_end_today(kind: Any, start: date) -> None:
    assert Period(kind).days(TODAY) == (start.toordinal(), TODAY.toordinal() + 1)


def test_own_dates_reach_no_further_than_a_trend() -> None:
    last = TODAY.toordinal()
    first, end = Period("own", date(1990, 1, 1).toordinal(), last).days(TODAY)
    assert (date.fromordinal(first), end) == (date(2016, 12, 1), last + 1)


def test_a_slice_without_a_product_opens_those_without(ctx: Context, qtbot: QtBot, opened: Opened) -> None:
    fill(ctx.book)
    pane = shown(ctx, qtbot, opened)
    pane.open_slice(ComplaintSlice(product_id=0), "No product noted")
    assert set(opened.lists[-1][0]) == rows(ctx.book, "product_id IS NULL")


def test_a_subject_chosen_as_filter_is_looked_into(ctx: Context, qtbot: QtBot, opened: Opened) -> None:
    fill(ctx.book)
    pane = shown(ctx, qtbot, opened, Wanted(subject="quality"))
    assert pane.subjects.subject == "quality"
    assert pane.subjects.chart.accessibleName() == "What they are about: Product quality"
    pane.subjects.leave()
    pane.reload()
    settle(ctx, qtbot)
    assert pane.subjects.subject == "", "who has left it is not brought back"
    assert pane.subjects.chart.accessibleName() == "What they are about"
    pane.bar.choose(Wanted())
    settle(ctx, qtbot)
    assert len(pane.subjects.bars) == 7


def test_what_the_figures_leave_out_can_be_seen(ctx: Context, qtbot: QtBot, opened: Opened) -> None:
    fill(ctx.book, 40)
    pane = shown(ctx, qtbot, opened)
    assert pane.ratio.unlinked.isHidden()
    with ctx.book.step("Forget") as step:
        step.update(Complaint, 8, order_id=None)
        # Replied to before it came: nobody can say how long that took.
        step.update(Complaint, 9, replied_at="2020-01-01 10:00:00", order_id=None)
    pane.hide()
    ctx.changes.changed.emit(Changes(frozenset({"complaint"}), 1))
    settle(ctx, qtbot)
    assert pane.ratio.unlinked.isHidden(), "what nobody sees is not counted"
    pane.show()
    settle(ctx, qtbot)
    assert pane.ratio.unlinked.text() == "2 complaints name no order"
    pane.ratio.unlinked.click()
    assert sorted(opened.lists[-1][0]) == [8, 9]
    assert "1 more at a time nobody noted." in pane.tiles.tiles["first_reply"].accessibleDescription()


def test_printing_lays_the_pages_out_first(
    ctx: Context, qtbot: QtBot, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(ctx.book, 40)
    pane = shown(ctx, qtbot, opened)
    previews: list[tuple[object, ...]] = []

    class Preview:
        def __init__(self, *about: object) -> None:
            previews.append(about)

        def open(self) -> None:
            """Show nothing."""

    monkeypatch.setattr("desktop.views.kit.preview.Preview", Preview)
    QTest.keyClick(pane, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(previews))
    assert previews[0][0] == "Figures of complaints"
    assert previews[0][3] is pane


def test_in_a_narrow_window_everything_stands_below_each_other(
    ctx: Context, qtbot: QtBot, opened: Opened
) -> None:
    fill(ctx.book, 20)
    pane = shown(ctx, qtbot, opened)
    assert pane.trend.y() == pane.ratio.y()
    pane.resize(600, 640)
    settle(ctx, qtbot)
    assert pane.trend.y() < pane.ratio.y()
    assert pane.column.canvas.width() <= 600
    assert max(tile.geometry().right() for tile in pane.tiles.tiles.values()) < 600
    assert max(button.geometry().right() for button in pane.bar.buttons.values()) < 600


def test_a_rare_product_is_found_too(ctx: Context, qtbot: QtBot, opened: Opened) -> None:
    with ctx.book.step("Fill") as step:
        for number in range(1, 51):
            step.insert(Product, id=number, name=f"P{number:02}")
            for nth in range(2 if number > 1 else 1):
                step.insert(
                    Complaint, number=f"C{number}-{nth}", title="x", received_at="2026-11-01 10:00:00",
                    product_id=number,
                )  # fmt: skip
    pane = shown(ctx, qtbot, opened)
    menu = pane.bar.buttons["product"].menu()
    assert menu is not None
    assert menu.actions()[-1].text() == "Another product…"
    dialog = pane.bar.ask_value("product")
    assert dialog is not None
    dialog.fields["value"].set_value(1)
    dialog.save()
    settle(ctx, qtbot)
    assert pane.tiles.tiles["received"].figure() == "1"
    assert pane.bar.named() == ["Product: P01"]


def test_who_waits_is_told_that_it_is_counted(ctx: Context, qtbot: QtBot, opened: Opened) -> None:
    fill(ctx.book, 10)
    pane = FiguresPane(ctx, open_rows=opened, now=lambda: NOW)
    qtbot.addWidget(pane)
    pane.show()
    pane._say_counting()
    assert not pane.column.isVisible()
    settle(ctx, qtbot)
    assert pane.column.isVisible()
    pane._say_counting()
    assert pane.column.isVisible()
