"""Words of a shop's own are offered for explaining, counted, remembered, and never guessed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.exchange.vocabulary import own_layouts
from desktop.models.book import Book
from desktop.views.exchange.check_pane import WORDS
from tests.gui.test_exchange import Shop, checked, click, finished, importer, opened, rest

LEDGER = (
    "投诉编号,投诉时间,标题,程度,处理状态\nK1,2026-11-02,一,中,处理中\nK2,2026-11-02,二,火烧眉毛,躺平\n"
    "K3,2026-11-02,三,火烧眉毛,处理中\nK4,2026-11-02,四,低,已结案\n"
)


@pytest.fixture
def shop(qapp: QApplication, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """An empty shop, whose own layouts stand in a folder of the test."""
    monkeypatch.setattr(own_layouts, "folder", lambda: tmp_path / "layouts")
    made = Shop(book, tmp_path)
    yield made
    made.tasks.stop()
    assert not made.errors


def test_the_owner_says_what_words_mean(qtbot: QtBot, shop: Shop, book: Book, tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text(LEDGER, encoding="utf-8")
    view = opened(qtbot, shop, file=str(path))
    work = importer(view)
    checked(qtbot, work)
    assert work.outlook.words.isVisible()
    assert work.outlook.words.text() == "Say what 2 words mean"
    assert not work.remember.isVisible()
    click(work.outlook.words)
    assert work.check.chips.chosen_key() == WORDS
    boxes = work.check.words.boxes
    assert list(boxes) == [("complaint.severity", "火烧眉毛"), ("complaint.status", "躺平")]
    urgent = boxes["complaint.severity", "火烧眉毛"]
    urgent.setCurrentIndex(urgent.findData("urgent"))
    rest(qtbot, shop)
    checked(qtbot, work)
    # The box stays where it is, with its answer.
    assert work.check.words.boxes["complaint.severity", "火烧眉毛"] is urgent
    assert work.outlook.words.text() == "Say what 1 word means"
    blank = boxes["complaint.status", "躺平"]
    blank.setCurrentIndex(blank.findData(""))
    rest(qtbot, shop)
    checked(qtbot, work)
    assert not work.outlook.words.isVisible()
    assert work.plan is not None
    assert not work.plan.problems
    # Taken back, its rows stay out again.
    blank.setCurrentIndex(0)
    rest(qtbot, shop)
    checked(qtbot, work)
    assert len(work.plan.problems) == 1
    blank.setCurrentIndex(blank.findData(""))
    rest(qtbot, shop)
    checked(qtbot, work)
    assert work.remember.isVisible()
    click(work.import_button)
    finished(qtbot, view)
    assert book.rows("SELECT number, severity, status FROM complaint ORDER BY number") == [
        ("K1", "medium", "investigating"), ("K2", "urgent", "received"),
        ("K3", "urgent", "investigating"), ("K4", "low", "closed"),
    ]  # fmt: skip
    again = importer(opened(qtbot, shop, file=str(path)))
    qtbot.waitUntil(lambda: again.plan is not None, timeout=15_000)
    assert again.plan is not None
    assert (again.plan.entries_known, len(again.plan.problems)) == (4, 0)


def test_a_file_of_known_words_asks_nothing(qtbot: QtBot, shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text("投诉编号,投诉时间,标题,程度\nK1,2026-11-02,一,中\n", encoding="utf-8")
    work = importer(opened(qtbot, shop, file=str(path)))
    checked(qtbot, work)
    assert not work.outlook.words.isVisible()
    assert not work.check.chips.has(WORDS)
