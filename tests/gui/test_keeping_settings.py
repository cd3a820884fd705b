"""The limits of files and the deadline of requests are kept in the book, and undone."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from desktop.operations.attachments import MEGABYTE, size_limit
from desktop.views.kit.context import Context
from desktop.views.settings.keeping import KeepingCard


def test_each_is_kept_at_once_and_undone(ctx: Context, book: Book, qtbot: QtBot) -> None:
    card = KeepingCard(ctx)
    qtbot.addWidget(card)
    assert card.most.value() == 20
    card.most.set_value(5)
    card.deadline.set_value(15)
    assert size_limit(book) == 5 * MEGABYTE
    assert book.setting("privacy.working_days") == 15
    ctx.undo()
    assert card.deadline.value() == 0
    ctx.undo()
    assert card.most.value() == 20
    assert book.next_undo() is None
