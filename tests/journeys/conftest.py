"""A window for every journey."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from tests.screens import Stage


@pytest.fixture
def stage(qtbot: QtBot, book: Book, tmp_path: Path) -> Iterator[Stage]:
    """The program's window over an empty book, at its first start."""
    opened = Stage(book, tmp_path, language="en", look="light", size=(1280, 720), start=True)
    yield opened
    opened.close()
