"""The first day of an owner: start, bring a file in, look around, note, complain, chart, export, undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

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
from tests.screens import ORDERS, Stage

P = TypeVar("P", bound=QWidget)
GOOD_ROWS = 6
"""Of the eight in the file; one has no such date, one no amount."""


@pytest.fixture
def stage(qtbot: QtBot, book: Book, tmp_path: Path) -> Iterator[Stage]:
    opened = Stage(book, tmp_path, language="en", look="light", size=(1280, 720), start=True)
    yield opened
    opened.close()


class Owner:
    """Somebody with a mouse and a keyboard."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def click(self, text: str, within: QWidget | None = None) -> None:
        """Clicks the button that says `text` (or is named so for those who do not see it)."""
        place = within or self.stage.front()
        named = [
            button
            for button in place.findChildren(QAbstractButton)
            if button.isVisible() and text in (button.text().replace("&", ""), button.accessibleName())
        ]
        assert named, f"no button says {text!r}"
        assert named[0].isEnabled(), f"{text!r} can't be pressed"
        QTest.mouseClick(named[0], Qt.MouseButton.LeftButton)
        self.stage.settle(0.05)

    def key(self, key: Qt.Key, control: bool = False) -> None:
        """Presses a key in whatever has the focus."""
        # Offscreen, no window manager gives the window its place in front back when a dialog closes.
        self.stage.front().activateWindow()
        self.stage.settle(0.02)
        modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(QApplication.focusWidget() or self.stage.front(), key, modifier)
        self.stage.settle(0.05)

    def write(self, field: QWidget, text: str) -> None:
        """Types into a field."""
        line = field if isinstance(field, QLineEdit) else field.findChild(QLineEdit)
        assert line is not None
        line.setFocus()
        line.clear()
        if text.isascii():
            QTest.keyClicks(line, text)
        else:
            # As an input method hands Chinese over; there are no keys for it.
            typed = QInputMethodEvent()
            typed.setCommitString(text)
            QApplication.sendEvent(line, typed)

    def page(self, kind: type[P]) -> P:
        """The page in front, which must be of a kind."""
        page = self.stage.window.pages.page()
        assert isinstance(page, kind)
        return page


def answer(monkeypatch: pytest.MonkeyPatch, dialog: str, path: Path) -> None:
    """The owner chooses a file in the system's own dialog."""
    chosen: Callable[..., tuple[str, str]] = lambda *_, **__: (str(path), "")  # noqa: E731
    monkeypatch.setattr(QFileDialog, dialog, chosen)


def test_from_the_first_start_to_the_last_undo(
    stage: Stage, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = Owner(stage)

    # First start: bring in a file.
    answer(monkeypatch, "getOpenFileName", ORDERS)
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
    owner.write(view.search, "wlh")
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
