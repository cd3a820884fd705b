"""A screen by itself: its context over a new book, and the window that it only believes to have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.settings import MachineSettings
from desktop.models.book import Book
from desktop.operations.settings import Settings
from desktop.views.kit.context import Context
from desktop.views.kit.tasks import Tasks
from tests.gui.told import Told


@pytest.fixture
def told() -> Told:
    """What the window was asked."""
    return Told()


@pytest.fixture
def ctx(book: Book, told: Told, tmp_path: Path, qapp: object) -> Iterator[Context]:
    """The context of a screen over an empty book; a module that needs a filled one fills this one's."""
    made = Context(book, Settings(book, MachineSettings(tmp_path / "settings.json")), Tasks())
    made.navigate, made.notify = told.navigate, told.notify
    made.undo = lambda: made.changed(book.undo(), quiet=True)
    yield made
    made.tasks.stop()
