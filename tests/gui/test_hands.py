"""Restless hands play with the whole window: nothing breaks, and undo leads back to where they began."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from desktop.operations.demo import make_demo
from tests.gui.complaint_hands import ComplaintHands
from tests.gui.letting_loose import let_loose

STEPS = 90


@pytest.mark.parametrize(("seed", "language", "size"), [(7, "zh_CN", (1280, 720)), (12, "en", (1440, 900))])
def test_restless_hands_break_nothing(
    qtbot: QtBot, book: Book, tmp_path: Path, seed: int, language: str, size: tuple[int, int]
) -> None:
    make_demo(book, customers=60, today=date.today(), language=language)
    hands = let_loose(book, tmp_path, seed, STEPS, language=language, size=size)
    assert not hands.faults, "\n".join(hands.faults)
    assert len(hands.done) == STEPS


def test_restless_hands_in_an_empty_book(qtbot: QtBot, book: Book, tmp_path: Path) -> None:
    hands = let_loose(book, tmp_path, 3, STEPS, language="zh_CN", size=(1280, 720))
    assert not hands.faults, "\n".join(hands.faults)


@pytest.mark.parametrize(("seed", "language"), [(602, "en"), (605, "zh_CN")])
def test_restless_hands_with_complaints(
    qtbot: QtBot, book: Book, tmp_path: Path, seed: int, language: str
) -> None:
    make_demo(book, customers=60, today=date.today(), language=language)
    hands = let_loose(book, tmp_path, seed, STEPS, language=language, size=(1280, 720), kind=ComplaintHands)
    assert not hands.faults, "\n".join(hands.faults)
    assert len(hands.done) == STEPS
