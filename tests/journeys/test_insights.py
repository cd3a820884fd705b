"""From asking a customer to knowing it: a rating, its figure, its row; a warning kept; a month."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from desktop.operations.demo import make_demo
from desktop.views.figures.period import Period
from desktop.views.insights.drifting.screen import DriftingScreen
from desktop.views.insights.report.dialog import ReportDialog
from desktop.views.insights.rows_dialog import RowsDialog
from desktop.views.insights.satisfaction.screen import SatisfactionScreen
from desktop.views.insights.view import InsightsView
from desktop.views.insights.wanted import Wanted
from desktop.views.ratings.form import RatingForm
from tests.journeys.owner import Owner, answer
from tests.screens import Stage

TODAY = date.today()


@pytest.fixture
def shop(qtbot: QtBot, book: Book, tmp_path: Path) -> Iterator[Stage]:
    """The sample shop, large enough for a model of its customers."""
    make_demo(book, customers=300, today=TODAY, language="en")
    opened = Stage(book, tmp_path, language="en", look="light", size=(1280, 720))
    yield opened
    opened.close()


def screen(stage: Stage, tab: str) -> object:
    """A tab of the insights over all months, with its figures."""
    view = stage.go("insights", tab=tab, months=None)
    stage.settle(0.6)
    assert isinstance(view, InsightsView)
    return view.front


def test_from_asking_to_knowing(shop: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask, rate, see the figure move and the row behind it; keep a multiplier; report the month."""
    owner, book = Owner(shop), shop.book
    satisfaction = screen(shop, "satisfaction")
    assert isinstance(satisfaction, SatisfactionScreen)
    assert satisfaction.report is not None
    before = satisfaction.report.now.perceived.n

    # Today proposes whom to ask; the first of them is on the phone.
    shop.go("today")
    shop.settle(0.3)
    owner.click("Rate now")
    form = shop.front()
    assert isinstance(form, RatingForm)
    owner.key(Qt.Key.Key_2)
    owner.click("Slow delivery", form)
    owner.click("Save", form)
    shop.settle(0.3)
    newest = book.row("SELECT id, perceived, reasons FROM rating ORDER BY rated_at DESC, id DESC LIMIT 1")
    assert newest[1:] == (2, "Slow delivery")

    # The figure has moved, and what stands behind it is this rating too.
    satisfaction = screen(shop, "satisfaction")
    assert isinstance(satisfaction, SatisfactionScreen)
    assert satisfaction.report is not None
    assert satisfaction.report.now.perceived.n == before + 1
    satisfaction.tiles.opened.emit("perceived")
    shop.settle(0.3)
    rows = shop.front()
    assert isinstance(rows, RowsDialog)
    shown = list(rows.table.rows.ids())
    assert newest[0] in shown
    assert len(shown) == before + 1
    rows.close()

    # Who is leaving: a later warning is kept for the whole shop, and taken back.
    drifting = screen(shop, "drifting")
    assert isinstance(drifting, DriftingScreen)
    drifting.warning.set_value(2.0)
    shop.settle(0.2)
    owner.click("Keep this multiplier", drifting)
    shop.settle(0.4)
    assert book.setting("rhythm.drifting") == 2.0
    owner.key(Qt.Key.Key_Z, control=True)
    shop.settle(0.4)
    assert book.setting("rhythm.drifting") == 1.5

    # The last whole month, on four pages.
    view = owner.page(InsightsView)
    assert view.bar.wanted == Wanted(period=Period("all"))
    path = tmp_path / "month.pdf"
    answer(monkeypatch, "getSaveFileName", path)
    owner.click("Monthly report…")
    shop.settle(0.4)
    asked = shop.front()
    assert isinstance(asked, ReportDialog)
    owner.click("Save as PDF…", asked)
    for _ in range(60):
        shop.settle(0.2)
        if path.exists():
            break
    assert len(re.findall(rb"/Type\s*/Page\b", path.read_bytes())) == 4
