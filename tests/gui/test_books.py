"""Changing the book from the window: open another, make a new one; nothing that stands is overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.core.settings import MachineSettings
from desktop.models.book import Book
from desktop.queries.presence import is_untouched
from desktop.views.shell import books
from tests.screens import Stage


@pytest.fixture
def stage(qtbot: QtBot, book: Book, tmp_path: Path) -> Iterator[Stage]:
    opened = Stage(book, tmp_path, language="en", look="light", size=(1280, 720))
    yield opened
    opened.close()


def test_the_window_says_which_book_is_wanted_and_closes(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted: list[Path] = []
    stage.window.book_wanted.connect(wanted.append)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "second"), ""))
    stage.window.actions_["new_book"].trigger()
    assert wanted == [tmp_path / "second.shuke"]
    assert not stage.window.isVisible()


def test_nothing_happens_when_nobody_chose(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: ("", ""))
    stage.window.actions_["open_book"].trigger()
    assert stage.window.isVisible()


def test_a_book_that_stands_in_the_place_of_a_new_one_is_opened(
    qtbot: QtBot, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.close()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(book.path), ""))
    chosen = books.choose_new_book(None)
    assert chosen == book.path
    before = chosen.read_bytes()
    with Book.open(chosen) as again:
        assert is_untouched(again)
    assert chosen.read_bytes()[:100] == before[:100]


def test_one_window_follows_the_other(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []

    def run(
        application: object, machine: MachineSettings, path: Path, tell_when: str
    ) -> tuple[int, Path | None]:
        opened.append(path)
        return 0, tmp_path / "second.shuke" if len(opened) == 1 else None

    monkeypatch.setattr(app, "_run", run)
    monkeypatch.setattr(app, "_application", lambda machine: None)
    assert app.start(tmp_path / "first.shuke", "") == 0
    assert opened == [tmp_path / "first.shuke", tmp_path / "second.shuke"]


def test_the_start_page_shows_until_something_was_done(book: Book) -> None:
    assert is_untouched(book)
    with book.step("Name the shop") as step:
        step.execute("INSERT INTO setting (key, value) VALUES ('shop.name', '\"茶\"')")
    assert not is_untouched(book)
