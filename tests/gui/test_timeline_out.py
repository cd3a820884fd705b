"""The timeline on paper and in a file, as the filters leave it; and a customer with very much in it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtPrintSupport import QPrintPreviewDialog
from pytestqt.qtbot import QtBot

from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.orders import Order
from desktop.models.service import Interaction
from desktop.operations.service import add_interaction, pin_interaction
from desktop.queries.timeline import TimelineFilter
from desktop.views.kit.context import Context
from desktop.views.kit.paper import A4
from desktop.views.timeline import loader
from desktop.views.timeline.listing import stream_entries
from desktop.views.timeline.paper import write_stream
from desktop.views.timeline.stream import TimelineStream
from desktop.views.timeline.view import TimelineView
from tests.gui.test_paper import lines

NOW = datetime(2026, 11, 20, 10, 30)


@pytest.fixture
def ctx(ctx: Context, book: Book) -> Context:
    """Two years of orders, one a week, and a note that is pinned."""
    with book.step("fill") as step:
        for row, name in ((1, "王丽华"), (2, "Emma Carter")):
            step.insert(Customer, id=row, name=name, created_at="2026-01-01 09:00:00")
        for nth in range(100):
            placed = (NOW - timedelta(days=7 * nth)).isoformat(" ")
            step.insert(
                Order, number=f"A{nth}", customer_id=1 + nth % 2, placed_at=placed, total=100, paid=100
            )
    made = add_interaction(
        book, text="对坚果过敏", stage="pre-sale", at=NOW - timedelta(days=300), customer_id=1
    )
    pin_interaction(book, interaction_id=made.created["interaction"])
    return ctx


def test_paper_says_what_the_filters_leave(ctx: Context) -> None:
    entries = list(stream_entries(ctx.book, TimelineFilter(kinds=frozenset({"order"})), None))
    assert [entry.number for entry in entries] == [f"A{nth}" for nth in range(100)]
    written = write_stream(
        "Service", entries, shop="Lihua Tea", currency="CNY", at="2026-11-22 14:03:00", named=True, size=A4
    )
    said = [line for page in written.pages for line in lines(page)]
    assert said[:3] == ["Service", "100 entries", "November 2026"]
    assert sum(line.startswith(("王丽华 · Order A", "Emma Carter · Order A")) for line in said) == 100
    assert "October 2025" in said


def test_a_customers_pinned_notes_come_first_and_too_many_are_refused(ctx: Context) -> None:
    entries = list(stream_entries(ctx.book, TimelineFilter(), 1))
    assert (entries[0].text, len(entries)) == ("对坚果过敏", 51)
    assert [entry.at for entry in entries[1:]] == sorted((entry.at for entry in entries[1:]), reverse=True)
    found = list(stream_entries(ctx.book, TimelineFilter(text="坚果"), None))
    assert [entry.text for entry in found] == ["对坚果过敏"]
    with pytest.raises(UserError):
        list(stream_entries(ctx.book, TimelineFilter(), None, most=100))


def test_the_pages_are_shown_before_they_are_printed(ctx: Context, qtbot: QtBot) -> None:
    view = TimelineView(ctx)
    qtbot.addWidget(view)
    view.show()
    view.print_pages()
    qtbot.waitUntil(lambda: ctx.tasks.idle and bool(view.findChildren(QPrintPreviewDialog)))
    (preview,) = view.findChildren(QPrintPreviewDialog)
    preview.close()
    qtbot.waitUntil(lambda: not view.findChildren(QPrintPreviewDialog))


def test_a_customer_with_very_much_comes_in_two_steps(
    ctx: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loader, "SMALL", 10)
    monkeypatch.setattr(loader, "PAGE", 20)
    stream = TimelineStream(ctx, 1)
    qtbot.addWidget(stream)
    stream.resize(820, 560)
    stream.show()
    assert stream.model.stream.total == 20
    assert not stream.loader.whole
    # What happens before the whole is there is not lost.
    ctx.changed(
        add_interaction(ctx.book, text="neu", stage="in-sale", at=NOW + timedelta(hours=1), customer_id=1)
    )
    qtbot.waitUntil(lambda: ctx.tasks.idle and stream.loader.whole)
    assert stream.model.stream.total == 51
    entry = stream.model.entry_at(3)
    assert entry is not None
    assert entry.text == "neu"


def test_many_changes_of_a_customer_keep_the_place(
    ctx: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = TimelineStream(ctx, 1)
    qtbot.addWidget(stream)
    stream.resize(820, 400)
    stream.show()
    bar = stream.list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = [(stream.model.line_at(line.row), line.y) for line in stream.list.shown()]
    with ctx.book.step("many") as step:
        moments = ((NOW - timedelta(minutes=nth)).isoformat(" ") for nth in range(600))
        rows = [(1, "pre-sale", at, "x", False) for at in moments]
        step.insert_many(Interaction, ("customer_id", "stage", "happened_at", "text", "pinned"), rows)
    ctx.changed(step.changes)
    assert stream.model.stream.total == 650
    after = [(stream.model.line_at(line.row), line.y) for line in stream.list.shown()]
    assert [line for line, _ in after] == [line for line, _ in before]
    # A pixel is what the scroll bar's whole numbers may round to, with other lines above.
    assert all(abs(y - was) <= 1 for (_, y), (_, was) in zip(after, before, strict=True))
