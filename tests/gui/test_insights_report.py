"""The monthly report: four pages in either language, nothing cut, and the numbers of the screens."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.core.dates import as_date, format_month
from desktop.core.translation import language, speaking, tr
from desktop.queries.insight_scope import insight_scope
from desktop.queries.monthly_report import MonthlyReport, monthly_report
from desktop.queries.presence import is_empty
from desktop.views.figures.lines import FigureLine
from desktop.views.insights.overview.key_figures import KINDS
from desktop.views.insights.overview.screen import KEYS, OverviewScreen
from desktop.views.insights.report.dialog import ReportDialog
from desktop.views.insights.report.maker import ReportMaker, kept_language
from desktop.views.insights.report.pages import ReportSheet, texts, write_report
from desktop.views.insights.view import InsightsView
from desktop.views.kit.context import Context
from desktop.views.kit.paper import A4, FOOT, LETTER, MARGIN, Page, font
from desktop.views.kit.pdf_out import write_pdf
from tests.gui.test_insights import DAY, fill, more, settle
from tests.gui.told import Told

NOW = datetime(2026, 11, 22, 10, 0)
OCTOBER = date(2026, 10, 1).toordinal()


def sheet_of(ctx: Context, qtbot: QtBot, speak: str, month: int = OCTOBER) -> ReportSheet:
    maker = ReportMaker(ctx, InsightsView(ctx, today=lambda: DAY), month, speak, lambda: NOW)
    qtbot.addWidget(maker._parent)
    return maker.sheet(monthly_report(ctx.book, month=month, now=NOW))


def is_whole(page: Page, size: QSizeF) -> bool:
    """Whether everything on a page lies within its edges, and no row is parted."""
    bottom, width = size.height() - MARGIN - FOOT, size.width() - 2 * MARGIN
    for placed in page.placed:
        if placed.end != placed.row.height or placed.start > placed.row.before:
            return False
        if placed.y + placed.end - placed.start > bottom + 1:
            return False
        for line in placed.row.lines:
            wide = QFontMetricsF(font(line.style)).horizontalAdvance(line.text)
            if line.x < -1 or line.x + wide > width + 2:
                return False
    return True


@pytest.mark.parametrize("size", [A4, LETTER], ids=["A4", "Letter"])
@pytest.mark.parametrize("speak", ["en", "zh_CN"])
def test_a_month_is_four_whole_pages(ctx: Context, qtbot: QtBot, speak: str, size: QSizeF) -> None:
    fill(ctx.book)
    more(ctx.book)
    sheet = sheet_of(ctx, qtbot, speak)
    written = write_report(sheet, size)
    assert len(written.pages) == 4
    assert all(is_whole(page, size) for page in written.pages)
    pages = texts(written)
    with speaking(speak):
        heads = [tr("Satisfaction"), tr("Coming back"), tr("The trade")]
        assert pages[0][1] == tr("Monthly report, {month}", month=format_month(as_date(OCTOBER)))
    assert [page[0] for page in pages[1:]] == heads
    assert {"satisfaction", "repeat", "cohorts", "forecast"} <= set(sheet.charts)
    assert sum(placed.row.drawing is not None for page in written.pages for placed in page.placed) == 4
    assert language() == "en"


@pytest.mark.parametrize("month", [OCTOBER, date(2026, 11, 1).toordinal(), date(2020, 2, 1).toordinal()])
@pytest.mark.parametrize("filled", [False, True])
def test_thin_months_say_what_is_missing_on_four_pages(
    ctx: Context, qtbot: QtBot, month: int, filled: bool
) -> None:
    if filled:
        fill(ctx.book)
    assert is_empty(ctx.book) != filled
    written = write_report(sheet_of(ctx, qtbot, "en", month))
    assert len(written.pages) == 4
    assert all(is_whole(page, A4) for page in written.pages)
    said = "\n".join(line for page in texts(written) for line in page)
    thin = not filled or month < OCTOBER
    assert ("No order in this month." in said) == thin
    assert ("No ratings in this month." in said) == thin
    assert ("The month is not over yet" in said) == (month > OCTOBER)


def test_a_crowded_month_still_has_four_pages(ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    more(ctx.book)
    with ctx.book.step("Long names") as step:
        step.execute(
            "UPDATE customer SET name = '一位名字特别特别长的老客户' || id || '与他的全家' || id", ()
        )
        step.execute("UPDATE orders SET channel = 'A channel with a very long name, number ' || (id % 9)", ())
    written = write_report(sheet_of(ctx, qtbot, "en"), LETTER)
    assert len(written.pages) == 4
    assert all(is_whole(page, LETTER) for page in written.pages)
    assert any("the first" in line for line in texts(written)[3])


def test_the_numbers_are_those_of_the_screen(ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    more(ctx.book)
    view = InsightsView(ctx, today=lambda: DAY, looked={"period": ["last_month", 0, 0]})
    qtbot.addWidget(view)
    view.show()
    settle(ctx, qtbot)
    screen = view.front
    assert isinstance(screen, OverviewScreen)
    first = texts(write_report(sheet_of(ctx, qtbot, "en")))[0]
    shown: dict[str, FigureLine] = {line.key: line for line in screen.lines}
    for key in KEYS:
        at = first.index(tr(KINDS[key].name))
        assert first[at + 1] == shown[key].value == screen.tiles.tiles[key].figure()
        assert shown[key].before_value in first[at : at + 6]


def test_a_report_in_chinese_can_be_searched(ctx: Context, qtbot: QtBot, tmp_path: Path) -> None:
    fill(ctx.book)
    path = tmp_path / "report.pdf"
    write_pdf(path, write_report(sheet_of(ctx, qtbot, "zh_CN")), "报告")
    pdf = path.read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 4
    meant = b"".join(re.findall(rb"begincmap.*?endcmap", pdf, re.DOTALL))
    for character in "月客户满意订单0123456789":
        assert f"<{ord(character):04X}>".encode() in meant, character
    assert not re.search(rb"\[[^\]]*<2F[0-9A-F]{2}>", meant)


def asking(ctx: Context, qtbot: QtBot) -> tuple[InsightsView, ReportDialog]:
    view = InsightsView(ctx, today=lambda: DAY)
    qtbot.addWidget(view)
    view.show()
    settle(ctx, qtbot)
    view.report_button.click()
    settle(ctx, qtbot)
    (dialog,) = view.findChildren(ReportDialog)
    return view, dialog


def test_the_last_whole_month_is_offered_and_a_pdf_written(
    ctx: Context, qtbot: QtBot, told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(ctx.book)
    path = tmp_path / "report.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    _, dialog = asking(ctx, qtbot)
    assert dialog.month.box.currentText() == "October 2026"
    assert dialog.month.box.itemText(0) == "November 2026 (so far)"
    assert dialog.month.box.itemText(dialog.month.box.count() - 1) == "March 2026"
    dialog.language.set_value("zh_CN")
    dialog.pdf_button.click()
    qtbot.waitUntil(lambda: path.is_file() and ctx.tasks.idle, timeout=20_000)
    settle(ctx, qtbot)
    assert len(re.findall(rb"/Type\s*/Page\b", path.read_bytes())) == 4
    assert told.notices == ["4 pages saved in “report.pdf”. [Open]"]
    assert kept_language(ctx) == "zh_CN"
    assert language() == "en"


def test_the_pages_are_shown_before_they_are_printed(
    ctx: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(ctx.book)
    previews: list[tuple[Any, ...]] = []

    class Preview:
        def __init__(self, *about: Any) -> None:
            previews.append(about)

        def open(self) -> None:
            """Show nothing."""

    monkeypatch.setattr("desktop.views.kit.preview.Preview", Preview)
    view, dialog = asking(ctx, qtbot)
    dialog.print_button.click()
    qtbot.waitUntil(lambda: bool(previews), timeout=20_000)
    settle(ctx, qtbot)
    assert previews[0][0] == "Monthly report, October 2026"
    assert previews[0][3] is view


def test_the_report_is_of_the_whole_shop(ctx: Context, qtbot: QtBot) -> None:
    fill(ctx.book)
    found: MonthlyReport = monthly_report(ctx.book, month=OCTOBER, now=NOW)
    scope = insight_scope(ctx.book, start=found.start, end=found.end, today=DAY)
    assert found.now.orders.n == scope.orders_in(found.start, found.end).size > 0
