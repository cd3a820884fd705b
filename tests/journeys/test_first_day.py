"""The first day of an owner: start, bring a file in, look around, note, complain, chart, export, undo."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt

from desktop.models.book import Book
from desktop.views.complaints.editor import ComplaintEditor
from desktop.views.complaints.view import ComplaintsView
from desktop.views.customers.view import CustomersView
from desktop.views.exchange.done_page import DonePage
from desktop.views.exchange.importer import Importer
from desktop.views.exchange.landing import Landing
from desktop.views.exchange.view import ExchangeView
from desktop.views.insights.view import InsightsView
from desktop.views.kit.line_chart import LineChart
from desktop.views.kit.table import TableView
from desktop.views.profile.view import ProfileView
from desktop.views.timeline.note_line import NoteLine
from tests.journeys.owner import Owner, answer, choose
from tests.screens import ORDERS, Stage

GOOD_ROWS = 6
"""Of the eight in the file; one has no such date, one no amount."""


def test_from_the_first_start_to_the_last_undo(
    stage: Stage, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = Owner(stage)

    # First start: bring in a file.
    choose(monkeypatch, ORDERS)
    owner.click("Choose a file…")
    importer = owner.page(ExchangeView).front
    assert isinstance(importer, Importer)
    assert importer.plan is not None
    assert (importer.plan.good_rows, len(importer.plan.problems)) == (GOOD_ROWS, 2)
    owner.click(f"Import {GOOD_ROWS} rows")
    assert isinstance(owner.page(ExchangeView).front, DonePage)
    assert book.value("SELECT count(*) FROM orders") == GOOD_ROWS

    # The list: who are they? Find one by the initials of her name, and open her.
    owner.click("Customers")
    view = owner.page(CustomersView)
    table = view.findChild(TableView)
    assert table is not None
    assert table.model().rowCount() == 5
    owner.write(view.head.search, "wlh")
    stage.settle()
    assert table.model().rowCount() == 1
    table.setCurrentIndex(table.model().index(0, 0))
    table.setFocus()
    owner.key(Qt.Key.Key_Return)
    profile = owner.page(ProfileView)
    assert stage.window.pages.route() is not None

    # A note, where it is read.
    line = profile.findChild(NoteLine)
    assert line is not None
    owner.write(line.line, "喜欢明前龙井，要礼盒")
    owner.key(Qt.Key.Key_Return)
    noted = book.row(
        "SELECT customer.name, interaction.text FROM interaction JOIN customer ON customer.id = customer_id"
    )
    assert noted == ("王丽华", "喜欢明前龙井，要礼盒")

    # A complaint.
    owner.click("Complaints")
    owner.click("New complaint", owner.page(ComplaintsView))
    editor = stage.front()
    assert isinstance(editor, ComplaintEditor)
    owner.write(editor.fields["title"], "茶罐压扁")
    owner.click("Record complaint")
    assert book.row("SELECT title, status FROM complaint") == ("茶罐压扁", "received")

    # The charts.
    owner.click("Insights")
    assert owner.page(InsightsView).findChildren(LineChart)

    # A list to take away.
    owner.click("Import & export")
    landing = owner.page(ExchangeView).front
    assert isinstance(landing, Landing)
    answer(monkeypatch, "getSaveFileName", tmp_path / "whole.xlsx")
    owner.click("Export the whole book…")
    workbook = openpyxl.load_workbook(tmp_path / "whole.xlsx", read_only=True)
    cells = {
        str(cell) for sheet in workbook for row in sheet.iter_rows(values_only=True) for cell in row if cell
    }
    workbook.close()
    assert {"王丽华", "茶罐压扁", "喜欢明前龙井，要礼盒", "20261106006"} <= cells

    # And everything back again, to the empty book.
    for _ in range(3):
        owner.key(Qt.Key.Key_Z, control=True)
        stage.settle()
    for thing in ("complaint", "interaction", "orders", "customer", "import_run"):
        assert book.value(f"SELECT count(*) FROM {thing}") == 0, thing
